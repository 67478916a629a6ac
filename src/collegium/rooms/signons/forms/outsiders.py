"""What an outside organization says of itself, and what the host tells the addressee."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from collegium.core.access.errors import Refused
from collegium.core.access.judged import JudgedWords
from collegium.rooms.discussions.rules.topics import cleaned

from ..models import Signature
from ..rules.words import LONGEST_NAME, check_line


def _needed(longest: int, empty: Any) -> Any:
    return lambda words: cleaned(words, longest=longest, multiline=False, empty=str(empty))


class OutsideForm(forms.Form):
    """Organization, officer, title, address; and that the text was read: `text` is its hash."""

    organization = JudgedWords(
        label=gettext_lazy("Name of the organization"),
        judge=_needed(LONGEST_NAME, gettext_lazy("Say which organization signs.")),
    )
    officer = JudgedWords(label=gettext_lazy("Your name"), judge=_needed(120, gettext_lazy("Say who you are.")))
    title = JudgedWords(
        label=gettext_lazy("Your title there"), judge=_needed(120, gettext_lazy("Say what you are there."))
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("A letter goes there with a link; nobody else sees it but the council’s team."),
    )
    is_authorized = forms.BooleanField(label=gettext_lazy("I may sign this letter for the organization"))
    text = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_email(self) -> str:
        """As an address is kept elsewhere in the house: without what cannot be seen."""
        try:
            return cleaned(self.cleaned_data["email"], longest=254, multiline=False, empty="")
        except Refused as refusal:
            raise ValidationError(str(refusal.reason)) from refusal

    def told(self) -> dict[str, Any]:
        """What the action is told, from a sound form."""
        names = ("organization", "officer", "title", "email")
        return {name: self.cleaned_data[name] for name in names} | {"digest": self.cleaned_data["text"]}


class TellingForm(forms.Form):
    """Whether the addressee hears of a withdrawal, and how."""

    told = forms.ChoiceField(
        label=gettext_lazy("Does the addressee hear of it?"), choices=Signature.Told.choices, widget=forms.RadioSelect
    )
    how = JudgedWords(label=gettext_lazy("How, and when?"), judge=check_line, required=False)
