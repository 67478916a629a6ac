"""Reading the spine: the feed over several audiences, links as seen by a viewer."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from collegium.core.access.viewers import Viewer

from .models import Entry, Link
from .registry import addresses, part_addresses

# The newest few of each audience by its own index range, then the newest few of those: the cost follows the number
# of audiences and the page, never the number of entries.
_FEED = """
SELECT e.id FROM unnest(%(audiences)s::bigint[]) AS a (id)
CROSS JOIN LATERAL (
    SELECT id, touched_at FROM entries_entry
    WHERE audience_id = a.id AND kind = %(kind)s {before}
    ORDER BY touched_at DESC, id DESC LIMIT %(limit)s
) AS e ORDER BY e.touched_at DESC, e.id DESC LIMIT %(limit)s
"""
_BEFORE = "AND (touched_at, id) < (%(at)s::timestamptz, %(id)s)"


def feed_sql(before: tuple[datetime, int] | None) -> str:
    """The feed as SQL with the parameters audiences, kind, limit and, with `before`, at and id."""
    return _FEED.format(before=_BEFORE if before else "")


def feed(audiences: Iterable[int], kind: str, *, limit: int, before: tuple[datetime, int] | None = None) -> list[int]:
    """Ids of the newest entries of a kind in these audiences, newest first, older than (`touched_at`, id) `before`.

    The caller passes audiences of a viewer; nothing else is checked here.
    """
    parameters: dict[str, Any] = {"audiences": sorted(audiences), "kind": kind, "limit": limit}
    if before:
        parameters |= {"at": before[0], "id": before[1]}
    with connection.cursor() as cursor:
        cursor.execute(feed_sql(before), parameters)
        return [row[0] for row in cursor.fetchall()]


def links_of(entry: Entry, viewer: Viewer) -> list[dict[str, Any]]:
    """The links at both ends of an entry whose other end the viewer sees: `{kind, outward, other}` each."""
    outward = Link.objects.visible_to(viewer).filter(source=entry).select_related("target")
    inward = Link.objects.visible_to(viewer).filter(target=entry).select_related("source")
    rows = [{"kind": row.kind, "outward": True, "other": row.target} for row in outward]
    return rows + [{"kind": row.kind, "outward": False, "other": row.source} for row in inward]


def address(entry: Entry) -> str:
    """Where an entry is read, as its room says."""
    found: str = addresses.get(entry.kind)(entry)
    return found


def part_address(entry: Entry, part: str, part_id: int) -> str:
    """Where a part of an entry is read; where the entry is, if its room says nothing of such parts."""
    if part not in part_addresses:
        return address(entry)
    found: str = part_addresses.get(part)(entry, part_id)
    return found


_MISPLACED = """
SELECT p.id, p.vector @@ (quote_literal('=audience:' || e.audience_id))::tsquery
FROM entries_passage p JOIN entries_entry e ON e.id = p.entry_id
WHERE NOT p.vector @@ (quote_literal('=audience:' || e.audience_id) || ' & '
    || quote_literal('=in:' || COALESCE(e.place_id, e.id)))::tsquery ORDER BY p.id LIMIT 20
"""


def misplaced_passages() -> Iterator[str]:
    """A sentence for each passage whose lexemes name another audience, or another place, than its entry has."""
    with connection.cursor() as cursor:
        cursor.execute(_MISPLACED)
        for passage, is_in_audience in cursor.fetchall():
            yield f"passage {passage} carries another {'place' if is_in_audience else 'audience'} than its entry"
