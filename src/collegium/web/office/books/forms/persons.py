"""Persons: what narrows their list, somebody new, another address for somebody."""

from __future__ import annotations

from typing import Any

from allauth.account.fields import EmailField
from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.web.account.forms.fields import Words, ZoneField

from .fields import Chosen
from .newcomers import NewcomerForm

WHICH = [
    ("", _("Everybody")),
    ("seatless", _("Without a seat today")),
    ("silent", _("Never signed in")),
    ("closed", _("Account closed")),
    ("double", _("Perhaps registered twice")),
]


class PersonsForm(forms.Form):
    """What one may narrow the list by."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=254)
    society = Chosen(label=_("Society"), nothing=_("Every society"), required=False, max_length=60)
    function = Chosen(label=_("Function"), nothing=_("Every function"), required=False, max_length=60)
    which = forms.ChoiceField(label=_("Which"), required=False, choices=WHICH)


class NewPersonForm(NewcomerForm):
    """Somebody the council did not know before; a seat is given on the page of the society."""

    name = Words(label=_("Name"), room=150)
    credentials = Words(label=_("Credentials"), room=60, required=False)
    email = EmailField(
        label=_("First address"), max_length=254, help_text=_("They sign in with a code that is sent to it.")
    )
    time_zone = ZoneField(label=_("Time zone"), initial="UTC")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "off"}


class AddressForm(forms.Form):
    """Another address for somebody who cannot get at theirs."""

    email = EmailField(
        label=_("New address"),
        max_length=254,
        help_text=_("It signs nobody in before its owner confirms it, or 72 hours after you let it through."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "off"}
