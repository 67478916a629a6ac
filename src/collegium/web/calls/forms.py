"""What is filled in to answer a call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.calls.models import Call
from collegium.core.calls.rules import LONGEST_WORDS, TEXT
from collegium.web.account.forms.fields import Words


class AnswerForm(forms.Form):
    """One of the answers there are, and words; `seen` is the version of the draft it was written over.

    `text` is the hash of what is asked about as whoever answers saw it, where answers are bound to it.
    """

    choice = forms.ChoiceField(label=_("Our answer"), widget=forms.RadioSelect, required=False)
    raw = Words(
        label=_("In words"),
        room=LONGEST_WORDS,
        multiline=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)
    text = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(choice.name, choice.label) for choice in call.kind_of.choices]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        if not call.kind_of.takes_words:
            del self.fields["raw"]

    def given(self) -> dict[str, Any]:
        """`{choice, raw}` for the action."""
        return {"choice": self.cleaned_data.get("choice", ""), "raw": self.cleaned_data.get("raw", "")}

    def facts(self) -> dict[str, str]:
        """What the answer is bound to."""
        return {TEXT: self.cleaned_data["text"]} if self.cleaned_data.get("text") else {}


class NoteForm(forms.Form):
    """A word to one's colleagues."""

    raw = Words(
        label=_("A word to your colleagues"),
        room=LONGEST_WORDS,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 3, "id": "id_note"}),
    )
