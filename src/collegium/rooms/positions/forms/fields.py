"""Fields the forms of positions share: societies to tick, moments with their zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from collegium.core.calls.clocks import zones
from collegium.core.people.models import Organization

ENDS = "23:59"


class Societies(forms.MultipleChoiceField):
    """Member societies to tick; cleaned to their ids."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, societies: Iterable[Organization]) -> None:
        self.choices = [(str(one.pk), one.name) for one in societies]

    def clean(self, value: Any) -> list[int]:
        return [int(key) for key in super().clean(value)]


def time_field() -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=gettext_lazy("At"), required=False, widget=widget)


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("In the time zone"), choices=zones, required=False)


def moment(day: Any, at: Any, zone: str) -> datetime | None:
    """The moment of a day, an hour and a zone, the end of the day without an hour; None without a day."""
    if not day:
        return None
    hour = at or datetime.strptime(ENDS, "%H:%M").time()  # noqa: DTZ007 - an hour of the day has no zone
    return datetime.combine(day, hour, tzinfo=zoneinfo.ZoneInfo(zone or "UTC"))
