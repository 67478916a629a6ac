"""The coverage map as lines: of one organization for its page, of all for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from collegium.core.groups.queries.coverage import Cell, State, Why
from collegium.core.people.models import Organization, Standing

from ...together import Row
from . import wording
from .maps import Map


def head() -> list[str]:
    return [
        _("Society"),
        _("Acronym"),
        _("Kind"),
        _("Specialty"),
        _("Standing"),
        _("Group"),
        _("Seat"),
        _("State"),
        _("Why"),
        _("Person"),
        _("Title"),
        _("Day"),
        _("Confirmed"),
        _("Reads"),
    ]


def rows(shown: Map) -> Iterator[list[Any]]:
    """A line for each cell, by organization and group."""
    words = wording.Words()
    for organization in shown.organizations:
        for group in shown.groups:
            cell = shown.of(organization, group)
            if cell is not None:
                yield _row(organization, group, cell, words)


def _row(organization: Row, group: Row, cell: Cell, words: wording.Words) -> list[Any]:
    standing = Standing.Status(organization["status"]).label if organization["status"] else ""
    return [
        organization["name"],
        organization["acronym"],
        Organization.Kind(organization["kind"]).label,
        organization["specialty"],
        standing,
        group["name"],
        cell.function,
        words.state(cell),
        words.why(cell),
        cell.name,
        cell.title,
        cell.on.isoformat() if cell.on else "",
        words.confirmed(cell),
        words.bar(cell),
    ]


# The component `state` has five shapes; each of the map's states has one.
SHAPES = {State.HELD: "done", State.INTERIM: "part", State.LAPSED: "wait", State.VACANT: "open"}


def lines_of(shown: Map, organization: Row) -> list[Row]:
    """A line for each group with a cell, for the organization's own page."""
    found = [(group, shown.of(organization, group)) for group in shown.groups]
    words = wording.Words()
    return [_line(group, cell, words) for group, cell in found if cell is not None]


def _line(group: Row, cell: Cell, words: wording.Words) -> Row:
    shows_person = bool(cell.name) and cell.why in (Why.NONE, Why.UNCONFIRMED, Why.SUSPENDED)
    return {
        "group": group,
        "function": cell.function,
        "shape": SHAPES[cell.state],
        "word": words.state(cell),
        "why": "" if shows_person and cell.why == Why.NONE else words.why(cell),
        "person": {"name": cell.name, "handle": cell.handle, "title": cell.title} if shows_person else None,
        "marks": [told for told in (words.confirmed(cell), words.bar(cell)) if told],
        "has_not_joined": cell.state in (State.HELD, State.INTERIM) and not cell.belongs,
    }
