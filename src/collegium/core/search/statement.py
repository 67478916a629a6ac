"""The one statement that finds: candidates from the index, folded into things, put in order, a page of them.

Candidates are all passages with the words where those are few, as found out first. Otherwise they are the newest that
have all words, the newest that have them in their titles, people and places over all times, and for a word that is only
begun the rare ones that begin so. `reach` says how far back each of them is followed. Each candidate is admitted by its
entry; besides, the index is asked for the audiences, but not in the statements for whoever sees so much that looking up
each audience takes longer than passing over what they do not see. The parameters are those of `candidates`, in the
order of `_ASKED`, the viewer's `ADMITTED` times, `_KINDS` and the offset.
"""

from __future__ import annotations

from collections.abc import Sequence

from collegium.core.access.queries import visible_sql
from collegium.core.entries import lexemes

from .reach import STRETCHES

# At most so many candidates of each: the newest, the newest by title, of words that are only begun, places and people.
# Where the order of words counts, that is compared in as many; through everything, in far more.
NEWEST, NEWEST_THOROUGH, TITLES, BEGUN, LASTING = 200, 20_000, 60, 60, 60
PAGE, SUGGESTED = 20, 8

# Alternatives are put together by their texts: the database has no sum of queries. An alternative without any word the
# database knows would fit everything that lacks a word.
_ASKED = """
SELECT *, CASE WHEN words_are_rarer THEN words ELSE scope END AS rarer,
    CASE WHEN words_are_rarer THEN scope ELSE words END AS commoner
FROM (SELECT (SELECT string_agg('(' || a.fits::text || ')', ' | ')::tsquery FROM (
        SELECT a.words && !!websearch_to_tsquery('simple', a.without) AS fits FROM (
            SELECT plainto_tsquery('simple', t.together)
                && (plainto_tsquery('simple', t.beginning) || t.frequent::tsquery) AS words, t.without
            FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS t (together, beginning, frequent, without)
        ) AS a WHERE numnode(a.words) > 0) AS a) AS words,
    websearch_to_tsquery('simple', %s) || (websearch_to_tsquery('simple', %s) && %s::tsquery) AS whole,
    plainto_tsquery('simple', %s) && %s::tsquery && !!websearch_to_tsquery('simple', %s) AS begun,
    %s::tsquery AS scope, %s::tsquery AS lasting, %s::timestamptz AS since,
    %s::text[] AS stretches, %s::timestamptz AS later, %s::timestamptz AS older,
    %s::text[] AS title_stretches, %s::timestamptz AS title_later, %s::timestamptz AS title_older,
    %s::boolean AS words_are_rarer, %s::boolean AS newest_first, %s::timestamptz AS now,
    %s::boolean AS may_be_few, %s::tsquery AS narrowed) AS a"""

# What is findable, from what parts of what entries, and what its passages count for.
_KINDS = """
SELECT * FROM unnest(%s::text[], %s::text[], %s::boolean[], %s::boolean[], %s::boolean[])
    AS k (findable, name, by_part, folds, is_lasting)"""

# Each condition stands by itself: the index goes through them together far faster than through one of all. It goes
# from one to the next only where those before fit, so the one that fewest passages meet stands first. A question that
# turns out to have no word the database knows is empty, and nothing fits it.
_SCOPED = ("p.vector @@ (SELECT rarer FROM asked)", "p.vector @@ (SELECT commoner FROM asked)")
_WIDE = ("p.vector @@ (SELECT words FROM asked)",)
_FEW_HAVE_THEM = "(SELECT may_be_few FROM asked) AND p.vector @@ (SELECT words && narrowed FROM asked)"
_BEGUN = "p.vector @@ (SELECT begun FROM asked)"
_MANY_HAVE_THEM = "NOT (SELECT are_all FROM few)"
# Names and titles have an index of their own, a tenth of the other (a migration of this floor makes it).
_IS_NAME = "p.vector @@ $$'=title' | '=group/purpose'$$::tsquery"
_IS_TITLE = f"p.vector @@ $$'{lexemes.TITLE}'$$::tsquery"
_IS_LASTING = "p.vector @@ (SELECT lasting FROM asked)"
_THERE_MAY_BE_MORE = "(SELECT there FROM may_be_more)"
_FEW_ARE_NEW = "(SELECT count(*) FROM newest) < 100"

