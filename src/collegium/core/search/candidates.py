"""Which passages may be shown for a question: a few hundred, however common its words are.

The index can say which passages have a word, and not which of them are the newest. So each passage also carries the
stretches of time it lies in as lexemes, and the index is asked for one stretch after the other, ever longer ones,
until enough are found. A common word is answered from the last week or two; a rare one from all
stretches, each of which costs next to nothing. Words of titles are sought a second time by themselves, and people,
groups and societies always over all times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from collegium.core.access.models import NamedPerson
from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer
from collegium.core.entries import lexemes

from .parsing import Asked
from .registry import kinds

# At most so many of each: the newest, the newest by title, of words that are only begun, places and people.
NEWEST, TITLES, BEGUN, LASTING = 400, 200, 100, 100
STRETCHES = 12  # of time; then all before them
_BEGINNING_FITS = 20_000  # passages; more are too many to collect before the first is looked at

# The word one is typing stands for all words it begins: for the most frequent of them, which the planner's statistics
# know, and for the rare ones as far as they are not too many.
_BEGINNING = f"""
SELECT COALESCE(string_agg(quote_literal(c.word), ' | ') FILTER (WHERE c.place <= 24), '')::tsquery AS frequent,
    CASE WHEN length(b.word) > 2 AND COALESCE(sum(c.share), 0) * (
        SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'entries_passage'::regclass) < {_BEGINNING_FITS}
        THEN (quote_literal(b.word) || ':*')::tsquery ELSE ''::tsquery END AS rare
FROM (VALUES (%s::text)) AS b (word)
LEFT JOIN LATERAL (
    SELECT w.word, w.share, row_number() OVER (ORDER BY w.share DESC) AS place
    FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS w (word, share)
    WHERE b.word <> '' AND s.schemaname = current_schema() AND s.tablename = 'entries_passage'
    AND s.attname = 'vector' AND starts_with(w.word, b.word)
) AS c ON true GROUP BY b.word"""  # noqa: S608 - constants

_ASKED = """
SELECT websearch_to_tsquery('simple', %s)
    || (rest.words && (websearch_to_tsquery('simple', %s) || beginning.frequent)) AS words,
    CASE WHEN numnode(beginning.rare) = 0 THEN beginning.rare ELSE rest.words && beginning.rare END AS begun,
    %s::tsquery AS scope, %s::tsquery AS lasting, %s::text[] AS stretches,
    %s::timestamptz AS since, %s::timestamptz AS first, %s::timestamptz AS after
FROM beginning, (SELECT websearch_to_tsquery('simple', %s) AS words) AS rest"""

# Each condition stands by itself: the index goes through them together far faster than through one of all. A question
# that turns out to have no word the database knows is empty, and nothing fits it.
_FITS = "p.vector @@ (SELECT {words} FROM asked) AND p.vector @@ (SELECT scope FROM asked)"
_SINCE = "AND p.at >= (SELECT since FROM asked)"
_NEWEST_FIRST = "ORDER BY p.at DESC, p.id DESC LIMIT"


def _fitting(limit: int, *conditions: str, words: str = "words") -> str:
    where = " ".join([_FITS.format(words=words), _SINCE, *conditions])
    return f"SELECT p.id FROM entries_passage p WHERE {where} {_NEWEST_FIRST} {limit}"  # noqa: S608 - constants


def _one_after_the_other(limit: int) -> str:
    """The stretches, newest first; a later one is looked at only while those before have not given enough."""
    stretches = [f"AND p.vector @@ (SELECT stretches[{n}]::tsquery FROM asked)" for n in range(1, STRETCHES + 1)]  # noqa: S608 - constants
    # What is older than all stretches, or later than the newest.
    stretches.append("AND (p.at < (SELECT first FROM asked) OR p.at >= (SELECT after FROM asked))")
    parts = " UNION ALL ".join(f"({_fitting(limit, stretch)})" for stretch in stretches)
    return f"SELECT id FROM ({parts}) AS s LIMIT {limit}"  # noqa: S608 - constants


_BY_TITLE = f"AND p.vector @@ $$'{lexemes.TITLE}'$$::tsquery"
_CANDIDATES = f"""
WITH beginning AS MATERIALIZED ({_BEGINNING}),
asked AS MATERIALIZED ({_ASKED}),
newest AS MATERIALIZED ({_one_after_the_other(NEWEST)}),
titles AS MATERIALIZED ({_fitting(TITLES, _BY_TITLE)}),
begun AS MATERIALIZED ({_fitting(BEGUN, words="begun")}),
lasting AS MATERIALIZED ({_fitting(LASTING, "AND p.vector @@ (SELECT lasting FROM asked)")})
SELECT p.id, p.entry_id, e.kind, p.part, p.part_id, p.at,
    ts_rank('{{0.1, 0.2, 0.4, 1.0}}', p.vector, (SELECT words || begun FROM asked), 1),
    (SELECT count(*) FROM newest) >= {NEWEST} OR (SELECT count(*) FROM titles) >= {TITLES}
        OR (SELECT count(*) FROM begun) >= {BEGUN} OR (SELECT count(*) FROM lasting) >= {LASTING}
