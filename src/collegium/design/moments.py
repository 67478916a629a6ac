"""Moments as a person reads them: in the viewer's zone and language, with a form a script can redo in another zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as write
from django.utils.translation import get_language, gettext, ngettext, pgettext

SOON = timedelta(days=3)


def written_time(values: dict[str, Any]) -> None:
    """Add `written`, `machine` and `form` for a moment or a day; raises TypeError for anything else."""
    at, show = values["at"], values["show"]
    if isinstance(at, datetime):
        moment = at.astimezone(UTC if show == "stored" else timezone.get_current_timezone())
        values["machine"] = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values["form"] = form_of(show)
    elif isinstance(at, date):
        moment = datetime.combine(at, time())
        values["machine"] = at.isoformat()
        show = "month" if show == "month" else "day"
        values["form"] = ""
    else:
        raise TypeError(f"a time is drawn from a datetime or a date, not from {at!r}")
    values["written"] = write(moment, form_of(show))


def form_of(show: str) -> str:
    """The date format for one way to show a moment, as the translators of each language set it."""
    return _forms(get_language())[show]


@lru_cache(maxsize=64)
def _forms(_language: str | None) -> dict[str, str]:
    return {
        "short": pgettext("date format: 14 Nov, 09:12", "j M, H:i"),
        "moment": pgettext("date format: 14 Nov 2026, 09:12", "j M Y, H:i"),
        "long": pgettext("date format: Saturday 14 November 2026, 09:12 CET", "l j F Y, H:i T"),
        "day": pgettext("date format: 14 Nov 2026", "j M Y"),
        "month": pgettext("date format: November 2026", "F Y"),
        "clock": pgettext("date format: 09:12", "H:i"),
        "weekday": pgettext("date format: Tue 24 Nov", "D j M"),
        "stored": pgettext("date format: 14 Nov 2026, 09:12 UTC", "j M Y, H:i T"),
    }


def written_deadline(values: dict[str, Any]) -> None:
    """Add `day`, `clock`, `distance`, `soon` and `past` for a deadline seen at `now`."""
    at, now = values["at"], values["now"]
    local = at.astimezone(timezone.get_current_timezone())
    values["machine"] = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values["day"] = write(local, form_of("weekday"))
    values["clock"] = write(local, pgettext("date format: 17:00 EST", "H:i T"))
    values["past"] = at <= now
    values["soon"] = not values["past"] and at - now <= SOON
    values["distance"] = distance(at, now)


def distance(at: datetime, now: datetime) -> str:
    """How far a moment is, in one rounded-down unit: “in 2 days”, “40 minutes ago”."""
    seconds = int(abs((at - now).total_seconds()))
    if seconds < 60:
        return gettext("now")
    ahead = at > now
    if seconds < 3600:
        n = seconds // 60
        form = ngettext("in %d minute", "in %d minutes", n) if ahead else ngettext("%d minute ago", "%d minutes ago", n)
    elif seconds < 86400:
        n = seconds // 3600
        form = ngettext("in %d hour", "in %d hours", n) if ahead else ngettext("%d hour ago", "%d hours ago", n)
    else:
        n = seconds // 86400
        form = ngettext("in %d day", "in %d days", n) if ahead else ngettext("%d day ago", "%d days ago", n)
    return form % n
