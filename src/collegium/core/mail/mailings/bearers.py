"""Mailings with what they are about, by their keys and by the tokens of their letters."""

from __future__ import annotations

from collections.abc import Iterable

from collegium.core.access.columns import Columns
from collegium.core.access.statements import rows
from collegium.core.entries.models import Entry
from collegium.core.people.models import Person
from collegium.core.trail.models import Event

from ..models import Mailing
from .tokens import Bearer

_MAILING, _ENTRY, _EVENT = Columns(Mailing, "m"), Columns(Entry, "e"), Columns(Event, "v")
# Asked for each batch that is sent.
_BY_IDS = f"""SELECT {_MAILING.sql}, {_ENTRY.sql}, {_EVENT.sql} FROM mail_mailing m
LEFT JOIN entries_entry e ON e.id = m.entry_id LEFT JOIN trail_event v ON v.id = m.event_id
WHERE m.id = ANY(%s::bigint[]) ORDER BY m.id"""  # noqa: S608 - constants


def by_ids(ids: Iterable[int]) -> list[Mailing]:
    """The mailings with these keys, each with its entry and its event."""
    found = []
    for row in rows(_BY_IDS, [sorted(ids)]):
        mailing, entry = _MAILING.take(row, 0)
        mailing.entry, event = (_ENTRY.take(row, entry)[0] if mailing.entry_id else None), entry + len(_ENTRY.names)
        mailing.event = _EVENT.take(row, event)[0] if mailing.event_id else None
        found.append(mailing)
    return found


def found_by(bearer: Bearer) -> tuple[Person, Mailing] | None:
    """The person, of an account joined to another the other, and the mailing with its entry; None if one is gone."""
    person = Person.objects.select_related("merged_into").filter(pk=bearer.person_id).first()
    mailing = Mailing.objects.select_related("entry").filter(pk=bearer.mailing_id).first()
    if person is None or mailing is None:
        return None
    return person.merged_into or person, mailing
