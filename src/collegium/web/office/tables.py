"""Lists of the office as tables to take away: what each page shows, whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from collegium.core.groups.models import Application
from collegium.core.people.models import Contact, Tenure
from collegium.rooms.discussions.queries.moderation import waiting_by_group
from collegium.web import cursors

from . import queries
from .attestations import board
from .books.tables import lines
from .groups.queries import groups_page
from .requests.forms import SHOWN
from .requests.queries import everybody_asking

Table = tuple[list[str], Iterable[list[Any]]]


def groups(request: Any) -> Table:
    """How each group is set."""
    head = [_("Group"), _("Kind"), _("Joining"), _("Closed"), _("New"), _("People"), _("Chairs"), _("A widening waits")]
    names = ("name", "kind_word", "joining_word", "is_closed", "is_new", "persons", "officers", "is_widening")
    return head, lines(names, groups_page(request.viewer))


def requests(request: Any) -> Table:
    """Whoever asks to join, narrowed as the page is."""
    head = [_("Group"), _("Name"), _("Title"), _("Society"), _("Function"), _("Capacity"), _("State"), _("Asked")]
    states = SHOWN.get(request.GET.get("state", ""), SHOWN[""])
    found = everybody_asking(states=states, group=cursors.number(request.GET.get("group")), at=request.at)
    names = ("group_name", "name", "title", "society", "function_name", "capacity_word", "state_word", "asked_at")
    return [*head, _("Decided"), _("Not admitted by")], lines((*names, "decided_at", "lacking"), map(_in_words, found))


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "capacity_word": Tenure.Capacity(row["capacity"]).label,
        "state_word": Application.State(row["state"]).label,
        "lacking": "; ".join(f"{one.label}: {one.found}" for one in row["criteria"] if one.fails),
    }


def confirmations(request: Any) -> Table:
    """How far each society is with confirming who sits where."""
    head = [_("Society"), _("State"), _("Quarter"), _("Confirmed by"), _("Confirmed"), _("Last written to or called")]
    return head, lines(_BOARD, _of_board(request.at))


_BOARD = ("society", "step", "quarter", "confirmed_by", "confirmed_at", "contact_at")


def _of_board(at: datetime) -> Iterator[dict[str, Any]]:
    sections = board(at)["sections"]
    # The board shows no contacts of who has confirmed, and has not read them.
    shown = [newest for section in sections for _row, newest in section["rows"]]
    prefetch_related_objects(shown, Prefetch("contacts", Contact.objects.order_by("pk")))
    for section in sections:
        for row, newest in section["rows"]:
            contacts = list(newest.contacts.all())
            who = row.attested_by.name if row.attested_by else ""
            last = contacts[-1].at if contacts else None
            told = [row.organization.name, section["label"], row.quarter, who, row.attested_at, last]
            yield dict(zip(_BOARD, told, strict=True))


def reports(request: Any) -> Table:
    """What waits for the officers of each group, without a word of it."""
    head = [_("Group"), _("Reports"), _("Held posts"), _("The oldest since"), _("Officers"), _("Reminded")]
    names = ("name", "reports", "held", "oldest", "officers", "nudged_at")
    return head, lines(names, waiting_by_group(request.viewer))


def proposals(_request: Any) -> Table:
    """Addresses that are proposed and not yet in effect."""
    head = [_("Address"), _("Person"), _("Proposed by"), _("Proposed"), _("Let through by"), _("Takes effect")]
    names = ("email", "person", "proposed_by", "proposed_at", "decided_by", "effective_at")
    return head, lines(names, ({name: getattr(one, name) for name in names} for one in queries.open_proposals()))


TABLES: dict[str, Callable[[Any], Table]] = {
    "groups": groups,
    "requests": requests,
    "confirmations": confirmations,
    "reports": reports,
    "addresses": proposals,
}
