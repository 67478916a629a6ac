"""Joining another account of one's own."""

from __future__ import annotations

from typing import Any

from allauth.account.fields import EmailField
from django import forms
from django.utils.translation import gettext_lazy as _


class JoinForm(forms.Form):
    """An address of the other account. Whether there is one is not told: the letter would not arrive."""

    email = EmailField(label=_("An address of the other account"), max_length=254)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "off"}
