"""Rows of the pages on which a roster comes in."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404

from collegium.core.people.models import RosterImport, RosterLine
from collegium.core.people.roster.columns import COLUMNS, heading_of
from collegium.core.people.roster.meaning import full_name
from collegium.core.people.roster.planning import Do, Outcome

PAGE = 100
RECENT = 20
_SHOWN = ("society", "function", "name", "email", "title")


def recent() -> list[RosterImport]:
    return list(RosterImport.objects.select_related("by")[:RECENT])


def roster(pk: int) -> RosterImport:
    """The roster, or Http404."""
    found = RosterImport.objects.select_related("by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def counts(roster: RosterImport) -> dict[str, int]:
    """How many lines come to what; all outcomes, refused ones first."""
    rows = roster.lines.order_by().values("outcome").annotate(lines=Count("pk"))
    found = {row["outcome"]: row["lines"] for row in rows}
    return {outcome.value: found.get(outcome.value, 0) for outcome in Outcome}


def lines(roster: RosterImport, outcome: str, after: int) -> tuple[list[dict[str, Any]], int | None]:
    """A page of the lines that come to `outcome` (of all, if empty), and after which number the next page begins."""
    found = roster.lines.filter(number__gt=after)
    if outcome in Outcome.values:
        found = found.filter(outcome=outcome)
    rows = list(found.order_by("number")[: PAGE + 1])
    return [shown(row) for row in rows[:PAGE]], rows[PAGE - 1].number if len(rows) > PAGE else None


def shown(line: RosterLine) -> dict[str, Any]:
    """A line in words: its cells as they were written, what it comes to, what is done for it."""
    cells = line.cells
    told = {column: cells.get(column, "") for column in _SHOWN} | {"name": full_name(cells)}
    return {
        "number": line.number,
        "cells": told,
        "outcome": line.outcome,
        "word": Outcome(line.outcome).label if line.outcome else "",
        "sign": _SIGNS.get(line.outcome, "part"),
        "reason": line.reason,
        "heading": heading_of(line.column) if line.column else "",
        "written": cells.get(line.column, ""),
        "deeds": [deed | {"word": Do(deed["do"]).label} for deed in line.deeds],
        "is_done": line.carried_out_at is not None,
    }


_SIGNS = {"refused": "off", "new": "open", "changed": "part", "unchanged": "done"}


def refused_rows(roster: RosterImport) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of the refused lines, as they came in, with why at the end."""
    found = list(roster.lines.filter(outcome=Outcome.REFUSED).order_by("number"))
    said = {column for line in found for column in line.cells}
    columns = [column for column in COLUMNS if column in said]
    head = [heading_of(column) for column in columns]
    return head, [[*(line.cells.get(column, "") for column in columns), line.number, line.reason] for line in found]
