"""Moments as a person reads them: in the viewer's zone and language, with a form a script can redo in another zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, partial
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as write
from django.utils.dates import MONTHS, MONTHS_3
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
    values["written"] = _written(moment, form_of(show))


def short_times() -> Callable[[datetime], str]:
    """What the component `time` draws of moments in their short form, for a list that is drawn by hand."""
    zone, form = timezone.get_current_timezone(), form_of("short")
    data_form = escape(form)

    def drawn(at: datetime) -> str:
        machine, written = at.astimezone(UTC), _written(at.astimezone(zone), form)
        return f'<time datetime="{machine:%Y-%m-%dT%H:%M:%SZ}" data-form="{data_form}">{escape(written)}</time>'

    return drawn


def _written(moment: datetime, form: str) -> str:
    """What the framework writes of a moment, in a tenth of its time."""
    return "".join([part if part.__class__ is str else part(moment) for part in _parts(get_language(), form)])  # type: ignore[operator]  # else callable


@lru_cache(maxsize=256)
def _parts(_language: str | None, form: str) -> tuple[str | Callable[[datetime], str], ...]:
    """A date format in pieces: texts, and what writes a part of a moment; rarer letters are left to the framework."""
    if "\\" in form:
        return (lambda moment: write(moment, form),)
    known = _LETTERS | {"M": _of_month(lambda number: MONTHS_3[number].title()), "F": _of_month(MONTHS.__getitem__)}
    return tuple(known.get(letter) or (partial(_by_letter, letter) if letter.isalpha() else letter) for letter in form)


_LETTERS: dict[str, Callable[[datetime], str]] = {
    "j": lambda moment: str(moment.day),
    "Y": lambda moment: f"{moment.year:04d}",
    "H": lambda moment: f"{moment.hour:02d}",
    "i": lambda moment: f"{moment.minute:02d}",
}


def _of_month(name: Callable[[int], Any]) -> Callable[[datetime], str]:
    names = [str(name(number)) for number in range(1, 13)]
    return lambda moment: names[moment.month - 1]


def _by_letter(letter: str, moment: datetime) -> str:
    return write(moment, letter)


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
