"""People as the office sees them: who signs in with what, who sits where, who stands there twice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.db.models.expressions import RawSQL
from django.shortcuts import get_object_or_404

from collegium.core.entries.text import fold
from collegium.core.people.models import AddressProposal, Joining, Person
from collegium.core.people.models.joinings import LASTS
from collegium.core.people.queries import live_addresses, open_joinings
from collegium.web.together import Row, Statement, moments, together

from .listing import folded, within
from .societies import CAPACITIES

# The seats a person holds at the moment.
_SEATS = """
SELECT json_agg(json_build_object('title', t.title, 'capacity', t.capacity, 'function', f.name,
        'society', e.title, 'slug', o.slug) ORDER BY t.id) AS seats
FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id JOIN people_function f ON f.id = s.function_id
JOIN people_organization o ON o.entry_id = s.organization_id JOIN entries_entry e ON e.id = o.entry_id
WHERE t.person_id = p.id AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date"""

# One of them, of this society or this function or any.
_HOLDS = """EXISTS (SELECT FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
    JOIN people_function f ON f.id = s.function_id JOIN people_organization o ON o.entry_id = s.organization_id
    WHERE t.person_id = p.id AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date
    AND (%s::text = '' OR o.slug = %s::text) AND (%s::text = '' OR f.slug = %s::text))"""

# The address letters go to: the primary one, else any.
_ADDRESS = """
SELECT a.email AS address, a.verified FROM account_emailaddress a
WHERE a.user_id = p.id ORDER BY a."primary" DESC, a.verified DESC, a.id LIMIT 1"""

_CALLED = f"""({folded("p.name")} LIKE %s OR EXISTS (SELECT FROM account_emailaddress a
    WHERE a.user_id = p.id AND lower(a.email) LIKE %s))"""

# Open accounts of one name, and accounts that share an address; each asked once for the whole list.
_NAMESAKES = f"""SELECT unnest(array_agg(x.id)) FROM people_person x WHERE x.closed_at IS NULL
    GROUP BY {folded("x.name")} HAVING count(*) > 1"""  # noqa: S608 - constants
_SHARERS = """SELECT unnest(array_agg(x.user_id)) FROM account_emailaddress x
    GROUP BY lower(x.email) HAVING count(DISTINCT x.user_id) > 1"""

# Whoever holds any seat at the moment; asked once for the whole list, not again for each person.
_SEATED = """SELECT t.person_id FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
    JOIN people_organization o ON o.entry_id = s.organization_id
    WHERE t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date"""

_WHICH = {
    "seatless": f"p.id NOT IN ({_SEATED})",
    "silent": "p.last_login IS NULL",
    "closed": "p.closed_at IS NOT NULL",
    "double": f"(p.id IN ({_NAMESAKES}) OR p.id IN ({_SHARERS}))",
}

_PERSONS = """
SELECT p.id, p.handle, p.name, p.credentials, p.joined_at, p.last_login, p.closed_at, here.address, here.verified,
    held.seats
FROM people_person p
CROSS JOIN LATERAL ({seats}) AS held
LEFT JOIN LATERAL ({address}) AS here ON true
WHERE {conditions} ORDER BY p.name, p.id"""


def persons_statement(at: datetime, **asked: str) -> Statement:
    """People by name, with the seats they hold at the moment and the address letters go to."""
    conditions, parameters = _narrowed(at, **asked)
    return _PERSONS.format(seats=_SEATS, address=_ADDRESS, conditions=conditions), [at, *parameters]


def persons_count(at: datetime, **asked: str) -> Statement:
    """How many these are, without a look at seats and addresses of each."""
    conditions, parameters = _narrowed(at, **asked)
    return f"SELECT count(*) AS n FROM people_person p WHERE {conditions}", parameters  # noqa: S608 - constants


def _narrowed(
    at: datetime, *, q: str = "", society: str = "", function: str = "", which: str = ""
) -> tuple[str, list[Any]]:
    # Whoever was joined to another account is found there.
    conditions, parameters = ["p.merged_into_id IS NULL"], []
    if society or function:
        conditions.append(_HOLDS)
        parameters += [at, society, society, function, function]
    if q.strip():
        conditions.append(_CALLED)
        parameters += [within(q)] * 2
    if which:
        conditions.append(_WHICH[which])
        parameters += [at] if which == "seatless" else []
    return " AND ".join(conditions), parameters


def with_seats(rows: list[Row]) -> list[Row]:
    """The rows with `held`: each seat in a line of words."""
    for row in rows:
        row["held"] = [f"{seat['function']}, {seat['society']}" for seat in row["seats"] or []]
    return rows


_TENURES = """
SELECT t.id AS tenure, t.title, t.capacity, f.name AS function, e.title AS society, o.slug AS society_slug,
    lower(t.period) AS first_day, upper(t.period) - 1 AS last_day,
    CASE WHEN t.period @> today.day THEN 'present' WHEN lower(t.period) > today.day THEN 'future' ELSE 'past' END
        AS state
FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id JOIN people_function f ON f.id = s.function_id
JOIN people_organization o ON o.entry_id = s.organization_id JOIN entries_entry e ON e.id = o.entry_id
CROSS JOIN LATERAL (SELECT (%s::timestamptz AT TIME ZONE o.time_zone)::date AS day) AS today
WHERE t.person_id = %s ORDER BY lower(t.period) DESC, t.id"""

# Circles the person is admitted to, each with the societies through which.
_GROUPS = """
SELECT e.title AS name, g.slug, string_agg(DISTINCT oe.title, '; ') AS through
FROM access_admission a JOIN groups_circle c ON c.audience_id = a.audience_id
JOIN groups_group g ON g.entry_id = c.group_id JOIN entries_entry e ON e.id = g.entry_id
LEFT JOIN entries_entry oe ON oe.id = a.organization_id
WHERE a.person_id = %s AND a.period @> %s::timestamptz GROUP BY e.title, g.slug ORDER BY e.title"""

_ADDRESSES = """
SELECT a.id, a.email, a.verified, a."primary", e.title AS tied_to
FROM account_emailaddress a LEFT JOIN people_addresstie tie ON tie.address_id = a.id
LEFT JOIN entries_entry e ON e.id = tie.organization_id
WHERE a.user_id = %s ORDER BY a."primary" DESC, a.id"""

_DOUBLES = f"""
SELECT p.handle, p.name, p.joined_at FROM people_person p CROSS JOIN people_person me
WHERE me.id = %s AND p.id <> me.id AND p.closed_at IS NULL AND ({folded("p.name")} = {folded("me.name")}
    OR EXISTS (SELECT FROM account_emailaddress mine JOIN account_emailaddress theirs
        ON lower(theirs.email) = lower(mine.email) WHERE mine.user_id = me.id AND theirs.user_id = p.id))
    AND NOT EXISTS (SELECT FROM people_joining j WHERE j.state = 'open' AND j.reason <> ''
        AND (j.stays_id, j.other_id) IN ((me.id, p.id), (p.id, me.id)))
ORDER BY p.id LIMIT 20"""  # noqa: S608 - constants


_JOINING = ("pk", "begun_at", "stays_agreed_at", "other_agreed_at")
_WHO = {"to": F("stays__handle"), "goes": F("other__handle"), "asker": F("begun_by__name")}


def namesakes(name: str) -> list[Person]:
    """Open accounts of this name, however it is accented and written large or small."""
    called = RawSQL(f"SELECT p.id FROM people_person p WHERE {folded('p.name')} = %s", [fold(name.strip())])  # noqa: S608, S611 - a constant with one parameter
    return list(Person.objects.filter(pk__in=called, closed_at=None).order_by("pk")[:20])


def person_of_page(handle: str) -> Person:
    """The person; of an account that was joined to another, the one that stayed."""
    found = get_object_or_404(Person.objects.select_related("merged_into"), handle=handle)
    return found.merged_into or found


def joining_of_page(pk: int) -> Joining:
    """One that the council's team began."""
    return get_object_or_404(Joining.objects.exclude(reason="").select_related("stays", "other"), pk=pk)


def person_page(person: Person, at: datetime) -> dict[str, Any]:
    """Seats past, present and to come, groups, addresses with their states, proposals, namesakes: one question."""
    waiting = [AddressProposal.State.PROPOSED, AddressProposal.State.DELAYED]
    proposals = AddressProposal.objects.filter(person=person, state__in=waiting).order_by("pk")
    found = together(
        tenures=(_TENURES, [at, person.pk]),
        groups=(_GROUPS, [person.pk, at]),
        addresses=(_ADDRESSES, [person.pk]),
        living=live_addresses(at).filter(user=person).values("pk"),
        proposals=proposals.values("email", "proposed_at"),
        doubles=(_DOUBLES, [person.pk]),
        joinings=open_joinings(person, at).select_related(None).values(*_JOINING, **_WHO),
        joined=person.joined.order_by("pk").values("name", "handle", "closed_at"),
    )
    living = {row["pk"] for row in found["living"]}
    tenures = [_tenure(row) for row in found["tenures"]]
    return {
        "joinings": [
            row | {"until": row["begun_at"] + LASTS, "is_half": bool(row["stays_agreed_at"] or row["other_agreed_at"])}
            for row in moments(found["joinings"], "begun_at")
        ],
        "joined": moments(found["joined"], "closed_at"),
        "present": [row for row in tenures if row["state"] == "present"],
        "future": [row for row in tenures if row["state"] == "future"],
        "past": [row for row in tenures if row["state"] == "past"],
        "groups": found["groups"],
        "addresses": [row | {"lives": row["id"] in living} for row in found["addresses"]],
        "proposals": moments(found["proposals"], "proposed_at"),
        "doubles": moments(found["doubles"], "joined_at"),
    }


def _tenure(row: Row) -> Row:
    for name in ("first_day", "last_day"):
        row[name] = date.fromisoformat(row[name]) if row[name] else None
    row["capacity_word"] = CAPACITIES[row["capacity"]]
    return row
