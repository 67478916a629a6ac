"""Finding: what fits a question, in order, and how a page of it is shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.viewers import Viewer

from .candidates import Candidate, Narrowing, candidates
from .highlights import excerpt, marked
from .kinds import Row, Shown
from .parsing import Asked
from .registry import kinds

COUNTED = 200
PAGE = 20
# Of two that fit alike the newer is likelier to help: what is two years old counts for three quarters, what is very old
# for half.
_HALF_AS_FRESH = 2 * 365 * 86_400
# So much of a passage is read for its excerpt.
_LETTERS = 20_000

Statement = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that fits: the name of its kind, its key there, its best passage, and how many more passages fit."""

    kind: str
    key: int
    passage: int
    at: datetime
    score: float
    more: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Hits in order, at most 200; `are_more` if there are others."""

    hits: tuple[Hit, ...] = ()
    are_more: bool = False

    def page(self, number: int) -> Sequence[Hit]:
        return self.hits[(number - 1) * PAGE : number * PAGE]

    @property
    def pages(self) -> int:
        return max(math.ceil(len(self.hits) / PAGE), 1)


def find(viewer: Viewer, asked: Asked, narrowing: Narrowing, *, newest_first: bool = False) -> Found:
    """Everything that fits and that the viewer sees, best or newest first: one statement."""
    rows = candidates(viewer, asked, narrowing)
    names = {part: name for name, kind in kinds.items() for part in kind.parts}
    best: dict[tuple[str, int], Hit] = {}
    for row in rows:
        name = names.get((row.entry_kind, row.part))
        if name is None:
            continue
        hit, thing = _hit(name, row, viewer.at), _thing(name, row, narrowing)
        before = best.get(thing)
        if before is None:
            best[thing] = hit
            continue
        better = max(before, hit, key=lambda one: _order(one, newest_first))
        best[thing] = replace(better, more=before.more + 1)
    hits = sorted(best.values(), key=lambda hit: _order(hit, newest_first), reverse=True)
    return Found(tuple(hits[:COUNTED]), len(hits) > COUNTED or any(row.are_more for row in rows[:1]))


def _hit(name: str, row: Candidate, at: datetime) -> Hit:
    age = max((at - row.at).total_seconds(), 0.0)
    freshness = 1.0 if kinds.get(name).is_lasting else 0.5 + 0.5 * 2 ** (-age / _HALF_AS_FRESH)
    return Hit(name, row.part_id if kinds.get(name).by_part else row.entry, row.passage, row.at, row.rank * freshness)


def _thing(name: str, row: Candidate, narrowing: Narrowing) -> tuple[str, int]:
    """What a passage counts for."""
    kind = kinds.get(name)
    folds = not kind.by_part or (kind.folds and narrowing.kind != name)
    return ("", row.entry) if folds else (name, row.part_id)


def _order(hit: Hit, newest_first: bool) -> tuple[Any, ...]:
    return (hit.at, hit.passage) if newest_first else (hit.score, hit.at, hit.passage)


# --- showing

_TEXTS = f"""
SELECT p.id, left(p.text, {_LETTERS}) AS text FROM entries_passage p JOIN entries_entry e ON e.id = p.entry_id
WHERE p.id = ANY(%s::bigint[]) AND {visible_sql("e.audience_id")}"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Result:
    """A hit as the page shows it; `excerpt` is empty where the title says all."""

    kind: str
    label: str
    icon: str
    title: SafeString
    shown: Shown
    excerpt: SafeString
    more: int


def statements(hits: Sequence[Hit], viewer: Viewer) -> dict[str, Statement]:
    """What has to be read to show these hits, a list for each kind and one of texts; the same number whatever fits."""
    seen = visible_parameters(viewer)
    found: dict[str, Statement] = {"texts": (_TEXTS, [[hit.passage for hit in hits], *seen])}
    for name, kind in kinds.items():
        keys = [hit.key for hit in hits if hit.kind == name]
        found[name] = (kind.sql.format(visible=visible_sql("e.audience_id")), [keys, *seen])
    return found


def results(hits: Sequence[Hit], lists: Mapping[str, Sequence[Row]], asked: Asked) -> list[Result]:
    """The hits as read by `statements`; what went away in between is left out."""
    texts = {row["id"]: row["text"] for row in lists["texts"]}
    rows = {name: {row["id"]: row for row in lists[name]} for name in kinds.names()}
    return [
        _result(hit, rows[hit.kind][hit.key], texts[hit.passage], asked)
        for hit in hits
        if hit.key in rows[hit.kind] and hit.passage in texts
    ]


def _result(hit: Hit, row: Row, text: str, asked: Asked) -> Result:
    kind = kinds.get(hit.kind)
    shown = kind.show(row, hit.at)
    title = marked(shown.title, asked.words, asked.beginning)
    below = SafeString("") if shown.is_whole else excerpt(text, asked.words, asked.beginning, but=shown.title)
    return Result(hit.kind, str(kind.one), kind.icon, title, shown, below, hit.more)
