"""What the council's team fills in about calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.calls.clocks import LocalMoment, in_zone
from collegium.core.calls.models import Call, Ruling
from collegium.core.calls.rules import LONGEST_WORDS, TEXT
from collegium.core.people.models import Organization
from collegium.web.account.forms.fields import Words, ZoneField


class CallForm(forms.Form):
    """What is asked, from when until when."""

    title = Words(label=_("Title"), room=200)
    raw = Words(
        label=_("What is asked"),
        room=LONGEST_WORDS,
        multiline=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    opens_at = LocalMoment(label=_("Opens"))
    closes_at = LocalMoment(label=_("Closes"))
    time_zone = ZoneField(label=_("On the clock of"))

    def given(self) -> dict[str, Any]:
        """For the action; both moments on the clock that was chosen."""
        told = {name: self.cleaned_data[name] for name in ("title", "raw", "time_zone")}
        moments = {name: in_zone(self.cleaned_data[name], told["time_zone"]) for name in ("opens_at", "closes_at")}
        return told | moments


class NewCallForm(CallForm):
    """And of whom: all member societies, or some."""

    only = forms.ModelMultipleChoiceField(
        label=_("Only these societies"),
        queryset=Organization.objects.none(),
        required=False,
        help_text=_("All member societies if none is chosen."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, societies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["only"].queryset = societies  # type: ignore[attr-defined]  # a field of rows


class DeadlineForm(forms.Form):
    """A later deadline, for a reason."""

    closes_at = LocalMoment(label=_("New deadline"))
    reason = Words(label=_("Reason"), room=1000, multiline=True, widget=forms.Textarea(attrs={"rows": 2}))

    def given(self, call: Call) -> dict[str, Any]:
        """On the clock of the call."""
        moment = in_zone(self.cleaned_data["closes_at"], call.time_zone)
        return {"closes_at": moment, "reason": self.cleaned_data["reason"]}


class ReasonForm(forms.Form):
    """Why it is cancelled."""

    reason = Words(
        label=_("Reason"),
        room=1000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever was asked reads it."),
    )


class RulingForm(forms.Form):
    """What is decided about one on the roll."""

    kind = forms.ChoiceField(label=_("Ruling"), choices=Ruling.Kind.choices)
    reason = Words(label=_("Reason"), room=1000, multiline=True, widget=forms.Textarea(attrs={"rows": 2}))


class EntryForm(forms.Form):
    """An answer that came in another way."""

    choice = forms.ChoiceField(label=_("Answer"))
    raw = Words(
        label=_("In words"),
        room=LONGEST_WORDS,
        multiline=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "id": "id_entered"}),
    )
    evidence = Words(
        label=_("What this relies on"),
        room=1000,
        help_text=_("Who wrote it, when, and where it is kept. The society's people are told and can change it."),
    )

    text = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def given(self) -> dict[str, Any]:
        """For the action."""
        told = {name: self.cleaned_data[name] for name in ("choice", "raw", "evidence")}
        return told | {"facts": {TEXT: self.cleaned_data["text"]} if self.cleaned_data["text"] else {}}

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(choice.name, choice.given) for choice in call.kind_of.choices]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]  # a field of choices
