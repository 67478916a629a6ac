"""Fields the forms of ballots share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused

LONGEST_WORDS = 4000


class Words(forms.CharField):
    """Text judged by a rule; its length is not told to the browser, which would silently cut off what is pasted."""

    def __init__(
        self, *, judge: Callable[[str], str] | None = None, longest: int = LONGEST_WORDS, **options: Any
    ) -> None:
        self.judge, self.longest = judge, longest
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if "\ufffd" in text:
            raise ValidationError(_("Some characters did not arrive whole: look for � and write them again."))
        if len(text) > self.longest:
            raise ValidationError(_("This is too long: at most %(most)d characters.") % {"most": self.longest})
        try:
            return self.judge(text) if self.judge else text
        except Refused as refusal:
            raise ValidationError(str(refusal.reason)) from refusal
