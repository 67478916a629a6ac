"""How what refers to one person comes to refer to another: column by column, as each place has said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from .models import Person, Tenure
from .registry import Held, joins


def columns(target: type[Model]) -> Iterator[Held]:
    """What was said of the columns that refer to persons, or to tenures."""
    for held in joins.all():
        yield from (one for one in held if field_of(one).related_model is target)


def field_of(held: Held) -> Any:
    app, model, name = held.column.split(".")
    return apps.get_model(app, model)._meta.get_field(name)


def carry(target: type[Model], *, stays: int, other: int, at: datetime) -> int:
    """All rows that refer to `other` refer to `stays` from now on; returns how many. Run again, it brings the rest."""
    return sum(_carry(held, stays=stays, other=other, at=at) for held in columns(target) if not held.apart)


def _carry(held: Held, *, stays: int, other: int, at: datetime) -> int:
    column = field_of(held)
    rows, name = column.model._base_manager, column.name
    if held.first is not None:
        held.first(stays, other, at)
    left = _twins(held, rows, name, stays=stays, other=other, at=at) if held.once else []
    moving = rows.filter(**{name: other}).exclude(pk__in=left)
    if held.unlike:
        moving = moving.exclude(**{f"{held.unlike}__in": [stays]})
    moved: int = moving.update(**{name: stays})
    return moved


def _twins(held: Held, rows: Any, name: str, *, stays: int, other: int, at: datetime) -> list[int]:
    """Bring together what both have; returns the ids of those rows that stay where they are."""
    fields = [f"{one}_id" if _is_key(rows.model, one) else one for one in held.once]
    mine = {tuple(getattr(row, f) for f in fields): row for row in rows.filter(held.only, **{name: stays})}
    if not mine:
        return []
    left = []
    for theirs in rows.filter(held.only, **{name: other}).order_by("pk"):
        twin = mine.get(tuple(getattr(theirs, f) for f in fields))
        if twin is not None and not held.twin(theirs, twin, at) and theirs.pk is not None:
            left.append(theirs.pk)
    return left


def _is_key(model: Any, name: str) -> bool:
    return bool(model._meta.get_field(name).is_relation)


def what_moves(other: Person) -> list[tuple[str, int]]:
    """What refers to the person, or to their seats, by its name and how many: what the page before the deed says."""
    ways = [("", held) for held in columns(Person)] + [("__person", held) for held in columns(Tenure)]
    found = []
    for way, held in ways:
        if held.label and not held.apart:
            column = field_of(held)
            count = column.model._base_manager.filter(**{f"{column.name}{way}": other.pk}).count()
            found.append((str(held.label), count))
    return [(label, count) for label, count in found if count]


def fold_tenures(person: int, *, seats: set[int], own: set[int], at: datetime) -> None:
    """Tenures of these seats in one capacity whose days overlap become one span; what hangs on either hangs on it.

    `own` are the tenures the staying account had before: of two, theirs keeps its title.
    """
    rows = Tenure.objects.select_for_update(of=("self",)).filter(person=person, seat__in=seats)
    last: dict[tuple[int, str], Tenure] = {}
    for tenure in rows.order_by("period__startswith", "pk"):
        key = (tenure.seat_id, tenure.capacity)
        before = last.get(key)
        if before is None or (before.period.upper is not None and before.period.upper <= tenure.period.lower):
            last[key] = tenure
        else:
            kept, gone = (tenure, before) if tenure.pk in own and before.pk not in own else (before, tenure)
            last[key] = _folded(kept, gone, at=at)


def _folded(kept: Tenure, gone: Tenure, *, at: datetime) -> Tenure:
    carry(Tenure, stays=kept.pk, other=gone.pk, at=at)
    ends = [kept.period.upper, gone.period.upper]
    first = min(kept.period.lower, gone.period.lower)
    kept.period = type(kept.period)(first, None if None in ends else max(ends))
    gone.delete()
    kept.save(update_fields=["period"])
    return kept
