"""Fields the forms of letters share."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_FORM = "%Y-%m-%dT%H:%M"


def paragraph(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


@cache
def zones() -> list[tuple[str, str]]:
    """The time zones there are, with spaces for underlines."""
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())]


def day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


class MomentField(forms.DateTimeField):
    """A day and a time on the clock of a zone the form knows."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format=_FORM, attrs={"type": "datetime-local"})
        super().__init__(widget=widget, input_formats=[_FORM, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **options)


def in_zone(moment: datetime | None, zone: str) -> datetime | None:
    """The same time on the clock, of that zone; None where none was given."""
    return moment.replace(tzinfo=zoneinfo.ZoneInfo(zone)) if moment else None


def on_clock(moment: datetime, zone: str) -> datetime:
    """A moment as it stands on the clock of the zone."""
    return moment.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)


class Chosen(forms.Field):
    """One of the things offered, by its id; cleaned to the thing, or None where nothing was chosen."""

    widget = forms.Select

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
