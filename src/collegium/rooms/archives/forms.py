"""Input to clean values: why an archive is opened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from collegium.core.access.errors import Refused

from .rules import check_reason


class Reason(forms.CharField):
    """Words judged by the rule the action itself obeys."""

    def clean(self, value: Any) -> str:
        try:
            return check_reason(str(value or ""))
        except Refused as refusal:
            raise ValidationError(str(refusal.reason)) from refusal


class OpeningForm(forms.Form):
    """What was decided."""

    words = Reason(
        label=gettext_lazy("What was decided, by whom and when?"),
        help_text=gettext_lazy("Whoever reads the archive sees this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