FROM (SELECT id FROM newest UNION SELECT id FROM titles UNION SELECT id FROM begun UNION SELECT id FROM lasting) AS c
JOIN entries_passage p ON p.id = c.id JOIN entries_entry e ON e.id = p.entry_id
WHERE {visible_sql("e.audience_id")}"""  # noqa: S608 - constants

# Stretches begin where the passages end, also where nobody has written for a while.
_NEWEST_OF_ALL = "SELECT max(at) FROM entries_passage"


class Candidate(NamedTuple):
    """A passage that fits, with how well its words do; `are_more` is the same for all: whether others were left out."""

    passage: int
    entry: int
    entry_kind: str
    part: str
    part_id: int
    at: datetime
    rank: float
    are_more: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What results are narrowed by; 0 and None for not at all."""

    kind: str = ""
    group: int = 0
    society: int = 0
    function: int = 0
    since: datetime | None = None


LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


def candidates(viewer: Viewer, asked: Asked, narrowing: Narrowing) -> list[Candidate]:
    """Passages that fit and that the viewer may see; their audience is asked of the index and again of their entry."""
    newest = rows(_NEWEST_OF_ALL, [])[0][0] or viewer.at
    stretches, first, after = lexemes.back_from(min(newest, viewer.at), STRETCHES)
    last = asked.beginning
    parameters = [
        last,
        asked.others,
        last,
        _scope(viewer, narrowing),
        _lasting(narrowing.kind),
        [lexemes.any_of([stretch]) for stretch in stretches],
        narrowing.since or LONG_AGO,
        first,
        after,
        asked.rest,
    ]
    found = rows(_CANDIDATES, [*parameters, *visible_parameters(viewer)])
    return [Candidate(*row) for row in found]


def _scope(viewer: Viewer, narrowing: Narrowing) -> str:
    """The audiences and what the question is narrowed by, as the text of a query."""
    scope = [lexemes.any_of(lexemes.audience(key) for key in _audiences(viewer))]
    if narrowing.kind:
        scope.append(lexemes.any_of(_lexemes([narrowing.kind])))
    for key, lexeme in (
        (narrowing.group, lexemes.place),
        (narrowing.society, lexemes.society),
        (narrowing.function, lexemes.function),
    ):
        if key:
            scope.append(lexemes.any_of([lexeme(key)]))
    return " & ".join(scope)


def _audiences(viewer: Viewer) -> Sequence[int]:
    named: Any = []
    if viewer.is_named:
        named = NamedPerson.objects.filter(person=viewer.person_id).values_list("audience_id", flat=True)
    return sorted({*viewer.audience_ids, *named})


def _lasting(kind: str) -> str:
    names = [name for name, thing in kinds.items() if thing.is_lasting and kind in ("", name)]
    return lexemes.any_of(_lexemes(names) or ["=nothing"])


def _lexemes(names: Sequence[str]) -> list[str]:
    return [lexemes.kind(*part) for name in names for part in kinds.get(name).parts]
