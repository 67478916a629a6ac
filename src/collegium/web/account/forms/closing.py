"""Closing an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ClosingForm(forms.Form):
    """Typing one's handle shows that one means it."""

    handle = forms.CharField(label=_("Your handle"), widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, handle: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.expected = handle

    def clean_handle(self) -> str:
        typed: str = self.cleaned_data["handle"]
        if typed.strip().lstrip("@").lower() != self.expected:
            raise forms.ValidationError(_("This is not your handle. Nothing was closed."))
        return self.expected
