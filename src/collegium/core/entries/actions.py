"""Writing entries: passages in bulk, links, and the one way an entry's audience changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from collegium.core.access.errors import Refused
from collegium.core.access.statements import prepared_cursor
from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from . import events, lexemes
from .models import Entry, Link, Passage
from .rules import check_link
from .text import cut, storable, words


@dataclass(frozen=True, slots=True)
class Text:
    """A part's findable text: `part` and `part_id` name the part, words of a title weigh more.

    `facets` are further lexemes one can narrow a search by: whose it is, from which function it was said.
    """

    entry_id: int
    part: str
    part_id: int
    body: str
    at: datetime
    author_id: int | None = None
    is_title: bool = False
    facets: tuple[str, ...] = ()


# What a part said before and no longer says, whether it has become shorter or is empty.
_DROP = """
DELETE FROM entries_passage p
USING jsonb_to_recordset(%s::jsonb) AS t (entry_id bigint, part text, part_id bigint, pieces smallint)
WHERE p.entry_id = t.entry_id AND p.part = t.part AND p.part_id = t.part_id AND p.ordinal >= t.pieces
"""

# The audience is read from the entry in the same statement, so a passage can never carry another one; and the entry's
# row is locked against a change of its audience that has not been committed yet (and against nothing else).
_WRITE = f"""
WITH dropped AS ({_DROP})
INSERT INTO entries_passage (entry_id, part, part_id, ordinal, author_id, text, at, vector)
SELECT t.entry_id, t.part, t.part_id, t.ordinal, t.author_id, t.text, t.at,
       setweight(to_tsvector('simple', t.words), t.weight::"char")
       || array_to_tsvector(string_to_array(t.facets, ' ') || ARRAY['=audience:' || e.audience_id,
                            '=' || e.kind || '/' || t.part, '=in:' || COALESCE(e.place_id, e.id)])
FROM jsonb_to_recordset(%s::jsonb)
     AS t (entry_id bigint, part text, part_id bigint, ordinal smallint, author_id bigint, text text, words text,
           at timestamptz, weight text, facets text)
JOIN entries_entry e ON e.id = t.entry_id
FOR KEY SHARE OF e
ON CONFLICT (entry_id, part, part_id, ordinal)
DO UPDATE SET text = excluded.text, at = excluded.at, vector = excluded.vector, author_id = excluded.author_id
"""  # noqa: S608 - constants


def write_passages(texts: Iterable[Text]) -> None:
    """Make these texts findable, replacing what the same parts said before, in one statement for all of them.

    Of texts of the same part the last counts.
    """
    parts = {(t.entry_id, t.part, t.part_id): t for t in texts}
    pieces = {key: list(cut(storable(t.body))) for key, t in parts.items()}
    rows = [
        dict(zip(_PART, key, strict=True)) | _passage(t, ordinal, piece)
        for key, t in parts.items()
        for ordinal, piece in enumerate(pieces[key])
    ]
    if not parts:
        return
    # As JSON, which is one value to send and not one for each column: every answer passes here.
    dropped: Any = Jsonb([dict(zip(_PART, key, strict=True)) | {"pieces": len(pieces[key])} for key in parts])
    with prepared_cursor() as cursor:
        if rows:
            written: Any = Jsonb(rows)
            cursor.execute(_WRITE, [dropped, written])
        else:
            cursor.execute(_DROP, [dropped])


_PART = ("entry_id", "part", "part_id")


def _passage(text: Text, ordinal: int, piece: str) -> dict[str, Any]:
    return {
        "ordinal": ordinal,
        "author_id": text.author_id,
        "text": piece,
        "words": words(piece),
        "at": text.at.isoformat(),
        "weight": "A" if text.is_title else "D",
        "facets": _facets(text),
    }


def _facets(text: Text) -> str:
    return " ".join([*text.facets, *([lexemes.TITLE] if text.is_title else []), *lexemes.ages(text.at)])


def replace_passages(text: Text) -> None:
    """The same for one part whose text changed."""
    write_passages([text])


def erase_passages(entry_id: int, part: str, part_id: int) -> None:
    """Make a part's text unfindable."""
    Passage.objects.filter(entry_id=entry_id, part=part, part_id=part_id).delete()


@transaction.atomic
def link(source: Entry, target: Entry, *, kind: str, viewer: Viewer, at: datetime) -> Link:
    """Point one entry at another; Refused unless the viewer sees both ends."""
    check_link(viewer, source, target, kind)
    made, is_new = Link.objects.get_or_create(
        kind=kind, source=source, target=target, defaults={"by_id": viewer.person_id, "at": at}
    )
    if is_new:
        # The event stands at the source; whoever reads it learns of "another entry" and no more.
        trail.record(events.LINKED, on=source, by=viewer.person, at=at, facts={"kind": kind})
    return made


@transaction.atomic
def unlink(made: Link, *, viewer: Viewer, at: datetime) -> None:
    """Remove a link; Refused unless the viewer sees both ends."""
    check_link(viewer, made.source, made.target, made.kind)
    deleted, _by_model = Link.objects.filter(pk=made.pk).delete()
    if not deleted:
        raise Refused(_("This link was removed already."))
    trail.record(events.UNLINKED, on=made.source, by=viewer.person, at=at, facts={"kind": made.kind})


_READDRESS = """
UPDATE entries_passage SET vector = ts_delete(vector, %(old)s::text) || array_to_tsvector(ARRAY[%(new)s::text])
WHERE entry_id = %(entry)s"""


@transaction.atomic
def change_audience(entry: Entry, *, to: int, by: Any, at: datetime) -> Entry:
    """Give an entry another audience, its passages with it: the only way an audience changes.

    Refused if it has this audience; whether the deed is allowed is for the room to say that calls it.
    """
    locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    before = locked.audience_id
    if before == to:
        raise Refused(_("This is who can see it already."))
    locked.audience_id = to
    locked.save(update_fields=["audience"])
    _readdress(locked, lexemes.audience(before), lexemes.audience(to))
    # Both sides may learn that it moved; neither learns who the other side is.
    for audience in (before, to):
        trail.record(events.AUDIENCE_CHANGED, on=locked, by=by, at=at, audience=audience)
    return locked


@transaction.atomic
def change_place(entry: Entry, *, to: int) -> Entry:
    """Put an entry under another one, its passages with it; the event is that of the deed this is a part of."""
    locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    before = locked.place_id or locked.pk
    locked.place_id = to
    locked.save(update_fields=["place"])
    _readdress(locked, lexemes.place(before), lexemes.place(to))
    return locked


def _readdress(entry: Entry, old: str, new: str) -> None:
    """Exchange a lexeme in all passages of an entry."""
    with connection.cursor() as cursor:
        cursor.execute(_READDRESS, {"old": old, "new": new, "entry": entry.pk})
