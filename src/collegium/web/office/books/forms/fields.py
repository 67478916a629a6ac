"""Fields the forms of the registry share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = date(1800, 1, 1), date(2200, 1, 1)


class Day(forms.DateField):
    """A day somebody could mean; the year 9999 has no next day, and a tenure needs one."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(input_formats=["%Y-%m-%d"], **options)
        self.validators += [
            MinValueValidator(EARLIEST, _("This is too long ago to be meant.")),
            MaxValueValidator(LATEST, _("This is too far ahead to be meant.")),
        ]


class Chosen(forms.CharField):
    """One of choices that are found with the page; empty where nothing has to be chosen."""

    widget = forms.Select

    def __init__(self, *, nothing: Any = "", **options: Any) -> None:
        super().__init__(**options)
        self.nothing = nothing
        self.offered: dict[str, Any] = {}

    def offer(self, rows: list[tuple[str, Any]]) -> None:
        self.offered = dict(rows)
        self.widget.choices = [("", self.nothing), *rows]

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value not in self.offered:
            raise forms.ValidationError(_("Choose one of the list."))
