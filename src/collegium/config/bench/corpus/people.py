"""The council of the corpus: societies, functions, groups of the preset, people with their tenures, memberships."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from psycopg.types.range import TimestamptzRange

from collegium.config.bench.corpus.copying import Row, copy, follow_on, next_id
from collegium.config.bench.corpus.scale import ENDS_AT, YEARS, Scale
from collegium.core.access.actions import settle_everyone
from collegium.core.access.queries import with_grounds
from collegium.core.access.standard import OFFICE
from collegium.core.groups import preset
from collegium.core.groups.models import Confirmation, Group, Membership, Office
from collegium.core.people.actions import change_standing, register_organization, write_people
from collegium.core.people.models import AddressTie, Function, Organization, Person, Seat, Tenure, tenure_period
from collegium.core.trail.models import Event

PRESET = "medical-specialties"
COUNCIL = {"name": "Council of the Measured Societies", "acronym": "CMS", "time_zone": "America/Chicago"}
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
BEGAN_AT = ENDS_AT - YEARS
FIRST_DAY = date(2021, 1, 4)
EXPERTISE = "reserves dues bylaws registries journals contracts disclosures volunteers audits meetings".split()
TEAM = 8  # of the people, how many work for the council itself

GIVEN = (
    "Ada Bruno Celia Dario Edda Farid Gwen Hiro Ines Jonas Kofi Lena Mara Nils Olga Priya Rosa Samir Tova Uma".split()
)
FAMILY = (
    "Abara Brandt Castell Dumont Eklund Faber Greco Holm Ibarra Jansen Kovacs Lund Moreau Novak Okoro Prieto".split()
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A member of a group and the tenure through which they speak there."""

    person: int
    handle: str
    name: str
    tenure: int
    title: str
    society: int
    society_name: str
    function: int


@transaction.atomic
def load_people(scale: Scale) -> None:
    """Everything but conversations; the admissions are settled at the end."""
    preset.seed(PRESET, council=COUNCIL, at=BEGAN_AT)
    societies = [_society(number) for number in range(scale.societies)]
    seats = _load_seats(societies)
    tenures = _tenures(scale, societies, seats)
    people = _people(scale)
    copy(Person, people)
    copy(EmailAddress, _addresses(people))
    copy(Tenure, tenures)
    follow_on(Person, Seat, EmailAddress, Tenure)
    copy(AddressTie, _ties(tenures))
    copy(Event, _events(people, tenures))
    _load_memberships()
    _undertake()
    settle_everyone()
    write_people([row["id"] for row in people], at=ENDS_AT)


_UNDERTAKEN = """
INSERT INTO groups_acceptance (version_id, tenure_id, at)
SELECT v.id, t.id, v.published_at FROM groups_undertakingversion v CROSS JOIN people_tenure t ON CONFLICT DO NOTHING"""


def _undertake() -> None:
    """Everybody has accepted whatever a group asks of its members."""
    with connection.cursor() as cursor:
        cursor.execute(_UNDERTAKEN)


def _society(number: int) -> Organization:
    made = register_organization(
        f"Society of Measured Medicine {number + 1}",
        kind=Organization.Kind.SOCIETY,
        slug=f"society-{number + 1}",
        acronym=f"SMM{number + 1}",
        specialty=f"Measured medicine {number + 1}",
        time_zone=ZONES[number % len(ZONES)],
        by=None,
        at=BEGAN_AT,
    )
    change_standing(made, status="member", from_day=FIRST_DAY, by=None, at=BEGAN_AT)
    return made


def _functions() -> list[Function]:
    """Those a society has, the ones with several holders first."""
    found = Function.objects.exclude(slug="council-team").order_by("single_holder", "slug")
    return list(found)


def _load_seats(societies: list[Organization]) -> dict[tuple[int, int], Seat]:
    """A seat for every function at every society, and the team's at the council."""
    council = Organization.objects.get(kind=Organization.Kind.COUNCIL)
    places = [(society, function) for society in societies for function in _functions()]
    places.append((council, Function.objects.get(slug="council-team")))
    first = next_id(Seat)
    seats = [
        Seat(pk=first + n, organization=society, function=function, single_holder=function.single_holder)
        for n, (society, function) in enumerate(places)
    ]
    copy(Seat, [{"id": s.pk, **_columns(s, "organization_id", "function_id", "single_holder")} for s in seats])
    return {(seat.organization_id, seat.function_id): seat for seat in seats}


