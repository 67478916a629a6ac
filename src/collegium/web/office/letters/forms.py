"""What the way of letters is narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.core.mail.models import Incoming

from ..books.forms.fields import Chosen, Day


class OwnWaysForm(forms.Form):
    """Which letters of one group to look at; what cannot be read narrows nothing."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("In every state")), *Incoming.State.choices]
    )
    day = Day(label=_("Day"), required=False)

    def asked(self) -> dict[str, Any]:
        """What was chosen and understood, by field."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class WaysForm(OwnWaysForm):
    """The same of all letters."""

    group = Chosen(label=_("Group"), required=False, nothing=_("Every group"))
    address = forms.CharField(label=_("Address of the sender, or of ours"), required=False, max_length=320)
