"""Words in a form, judged by the rule the action itself obeys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .errors import Refused


def paragraph(rows: int) -> forms.Textarea:
    """Room for so many lines of words."""
    return forms.Textarea(attrs={"rows": rows})


class JudgedWords(forms.CharField):
    """Text judged by a rule. Its length is not told to the browser, which would silently cut off what is pasted."""

    def __init__(self, *, judge: Callable[[str], str], **options: Any) -> None:
        self.judge = judge
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if "\ufffd" in text:
            raise ValidationError(_("Some characters did not arrive whole: look for � and write them again."))
        try:
            return self.judge(text)
        except Refused as refusal:
            raise ValidationError(str(refusal.reason)) from refusal
