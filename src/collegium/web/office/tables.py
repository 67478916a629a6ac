"""Lists of the office as tables to take away: what each page shows, whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from collegium.core.groups.models import Application
from collegium.core.people.models import Tenure
from collegium.rooms.discussions.queries.moderation import waiting_by_group
from collegium.web import cursors

from . import queries
from .attestations import board
from .groups.queries import groups_page
from .requests.forms import SHOWN
from .requests.queries import everybody_asking

Table = tuple[list[str], Iterable[list[Any]]]


def groups(request: Any) -> Table:
    """How each group is set."""
    head = [_("Group"), _("Kind"), _("Joining"), _("Closed"), _("New"), _("People"), _("Chairs"), _("A widening waits")]
    names = ("name", "kind_word", "joining_word", "is_closed", "is_new", "persons", "officers", "is_widening")
    return head, _cells(groups_page(request.viewer), names)


def requests(request: Any) -> Table:
    """Whoever asks to join, narrowed as the page is."""
    head = [_("Group"), _("Name"), _("Title"), _("Society"), _("Function"), _("Capacity"), _("State"), _("Asked")]
    states = SHOWN.get(request.GET.get("state", ""), SHOWN[""])
    found = everybody_asking(states=states, group=cursors.number(request.GET.get("group")), at=request.at)
    names = ("group_name", "name", "title", "society", "function_name", "capacity_word", "state_word", "asked_at")
    return [*head, _("Decided"), _("Not admitted by")], _cells(map(_in_words, found), (*names, "decided_at", "lacking"))


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "capacity_word": Tenure.Capacity(row["capacity"]).label,
        "state_word": Application.State(row["state"]).label,
        "lacking": "; ".join(f"{one.label}: {one.found}" for one in row["criteria"] if one.fails),
    }


def confirmations(request: Any) -> Table:
    """How far each society is with confirming who sits where."""
    head = [_("Society"), _("State"), _("Quarter"), _("Confirmed by"), _("Confirmed"), _("Last written to or called")]
    return head, _of_board(request.at)


def _of_board(at: datetime) -> Iterator[list[Any]]:
    for section in board(at)["sections"]:
        for row, newest in section["rows"]:
            contacts = list(newest.contacts.all())
            who = row.attested_by.name if row.attested_by else ""
            last = contacts[-1].at if contacts else None
            told = [row.organization.name, section["label"], row.quarter, who, row.attested_at, last]
            yield list(map(_cell, told))


def reports(request: Any) -> Table:
    """What waits for the officers of each group, without a word of it."""
    head = [_("Group"), _("Reports"), _("Held posts"), _("The oldest since"), _("Officers"), _("Reminded")]
    names = ("name", "reports", "held", "oldest", "officers", "nudged_at")
    return head, _cells(waiting_by_group(request.viewer), names)


def proposals(_request: Any) -> Table:
    """Addresses that are proposed and not yet in effect."""
    head = [_("Address"), _("Person"), _("Proposed by"), _("Proposed"), _("Let through by"), _("Takes effect")]
    return head, (
        list(map(_cell, [one.email, one.person, one.proposed_by, one.proposed_at, one.decided_by, one.effective_at]))
        for one in queries.open_proposals()
    )


TABLES: dict[str, Callable[[Any], Table]] = {
    "groups": groups,
    "requests": requests,
    "confirmations": confirmations,
    "reports": reports,
    "addresses": proposals,
}


def _cells(rows: Iterable[dict[str, Any]], names: Iterable[str]) -> Iterator[list[Any]]:
    wanted = list(names)
    for row in rows:
        yield [_cell(row[name]) for name in wanted]


def _cell(value: Any) -> Any:
    """Yes and no in words, moments to the minute."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value
