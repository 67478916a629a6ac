"""What people are found by: name, expertise, and the seats they hold at the moment.

A person is a part of the directory, found by the member societies while among them. What began or ended by the
calendar alone is made good by `write_changed_people`, each hour.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from collegium.core.access.standard import MEMBERS
from collegium.core.access.statements import prepared_cursor
from collegium.core.entries import lexemes
from collegium.core.entries.actions import Text, write_passages

PART = "person"
_LOOKS_BACK = timedelta(days=3)

# The words of each person, none for whoever is not found; with the societies and functions of their seats.
_WORDS = """
SELECT d.id, p.id, p.name, p.credentials, p.expertise, p.about, p.joined_at, seats.words, seats.societies,
    seats.functions, p.closed_at IS NULL AND EXISTS (
        SELECT FROM access_admission a
        WHERE a.person_id = p.id AND a.audience_id = %s AND a.period @> %s::timestamptz)
FROM people_person p
JOIN entries_entry d ON d.kind = 'directory'
CROSS JOIN LATERAL (
    SELECT string_agg(concat_ws(', ', t.title, NULLIF(f.name, t.title), e.title, NULLIF(o.acronym, '')), '; '
                      ORDER BY t.id) AS words,
        array_agg(DISTINCT o.entry_id) AS societies, array_agg(DISTINCT f.id) AS functions
    FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id JOIN people_function f ON f.id = s.function_id
    JOIN people_organization o ON o.entry_id = s.organization_id JOIN entries_entry e ON e.id = o.entry_id
    WHERE t.person_id = p.id AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date
) AS seats
WHERE p.id = ANY(%s::bigint[])"""

_PEOPLE_OF = """
SELECT DISTINCT t.person_id FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id WHERE o.entry_id = %s OR o.parent_id = %s"""

_CHANGED = """
SELECT DISTINCT t.person_id FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id
JOIN people_standing st ON st.organization_id = o.entry_id OR st.organization_id = o.parent_id
CROSS JOIN LATERAL (VALUES (lower(t.period)), (upper(t.period)), (lower(st.period)), (upper(st.period))) AS b (day)
WHERE b.day BETWEEN %s::date AND %s::date"""


# Persons whose words wait for the end of a bulk door.
_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


@contextmanager
def written_together(*, at: datetime) -> Iterator[None]:
    """For bulk doors: whoever the actions inside would write one by one is written at the end, once all is settled."""
    with transaction.atomic():
        persons: set[int] = set()
        token = _waiting.set(persons)
        try:
            yield
        finally:
            _waiting.reset(token)
        write_people(persons, at=at)


def write_people(persons: Iterable[int], *, at: datetime) -> None:
    """Make these persons found as they are at the moment, or not at all: two statements for all of them."""
    if (waiting := _waiting.get()) is not None:
        waiting.update(persons)
        return
    found = _rows(_WORDS, [MEMBERS, at, at, sorted(set(persons))])
    write_passages([_text(row) for row in found])


def write_people_of(organization_id: int, *, at: datetime) -> None:
    """The same for all who have a seat at the organization, or at one whose standing it carries."""
    write_people(_ids(_PEOPLE_OF, [organization_id, organization_id]), at=at)


def write_changed_people(*, at: datetime) -> None:
    """The same for all whose tenure, or whose society's standing, began or ended in the last days."""
    write_people(_ids(_CHANGED, [at - _LOOKS_BACK, at + timedelta(days=1)]), at=at)


def _text(row: tuple[Any, ...]) -> Text:
    directory, person, name, credentials, expertise, about, since, seats, societies, functions, is_found = row
    parts = [f"{name}, {credentials}" if credentials else name, seats or "", ", ".join(expertise), about]
    facets = [lexemes.society(key) for key in societies or ()] + [lexemes.function(key) for key in functions or ()]
    body = "\n".join(part for part in parts if part) if is_found else ""
    return Text(directory, PART, person, body, since, author_id=person, is_title=True, facets=tuple(facets))


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with prepared_cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _ids(sql: str, parameters: list[Any]) -> list[int]:
    return [row[0] for row in _rows(sql, parameters)]
