"""What a roll holds: who is put on it, and the hash by which anybody on it can tell it is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from ..models import Call, RollRow

_LISTS = ("kinds", "standings", "only", "but")
ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Roll:
    """Which organizations are asked: of these kinds, with these standings, `only` these if it names any, never those of

    `but`. `weights` are whole numbers by organization, 1 for those it does not name.
    """

    kinds: tuple[str, ...] = ("society",)
    standings: tuple[str, ...] = ("member",)
    only: tuple[int, ...] = ()
    but: tuple[int, ...] = ()
    weights: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, call: Call) -> Self:
        rule: dict[str, Any] = call.roll_rule
        given = {name: tuple(rule[name]) for name in _LISTS if name in rule}
        return cls(**given, weights={int(key): int(value) for key, value in rule.get("weights", {}).items()})

    def as_rule(self) -> dict[str, Any]:
        """As it is stored with the call."""
        told = asdict(self)
        return {name: list(told[name]) for name in _LISTS} | {
            "weights": {str(key): value for key, value in sorted(self.weights.items())}
        }


def rows_of(call: Call) -> QuerySet[RollRow]:
    """In the order of the register: by name; who was entitled comes along."""
    found = RollRow.objects.filter(call=call).select_related("organization__entry", "person", "taken_by", "call__entry")
    return found.order_by("organization__entry__title", "person__name", "pk")


def page_of_roll(call: Call, number: int | str | None) -> Page[RollRow]:
    """A page of those rows with who was entitled: all are put in order, but only those of the page are read.

    The first page for what is no number, and the last for one beyond.
    """
    found: Page[Any] = Paginator(rows_of(call).values_list("pk", flat=True), ON_A_PAGE).get_page(number)
    found.object_list = list(rows_of(call).filter(pk__in=list(found)).prefetch_related("entitled__person"))
    return found


def counted(call: Call) -> QuerySet[RollRow]:
    """Those rows no ruling has taken off."""
    return RollRow.objects.filter(call=call, struck_at=None)


def roll_hash(call: Call) -> str:
    """SHA-256, in hexadecimal, of one line for each row in the order of its addressee.

    A line is `society:ID standing weight P1,P2,…` with the persons entitled in their order, or `person:ID - weight -`:
    the lines are shown with the roll, so anybody can hash them again.
    """
    return hashlib.sha256("\n".join(roll_lines(call)).encode()).hexdigest()


def roll_lines(call: Call) -> list[str]:
    """As the roll was taken: rulings are a log of their own and change no line."""
    entitled: dict[int, list[int]] = {}
    found = RollRow.objects.filter(call=call).order_by("pk")
    for row_id, person_id in found.values_list("pk", "entitled__person_id").order_by("pk", "entitled__rank"):
        entitled.setdefault(row_id, []).extend([person_id] if person_id else [])
    lines = [_line(row, entitled[row.pk]) for row in found.iterator()]
    return [line for _key, line in sorted(lines)]


def _line(row: RollRow, persons: Iterable[int]) -> tuple[tuple[int, int], str]:
    named = ",".join(map(str, persons)) or "-"
    if row.organization_id:
        return (0, row.organization_id), f"society:{row.organization_id} {row.standing} {row.weight} {named}"
    person = row.person_id or 0
    return (1, person), f"person:{person} - {row.weight} -"