# The one predicate, asked of the entry of each candidate, in their order.
_ADMITTED = f"""CROSS JOIN LATERAL (
    SELECT e.kind FROM entries_entry e WHERE e.id = c.entry_id AND {visible_sql("e.audience_id")} OFFSET 0) AS e"""  # noqa: S608 - constants
ADMITTED = 4


def _passages(*conditions: str, limit: str = "OFFSET 0") -> str:
    """What fits, as it comes. The database is kept from following the moments through their own index instead."""
    where = " AND ".join([*conditions, "(p.at >= (SELECT since FROM asked)) IS TRUE"])
    return f"SELECT p.ctid AS tuple, p.at, p.id, p.entry_id FROM entries_passage p WHERE {where} {limit}"  # noqa: S608 - constants


def _fitting(*conditions: str, limit: int | None = None) -> str:
    most = f"LIMIT {limit}" if limit else ""
    return f"SELECT * FROM ({_passages(*conditions)}) AS p ORDER BY at DESC, id DESC {most}"  # noqa: S608 - constants


def _admitted(limit: int, found: str) -> str:
    """The first so many of what was found that the viewer may see."""
    return f"SELECT c.tuple, c.at, e.kind FROM ({found}) AS c {_ADMITTED} LIMIT {limit}"  # noqa: S608 - constants


def _one_after_the_other(limit: int | None, fits: Sequence[str], *also: str, among: str = "") -> str:
    """The stretches, newest first; a later one is looked at only while those before have not given enough.

    What fewest passages meet comes before the stretch: within it nearly all passages lie in the stretch.
    """
    rarest, *others = fits
    later, older = f"(SELECT {among}later FROM asked)", f"(SELECT {among}older FROM asked)"  # noqa: S608 - constants
    stretches = [
        # Hardly ever is there anything later; that is found out first.
        f"EXISTS (SELECT FROM entries_passage l WHERE l.at >= {later}) AND p.at >= {later}",
        *(f"p.vector @@ (SELECT {among}stretches[{n}]::tsquery FROM asked)" for n in range(1, STRETCHES + 1)),  # noqa: S608 - constants
        f"{older} IS NOT NULL AND p.at < {older}",
    ]
    return " UNION ALL ".join(
        f"({_fitting(_MANY_HAVE_THEM, rarest, stretch, *also, *others, limit=limit)})" for stretch in stretches
    )


# Of two that fit alike the newer is likelier to help: what is two years old counts for three quarters, what is very old
# for half.
_AGE = "least(greatest(date_part('epoch', (SELECT now FROM asked) - p.at), 0), 6e9::float8)"
_FRESHNESS = (
    f"CASE WHEN k.is_lasting THEN 1 ELSE 0.5::float8 + 0.5::float8 * 2::float8 ^ (-{_AGE} / 63072000::float8) END"
)
_ORDER = "CASE WHEN (SELECT newest_first FROM asked) THEN date_part('epoch', at) ELSE score END"
_NEWER = "at DESC, passage DESC"


