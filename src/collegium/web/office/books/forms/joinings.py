"""Joining two accounts of one person, asked for by the council's team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.web.account.forms.fields import Words

from ...forms import OfSomebodyForm


class BeginJoiningForm(OfSomebodyForm):
    """The account that is joined to the one of the page, and why."""

    handle = forms.CharField(
        label=_("The other account"),
        max_length=60,
        help_text=_("Its handle, as in the address of its page. It is closed, and all it has moves here."),
    )
    reason = Words(
        label=_("Reason"),
        room=1000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the letters to both addresses."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["handle"].widget.attrs = {"autocomplete": "off", "spellcheck": "false"}
