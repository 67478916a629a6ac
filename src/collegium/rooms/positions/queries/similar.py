"""What resembles a text somebody is writing: issues and positions that share its less usual words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.viewers import Viewer
from collegium.core.entries import lexemes
from collegium.core.entries.text import words

SHOWN, MOST_WORDS, SHORTEST = 5, 24, 4
# Endings are cut off, so that "authorizations" meets "authorization".
_KEPT, _ENDING = 5, 3
_READ = 2_000

_SIMILAR = f"""
SELECT e.id, e.kind, e.title, e.state, count(*) AS shared
FROM (
    SELECT DISTINCT p.entry_id, given.word FROM unnest(%s::text[]) AS given (word)
    JOIN entries_passage p ON p.vector @@ to_tsquery('simple', given.word) AND p.vector @@ %s::tsquery
) AS found JOIN entries_entry e ON e.id = found.entry_id
WHERE e.id <> %s AND {visible_sql("e.audience_id")}
GROUP BY e.id HAVING count(*) >= %s
ORDER BY shared DESC, e.touched_at DESC, e.id DESC LIMIT {SHOWN}"""  # noqa: S608 - constants

_KINDS = lexemes.any_of(
    lexemes.kind(kind, part) for kind, part in (("issue", "title"), ("issue", "text"), ("position", "title"))
)


@dataclass(frozen=True, slots=True)
class Similar:
    """An issue or position, and how many words it shares."""

    id: int
    kind: str
    title: str
    state: str
    shared: int


def similar(text: str, viewer: Viewer, *, but: int = 0) -> list[Similar]:
    """The few that share most words with the text, as far as the viewer sees them; one query, none without words."""
    words = words_of(text)
    if not words:
        return []
    asked = [words, _KINDS, but, *visible_parameters(viewer), needed(len(words))]
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, asked)
        return [Similar(*row) for row in cursor.fetchall()]


def needed(count: int) -> int:
    """How many words two things share before they resemble each other: two of few, a quarter of many."""
    return max(min(2, count), count // 4)


def words_of(text: str) -> list[str]:
    """The longer words, each once, as beginnings of words; the longest are the least usual."""
    found = {word for word in words(text[:_READ]).split() if len(word) >= SHORTEST}
    longest = sorted(found, key=lambda word: (-len(word), word))[:MOST_WORDS]
    return sorted({f"'{word[: max(_KEPT, len(word) - _ENDING)]}':*" for word in longest})
