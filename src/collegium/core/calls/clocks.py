"""Days and times on the clock of the zone a form names: the fields, and the moments they mean."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime
from functools import cache
from typing import Any, overload
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from collegium.core.access.errors import Refused
from collegium.core.people.rules import check_told

_DAY = "%Y-%m-%d"
_FORM = "%Y-%m-%dT%H:%M"
_FORMS = [_FORM, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]


def check_in_our_time(value: date) -> None:
    """The rule of moments, as a form says it."""
    try:
        check_told(value)
    except Refused as refusal:
        raise ValidationError(str(refusal.reason)) from refusal


class Day(forms.DateField):
    """A day that has a midnight in every zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format=_DAY, attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": [_DAY], "validators": [check_in_our_time], **options})


class LocalMoment(forms.DateTimeField):
    """A day and a time without a zone; `in_zone` makes a moment of it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format=_FORM, attrs={"type": "datetime-local"})
        super().__init__(**{"widget": widget, "input_formats": _FORMS, "validators": [check_in_our_time], **options})

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        return moment.replace(tzinfo=None, second=0, microsecond=0) if moment else None


@cache
def zones() -> list[tuple[str, str]]:
    """The time zones there are, with spaces for underlines."""
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())]


@overload
def in_zone(moment: datetime, zone: str) -> datetime: ...
@overload
def in_zone(moment: datetime | None, zone: str) -> datetime | None: ...
def in_zone(moment: datetime | None, zone: str) -> datetime | None:
    """The same time on the clock, of that zone; None where none was given."""
    return moment.replace(tzinfo=ZoneInfo(zone)) if moment else None


def on_clock(moment: datetime, zone: str) -> datetime:
    """A moment as it stands on the clock of the zone, for a form that names the zone itself."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def set_in_zone(form: forms.Form, *names: str) -> None:
    """Make the moments of these fields moments of the zone in the form's `time_zone`."""
    zone = form.cleaned_data.get("time_zone")
    for name in names if zone else ():
        if moment := form.cleaned_data.get(name):
            form.cleaned_data[name] = in_zone(moment, str(zone))
