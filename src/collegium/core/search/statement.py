"""The one statement that finds: candidates from the index, folded into things, put in order, a page of them.

Candidates are the newest passages that have all words, the newest that have them in their titles, people and places
over all times, and for a word that is only begun the rare ones that begin so. `reach` says how far back each of them is
followed. The parameters are those of `candidates`, in the order of `_ASKED`, `_KINDS`, the viewer's and the offset.
"""

from __future__ import annotations

from collegium.core.access.queries import visible_sql
from collegium.core.entries import lexemes

from .reach import STRETCHES

# At most so many candidates of each: the newest, the newest by title, of words that are only begun, places and people.
# Where the order of words counts, more are compared, for some of those that have them all do not fit.
NEWEST, IN_ORDER, IN_ORDER_THOROUGH, TITLES, BEGUN, LASTING = 200, 300, 20_000, 60, 60, 60
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
    %s::boolean AS words_are_rarer, %s::boolean AS newest_first, %s::timestamptz AS now) AS a"""

# What is findable, from what parts of what entries, and what its passages count for.
_KINDS = """
SELECT * FROM unnest(%s::text[], %s::text[], %s::boolean[], %s::boolean[], %s::boolean[])
    AS k (findable, name, by_part, folds, is_lasting)"""

# Each condition stands by itself: the index goes through them together far faster than through one of all. It goes
# from one to the next only where those before fit, so the one that fewest passages meet stands first. A question that
# turns out to have no word the database knows is empty, and nothing fits it.
_FITS = "p.vector @@ (SELECT rarer FROM asked) AND p.vector @@ (SELECT commoner FROM asked)"
_BEGUN_FITS = "p.vector @@ (SELECT begun FROM asked) AND p.vector @@ (SELECT scope FROM asked)"
_BY_TITLE = f"p.vector @@ $$'{lexemes.TITLE}'$$::tsquery"
_THERE_MAY_BE_MORE = "(SELECT there FROM may_be_more)"
_IS_LASTING = "p.vector @@ (SELECT lasting FROM asked)"
_FEW_ARE_NEW = "(SELECT count(*) FROM newest) < 100"


def _fitting(limit: int, *conditions: str) -> str:
    where = " AND ".join([*conditions, "p.at >= (SELECT since FROM asked)"])
    return (
        f"SELECT p.ctid AS tuple, p.at FROM entries_passage p WHERE {where} ORDER BY p.at DESC, p.id DESC LIMIT {limit}"  # noqa: S608 - constants
    )


def _one_after_the_other(limit: int, *conditions: str, among: str = "") -> str:
    """The stretches, newest first; a later one is looked at only while those before have not given enough."""
    later, older = f"(SELECT {among}later FROM asked)", f"(SELECT {among}older FROM asked)"  # noqa: S608 - constants
    stretches = [
        # Hardly ever is there anything later; that is found out first.
        f"EXISTS (SELECT FROM entries_passage l WHERE l.at >= {later}) AND p.at >= {later}",
        *(f"p.vector @@ (SELECT {among}stretches[{n}]::tsquery FROM asked)" for n in range(1, STRETCHES + 1)),  # noqa: S608 - constants
        f"{older} IS NOT NULL AND p.at < {older}",
    ]
    parts = " UNION ALL ".join(f"({_fitting(limit, stretch, *conditions, _FITS)})" for stretch in stretches)
    return f"SELECT tuple, at FROM ({parts}) AS s LIMIT {limit}"  # noqa: S608 - constants


# Of two that fit alike the newer is likelier to help: what is two years old counts for three quarters, what is very old
# for half.
_AGE = "least(greatest(date_part('epoch', (SELECT now FROM asked) - p.at), 0), 6e9::float8)"
_FRESHNESS = (
    f"CASE WHEN k.is_lasting THEN 1 ELSE 0.5::float8 + 0.5::float8 * 2::float8 ^ (-{_AGE} / 63072000::float8) END"
)
_ORDER = "CASE WHEN (SELECT newest_first FROM asked) THEN date_part('epoch', at) ELSE score END"
_NEWER = "at DESC, passage DESC"


def _statement(newest: int, also: str = "", *, titles: int = TITLES, page: int = PAGE) -> str:
    """Rows of a page, each with: whether the newest were as many as are looked for, since when those are, whether any
    of the others were, how many things fit; then kind, key, passage, moment, and how many more passages fit it. One row
    of the former alone where nothing fits."""
    return f"""
WITH asked AS MATERIALIZED ({_ASKED}),
newest AS MATERIALIZED ({_one_after_the_other(newest)}),
may_be_more AS MATERIALIZED (
    SELECT (SELECT count(*) FROM newest) >= {newest} OR (SELECT older FROM asked) IS NULL AS there),
titles AS MATERIALIZED ({_one_after_the_other(titles, _THERE_MAY_BE_MORE, _BY_TITLE, among="title_")}),
lasting AS MATERIALIZED ({_fitting(LASTING, _IS_LASTING, _FITS)}),
begun AS MATERIALIZED ({_fitting(BEGUN, _FEW_ARE_NEW, _BEGUN_FITS)}),
reached AS MATERIALIZED (SELECT (SELECT count(*) FROM newest) >= {newest}, (SELECT min(at) FROM newest),
    (SELECT count(*) FROM titles) >= {titles} OR (SELECT count(*) FROM begun) >= {BEGUN}
        OR (SELECT count(*) FROM lasting) >= {LASTING}),
kinds AS MATERIALIZED ({_KINDS}),
fitting AS (
    SELECT k.name, CASE WHEN k.by_part THEN p.part_id ELSE p.entry_id END AS key, p.id AS passage, p.at,
        CASE WHEN k.folds THEN '' ELSE k.name END AS thing, CASE WHEN k.folds THEN p.entry_id ELSE p.part_id END AS one,
        ts_rank('{{0.1, 0.2, 0.4, 1.0}}', p.vector, (SELECT whole FROM asked), 1) * {_FRESHNESS} AS score
    FROM (SELECT tuple FROM newest UNION SELECT tuple FROM titles UNION SELECT tuple FROM begun
          UNION SELECT tuple FROM lasting) AS f
    JOIN entries_passage p ON p.ctid = f.tuple JOIN entries_entry e ON e.id = p.entry_id
    JOIN kinds k ON k.findable = e.kind || '/' || p.part
    WHERE {visible_sql("e.audience_id")} {also}),
best AS MATERIALIZED (
    SELECT DISTINCT ON (thing, one) name, key, passage, at, {_ORDER} AS place,
        count(*) OVER (PARTITION BY thing, one) - 1 AS more
    FROM fitting ORDER BY thing, one, place DESC, {_NEWER})
SELECT reached.*, (SELECT count(*) FROM best), c.* FROM reached LEFT JOIN (
    SELECT name, key, passage, at, more FROM best ORDER BY place DESC, {_NEWER} LIMIT {page} OFFSET %s) AS c ON true"""  # noqa: S608 - constants


_ALL_IN_ORDER = "AND p.vector @@ (SELECT whole FROM asked)"
BY_WORDS = _statement(NEWEST)
# Having all the words is not enough where their order counts. That is asked of the passages themselves, so of few.
BY_ORDER = _statement(IN_ORDER, _ALL_IN_ORDER)
BY_ORDER_THOROUGH = _statement(IN_ORDER_THOROUGH, _ALL_IN_ORDER)
# Of titles alone, as somebody types: they are the newest already.
SUGGESTIONS = _statement(40, titles=0, page=SUGGESTED)
