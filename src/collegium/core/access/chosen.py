"""One of the things a form offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Chosen(forms.Field):
    """One of the things offered, by its id; cleaned to the thing, or None where nothing was chosen."""

    widget = forms.Select

    def __init__(self, *, things: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(**options)
        self.offer(things)

    def offer(self, things: Iterable[Any], *, empty: Any = "—") -> None:
        self.things = {str(thing.pk): thing for thing in things}
        widget: Any = self.widget
        widget.choices = [("", empty), *((key, str(thing)) for key, thing in self.things.items())]

    def to_python(self, value: Any) -> Any:
        text = str(value or "")
        if not text:
            return None
        if text not in self.things:
            raise ValidationError(_("This is not one of those you can choose."))
        return self.things[text]