def _statement(
    newest: int, also: str = "TRUE", *, titles: int = TITLES, page: int = PAGE, is_wide: bool = False
) -> str:
    """Rows of a page, each with: whether the newest were as many as are looked for, since when those are, whether any
    of the others were, how many things fit; then kind, key, passage, moment, and how many more passages fit it. One row
    of the former alone where nothing fits."""
    # What the index finds for one audience is seen but for the rarest; of many audiences, who knows how much of it.
    fits, at_most = (_WIDE, None) if is_wide else (_SCOPED, newest)
    begun = [_BEGUN] if is_wide else [_BEGUN, "p.vector @@ (SELECT scope FROM asked)"]
    # Where none but titles are looked for, the newest are those.
    among = () if titles else (_IS_NAME, _IS_TITLE)
    few = "(SELECT * FROM few_there WHERE (SELECT are_all FROM few) ORDER BY at DESC, id DESC)"
    by_words = _one_after_the_other(at_most, fits, *among)
    by_title = _one_after_the_other(at_most and titles, fits, _THERE_MAY_BE_MORE, _IS_NAME, _IS_TITLE, among="title_")
    return f"""
WITH asked AS MATERIALIZED ({_ASKED}),
few_there AS MATERIALIZED ({_passages(_FEW_HAVE_THEM, limit=f"LIMIT {newest}")}),
few AS MATERIALIZED (
    SELECT (SELECT may_be_few FROM asked) AND (SELECT count(*) FROM few_there) < {newest} AS are_all),
newest AS MATERIALIZED ({_admitted(newest, f"{few} UNION ALL {by_words}")}),
may_be_more AS MATERIALIZED (
    SELECT (SELECT count(*) FROM newest) >= {newest} OR (SELECT older FROM asked) IS NULL AS there),
titles AS MATERIALIZED ({_admitted(titles, by_title)}),
lasting AS MATERIALIZED ({_admitted(LASTING, _fitting(_MANY_HAVE_THEM, _IS_NAME, _IS_LASTING, *fits))}),
begun AS MATERIALIZED ({_admitted(BEGUN, _fitting(_FEW_ARE_NEW, *among, *begun))}),
reached AS MATERIALIZED (SELECT (SELECT count(*) FROM newest) >= {newest}, (SELECT min(at)::text FROM newest),
    (SELECT count(*) FROM titles) >= {titles} OR (SELECT count(*) FROM begun) >= {BEGUN}
        OR (SELECT count(*) FROM lasting) >= {LASTING}, (SELECT are_all FROM few)),
kinds AS MATERIALIZED ({_KINDS}),
fitting AS (
    SELECT k.name, CASE WHEN k.by_part THEN p.part_id ELSE p.entry_id END AS key, p.id AS passage, p.at,
        CASE WHEN k.folds THEN '' ELSE k.name END AS thing, CASE WHEN k.folds THEN p.entry_id ELSE p.part_id END AS one,
        ts_rank('{{0.1, 0.2, 0.4, 1.0}}', p.vector, (SELECT whole FROM asked), 1) * {_FRESHNESS} AS score
    FROM (SELECT tuple, kind FROM newest UNION SELECT tuple, kind FROM titles UNION SELECT tuple, kind FROM begun
          UNION SELECT tuple, kind FROM lasting) AS f
    JOIN entries_passage p ON p.ctid = f.tuple
    JOIN kinds k ON k.findable = f.kind || '/' || p.part
    WHERE {also}),
best AS MATERIALIZED (
    SELECT DISTINCT ON (thing, one) name, key, passage, at, {_ORDER} AS place,
        count(*) OVER (PARTITION BY thing, one) - 1 AS more
    FROM fitting ORDER BY thing, one, place DESC, {_NEWER})
SELECT reached.*, (SELECT count(*) FROM best), c.* FROM reached LEFT JOIN (
    SELECT name, key, passage, at, more FROM best ORDER BY place DESC, {_NEWER} LIMIT {page} OFFSET %s) AS c ON true"""  # noqa: S608 - constants


_ALL_IN_ORDER = "p.vector @@ (SELECT whole FROM asked)"
# Having all the words is not enough where their order counts. That is asked of the passages themselves, so of few.
# Of titles alone, as somebody types, fewer are looked at. By whether the audiences are left out.
BY_WORDS, BY_WORDS_WIDELY = (_statement(NEWEST, is_wide=is_wide) for is_wide in (False, True))
BY_ORDER, BY_ORDER_WIDELY = (_statement(NEWEST, _ALL_IN_ORDER, is_wide=is_wide) for is_wide in (False, True))
BY_ORDER_THOROUGH = _statement(NEWEST_THOROUGH, _ALL_IN_ORDER)
SUGGESTIONS, SUGGESTIONS_WIDELY = (
    _statement(40, titles=0, page=SUGGESTED, is_wide=is_wide) for is_wide in (False, True)
)
