"""Finding: what fits a question, in order, and how a page of it is shown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.viewers import Viewer

from .candidates import Hit, Narrowing, candidates
from .highlights import excerpt, marked
from .kinds import Row, Shown
from .parsing import Asked
from .registry import kinds
from .statement import PAGE

COUNTED = 200
# So much of a passage is read for its excerpt.
_LETTERS = 20_000

Statement = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what fits, in order, and how much there is: counted up to 200; `are_more` if there are others.

    What was written before `since` was not looked through; None where everything was. How far that is depends on how
    common words are also in what the viewer does not see: it is for those who measure, not for pages.
    """

    hits: tuple[Hit, ...] = ()
    count: int = 0
    are_more: bool = False
    since: datetime | None = None

    @property
    def pages(self) -> int:
        return max(math.ceil(self.count / PAGE), 1)


def find(
    viewer: Viewer,
    asked: Asked,
    narrowing: Narrowing,
    *,
    newest_first: bool = False,
    thorough: bool = False,
    page: int = 1,
) -> Found:
    """What fits and what the viewer sees, best or newest first: one page of at most 200. Raises TooLong.

    `thorough` is to look through everything, also where that takes long.
    """
    offset = (min(max(page, 1), COUNTED // PAGE) - 1) * PAGE
    found = candidates(viewer, asked, narrowing, newest_first=newest_first, thorough=thorough, offset=offset)
    return Found(found.hits, min(found.count, COUNTED), found.are_more or found.count > COUNTED, found.since)


# --- showing

_TEXTS = f"""
SELECT p.id, left(p.text, {_LETTERS}) AS text FROM entries_passage p JOIN entries_entry e ON e.id = p.entry_id
WHERE p.id = ANY(%s::bigint[]) AND {visible_sql("e.audience_id")}"""  # noqa: S608 - constants


class Result(NamedTuple):
    """A hit as the page shows it; `excerpt` is empty where the title says all, `more` where nothing else fits."""

    kind: str
    label: str
    icon: str
    title: SafeString
    shown: Shown
    excerpt: SafeString
    more: str


def statements(hits: Sequence[Hit], viewer: Viewer) -> dict[str, Statement]:
    """What has to be read to show these hits, a list for each kind and one of texts.

    Those of the lasting kinds are left out where none is among the hits, which is nearly always. Any further choice
    would be another statement to plan.
    """
    seen = visible_parameters(viewer)
    has_lasting = any(kinds.get(hit.kind).is_lasting for hit in hits)
    found: dict[str, Statement] = {"texts": (_TEXTS, [[hit.passage for hit in hits], *seen])}
    for name, kind in kinds.items():
        if has_lasting or not kind.is_lasting:
            found[name] = (_sql(kind.sql), [[hit.key for hit in hits if hit.kind == name], *seen])
    return found


@cache
def _sql(of_kind: str) -> str:
    return of_kind.format(visible=visible_sql("e.audience_id"))


def results(hits: Sequence[Hit], lists: Mapping[str, Sequence[Row]], asked: Asked) -> list[Result]:
    """The hits as read by `statements`; what went away in between is left out."""
    texts = {row["id"]: row["text"] for row in lists["texts"]}
    rows = {name: {row["id"]: row for row in lists.get(name, ())} for name in kinds.names()}
    labels = {name: str(kind.one) for name, kind in kinds.items()}
    sought = asked.words, asked.beginning
    return [
        _result(hit, labels[hit.kind], rows[hit.kind][hit.key], texts[hit.passage], sought)
        for hit in hits
        if hit.key in rows[hit.kind] and hit.passage in texts
    ]


def _result(hit: Hit, label: str, row: Row, text: str, sought: tuple[AbstractSet[str], str]) -> Result:
    kind = kinds.get(hit.kind)
    shown = kind.show(row, hit.at)
    below = SafeString("") if shown.is_whole else excerpt(text, *sought, but=shown.title)
    more = _more(hit.more) if hit.more else ""
    return Result(hit.kind, label, kind.icon, marked(shown.title, *sought), shown, below, more)


def _more(places: int) -> str:
    words = ngettext("and one more place in the same", "and %(n)s more places in the same", places)
    return words % {"n": places}
