"""Rows that differ only by their state are of one kind: of each kind one is guessed at each address below, in turn.

Who may see a row hangs on its audience, on what it is (its columns with a fixed set of values) and on yes or no; rows
alike in these lead to the same answer at the same address. Their states differ (when something was closed, by whom):
the table has a row of each state at each address that tells them apart, and no answer there shows a canary either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import BooleanField, Model

from collegium.core.access.models import Audience

Kind = tuple[Any, ...]


def kind_of(row: Model) -> Kind:
    """The audience, the choices and the yes or no of a row."""
    facts: list[Any] = [type(row).__name__]
    for field in row._meta.concrete_fields:
        if field.related_model is Audience or field.choices or isinstance(field, BooleanField):
            facts.append((field.name, getattr(row, field.attname)))
        elif field.name == "entry" and field.related_model:
            facts.append(("audience", getattr(row, field.name) and getattr(row, field.name).audience_id))
    return tuple(facts)


def by_kind(rows: Iterable[Any], among: Callable[[Any], Kind] = lambda row: ()) -> Iterator[list[Any]]:
    """The rows of each kind, the kinds in the order of their first rows; `among` tells them further apart."""
    kinds: dict[Kind, list[Any]] = {}
    for row in rows:
        kinds.setdefault((kind_of(row), *among(row)), []).append(row)
    yield from kinds.values()


def one_of_each(rows: Iterable[Any], turn: int, among: Callable[[Any], Kind] = lambda row: ()) -> list[Any]:
    """One row of each kind: at another turn the next of its kind, so that rows of each state come up."""
    return [alike[turn % len(alike)] for alike in by_kind(rows, among)]