def _columns(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _people(scale: Scale) -> list[Row]:
    first = next_id(Person)
    chance = random.Random("people")  # noqa: S311 - a corpus, not a secret
    names = [f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}" for _ in range(scale.people)]
    return [
        {
            "id": first + n,
            "password": "!",
            "handle": f"{name.lower().replace(' ', '-')}-{n + 1}",
            "name": name,
            "credentials": chance.choice(("", "", "MD", "CPA", "JD", "PhD")),
            "time_zone": ZONES[n % len(ZONES)],
            "expertise": chance.sample(EXPERTISE, k=3),
            "joined_at": BEGAN_AT,
            "looked_at": ENDS_AT,
            "welcomed_at": BEGAN_AT,
        }
        for n, name in enumerate(names)
    ]


def _addresses(people: list[Row]) -> Iterator[Row]:
    first = next_id(EmailAddress)
    for n, person in enumerate(people):
        email = f"{person['handle']}@measured.example"
        yield {"id": first + n, "user_id": person["id"], "email": email, "verified": True, "primary": True}


def _tenures(scale: Scale, societies: list[Organization], seats: dict[tuple[int, int], Seat]) -> list[Row]:
    """Each person holds a seat; where it admits one holder, the next are deputies. One in ten held another before."""
    person, tenure, functions = next_id(Person), next_id(Tenure), _functions()
    council = next(seat for seat in seats.values() if seat.function.slug == "council-team")
    rows: list[Row] = [_tenure(tenure + n, council, person + n) for n in range(TEAM)]
    taken: set[int] = set()
    for n in range(TEAM, scale.people):
        place, turn = n % len(societies), n // len(societies)
        seat = seats[societies[place].pk, functions[turn % len(functions)].pk]
        is_deputy = seat.single_holder and seat.pk in taken
        taken.add(seat.pk)
        rows.append(_tenure(tenure + len(rows), seat, person + n, capacity="deputy" if is_deputy else "holder"))
        if n % 10 == 0:
            before = seats[societies[place - 1].pk, functions[turn % 5].pk]
            rows.append(_tenure(tenure + len(rows), before, person + n, last_day=date(2020, 12, 31)))
    return rows


def _tenure(key: int, seat: Seat, person: int, *, capacity: str = "holder", last_day: date | None = None) -> Row:
    return {
        "id": key,
        "seat_id": seat.pk,
        "person_id": person,
        "capacity": capacity,
        "title": seat.function.name,
        "period": tenure_period(date(2018, 1, 1) if last_day else FIRST_DAY, last_day),
        "single_holder": seat.single_holder,
        "_society": seat.organization_id,
    }


def _ties(tenures: list[Row]) -> Iterator[Row]:
    """Every address belongs to the society of the present tenure."""
    address = dict(EmailAddress.objects.values_list("user_id", "pk"))
    for row in tenures:
        if row["period"].upper is None:
            yield {"address_id": address[row["person_id"]], "organization_id": row["_society"]}


def _events(people: list[Row], tenures: list[Row]) -> Iterator[Row]:
    audience = dict(Organization.objects.values_list("pk", "audience_id"))
    for person in people:
        yield _event("person.registered", "people.person", person["id"], OFFICE, None, None, {})
    for row in tenures:
        society = row["_society"]
        facts = {"seat": row["seat_id"], "person": row["person_id"], "capacity": row["capacity"]}
        yield _event("tenure.started", "people.tenure", row["id"], audience[society], society, society, facts)


def _event(
    name: str, thing: str, key: int, audience: int, entry: int | None, acting_for: int | None, facts: dict[str, Any]
) -> Row:
    return {
        "name": name,
        "thing": thing,
        "thing_id": key,
        "audience_id": audience,
        "entry_id": entry,
        "acting_for_id": acting_for,
        "at": BEGAN_AT,
        "facts": facts,
    }


_ELIGIBLE_SEATS = (
    "SELECT DISTINCT group_id, circle_id, seat_id FROM eligible WHERE joining <> 'ex_officio' ORDER BY 1, 3"
)
_ELIGIBLE_TENURES = "SELECT DISTINCT group_id, circle_id, tenure_id, is_closed FROM eligible ORDER BY 1, 3"


def _grounds() -> str:
    return with_grounds("tenures", "standings", "eligible")


def _load_memberships() -> None:
    """Every seat a group admits has joined it and every holder is confirmed; the first of them is the chair."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_grounds()} {_ELIGIBLE_SEATS}")
        seats = cursor.fetchall()
        cursor.execute(f"{_grounds()} {_ELIGIBLE_TENURES}")
        tenures = cursor.fetchall()
    since = {"period": TimestamptzRange(BEGAN_AT, None), "confirmed_at": BEGAN_AT}
    copy(Membership, [{"group_id": g, "from_circle_id": c, "seat_id": s, **since} for g, c, s in seats])
    copy(Confirmation, [{"group_id": g, "tenure_id": t, "at": BEGAN_AT} for g, _c, t, closed in tenures if closed])
    chairs = {group: (circle, tenure) for group, circle, tenure, _closed in reversed(tenures)}
    copy(
        Office,
        [
            {"group_id": group, "from_circle_id": circle, "tenure_id": tenure, "role": Office.Role.CHAIR, **since}
            for group, (circle, tenure) in sorted(chairs.items())
        ],
    )


_SPEAKERS = """
SELECT e.group_id, p.id, p.handle, CASE WHEN p.credentials = '' THEN p.name ELSE p.name || ', ' || p.credentials END,
       t.id, t.title, e.organization_id, society.title, s.function_id
FROM eligible e JOIN people_person p ON p.id = e.person_id JOIN people_tenure t ON t.id = e.tenure_id
JOIN people_seat s ON s.id = t.seat_id
JOIN entries_entry society ON society.id = e.organization_id
WHERE e.period @> now() ORDER BY e.group_id, t.id"""


def speakers() -> dict[int, list[Speaker]]:
    """The members of each group, by the group's id."""
    found: dict[int, list[Speaker]] = {group: [] for group in Group.objects.values_list("pk", flat=True).order_by("pk")}
    with connection.cursor() as cursor:
        cursor.execute(f"{_grounds()} {_SPEAKERS}")
        for group, *columns in cursor.fetchall():
            found[group].append(Speaker(*columns))
    return found
