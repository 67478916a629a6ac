"""What the office hands out as CSV: the columns of each list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.people.models import Organization, Standing
from collegium.web.sheets import csv_answer

from .societies import CAPACITIES, LEADERSHIPS

STATES = {
    "present": gettext_lazy("held"),
    "past": gettext_lazy("past"),
    "future": gettext_lazy("to come"),
    "vacant": gettext_lazy("vacant"),
}
KINDS, STATUSES = dict(Organization.Kind.choices), dict(Standing.Status.choices)
Rows = Iterable[dict[str, Any]]


def societies_table(rows: Rows) -> StreamingHttpResponse:
    """A line for each organization."""
    columns = {
        "name": _("Name"),
        "acronym": _("Acronym"),
        "kind": _("Kind"),
        "mother": _("Belongs to"),
        "status": _("Standing"),
        "since": _("Since"),
        "specialty": _("Specialty"),
        "city": _("City"),
        "website": _("Website"),
        "founded": _("Founded"),
        "members": _("Members"),
        "time_zone": _("Time zone"),
        "held": _("Seats held"),
        "vacant": _("Seats vacant"),
    }
    return csv_answer("societies.csv", list(columns.values()), lines(columns, rows))


def seats_table(name: str, rows: Rows) -> StreamingHttpResponse:
    """A line for each tenure of each seat, past, present and to come, and one for a seat nobody ever held."""
    columns = {
        "society": _("Society"),
        "function": _("Function"),
        "state": _("State"),
        "name": _("Name"),
        "credentials": _("Credentials"),
        "title": _("Title"),
        "capacity": _("Capacity"),
        "leadership": _("Staff or volunteer"),
        "first_day": _("From"),
        "last_day": _("Until"),
    }
    return csv_answer(name, list(columns.values()), lines(columns, rows))


def persons_table(rows: Rows) -> StreamingHttpResponse:
    """A line for each person; several seats stand in one cell."""
    columns = {
        "name": _("Name"),
        "credentials": _("Credentials"),
        "handle": _("Handle"),
        "address": _("Address"),
        "verified": _("Verified"),
        "held": _("Seats"),
        "joined_at": _("Registered"),
        "last_login": _("Last signed in"),
        "closed_at": _("Account closed"),
    }
    return csv_answer("people.csv", list(columns.values()), lines(columns, rows))


def functions_table(rows: Rows) -> StreamingHttpResponse:
    """A line for each function."""
    columns = {
        "name": _("Name"),
        "plural": _("Plural"),
        "short": _("Short name"),
        "single_holder": _("Held by one person at a time"),
        "held": _("Seats held"),
        "vacant": _("Seats vacant"),
        "groups": _("Groups that admit it"),
    }
    return csv_answer("functions.csv", list(columns.values()), lines(columns, rows))


def lines(columns: Iterable[str], rows: Rows) -> Iterator[list[Any]]:
    """The cells of each row, in words."""
    for row in rows:
        yield [_cell(name, row[name]) for name in columns]


def _cell(name: str, value: Any) -> Any:
    """Words for what is kept as a code, seconds nobody asked for left out."""
    words: dict[str, dict[str, Any]] = {
        "kind": KINDS,
        "status": STATUSES,
        "capacity": CAPACITIES,
        "leadership": LEADERSHIPS,
        "state": STATES,
    }
    if name in words and value:
        return words[name].get(value, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value.isoformat(timespec="minutes") if hasattr(value, "astimezone") else value
