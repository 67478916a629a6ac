"""How long it takes to ask thousands of societies something: the roll, the letters to them, and the pages that tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from collegium.config.bench.corpus.copying import copy, follow_on, next_id
from collegium.config.bench.crowds import Work
from collegium.core.access.actions import settle
from collegium.core.access.models import Audience
from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.calls.actions import announce_call, draft_call, open_call
from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.entries.models import Entry
from collegium.core.mail.models import Delivery
from collegium.core.notices.actions import tell as tell_of
from collegium.core.people.models import Function, Mandate, Organization, Person, Seat, Standing, Tenure, tenure_period
from collegium.core.people.queries import present_tenures
from collegium.core.trail.models import Event

SOCIETIES = 5_000
LOOKS = 15
SINCE = date(2020, 1, 1)


def measured(tell: Callable[[str], object], number: int = SOCIETIES) -> dict[str, Any]:
    """A council of so many societies is asked something; all of it is taken back afterwards."""
    tell(f"Asking {number:,} societies …")
    with transaction.atomic():
        people = _societies(number)
        settle(people)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE people_organization, people_seat, people_tenure, people_mandate, access_admission")
        found = _asked() | {"societies": number}
        transaction.set_rollback(True)
    return found


def _asked() -> dict[str, Any]:
    now = timezone.now()
    team = present_tenures(now).filter(seat__organization__kind="council").select_related("person")[0].person
    drafted = draft_call(
        "consultation",
        title="Asked of all",
        raw="What do you say?",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=9),
        time_zone="UTC",
        seen_by=MEMBERS,
        by=team,
        at=now,
    )
    call = announce_call(drafted, by=team, at=now)
    before = Work()
    call = open_call(call, at=now)
    taken = before.since()
    tell_of(Event.objects.get(name="call.opened", entry=call.pk), at=now)
    spent = before.since()
    _answers(call, team)
    society = RollRow.objects.filter(call=call, organization__slug__startswith="asked-")[0].organization
    assert society is not None  # a row of societies
    keeper = Person.objects.get(handle=f"liaison-{society.slug}")
    return {
        "rows": RollRow.objects.filter(call=call).count(),
        "letters": Delivery.objects.filter(mailing__entry=call.pk).count(),
        "roll": taken.clock,
        "seconds": spent.clock,
        "cpu": spent.own + spent.database,
        "pages": {
            "desk": _looked(keeper, f"/desk/{society.slug}/"),
            "call": _looked(keeper, f"/calls/{call.pk}/"),
            "progress": _looked(team, f"/office/calls/{call.pk}/"),
        },
    }


def _answers(call: Call, by: Person) -> None:
    """Two of five have answered."""
    rows = [row for row in RollRow.objects.filter(call=call).order_by("pk") if row.pk % 5 < 2]
    Answer.objects.bulk_create(
        [Answer(row=row, choice="answered", raw="Yes.", html="<p>Yes.</p>", by=by, at=call.opens_at) for row in rows],
        batch_size=1000,
    )
    RollRow.objects.filter(pk__in=[row.pk for row in rows]).update(is_answered=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE calls_rollrow, calls_answer, calls_entitlement")


def _looked(person: Person, path: str) -> dict[str, float]:
    """Median milliseconds of the page, made in this process: the clock and processor time of both."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person, backend="collegium.core.people.backends.Backend")
    clocks, cpus = [], []
    for _look in range(LOOKS):
        before = Work()
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        spent = before.since()
        clocks.append(spent.clock * 1000)
        cpus.append((spent.own + spent.database) * 1000)
    return {"p50": median(clocks), "cpu": median(cpus)}


def _societies(number: int) -> list[int]:
    """Each with a chief executive, who answers for it, and a liaison; the ids of those people."""
    entry = _bodies(number)
    people, seats, tenures = next_id(Person), next_id(Seat), next_id(Tenure)
    functions = {slug: Function.objects.get(slug=slug).pk for slug in ("ceo", "liaison")}
    roles = [(n, role, 2 * n + place) for n in range(number) for place, role in enumerate(functions)]
    now, period = timezone.now(), tenure_period(SINCE)
    named = ({"id": people + m, "handle": f"{role}-asked-{n}", "name": f"{role} {n}"} for n, role, m in roles)
    copy(Person, ({**row, "joined_at": now, "password": "!"} for row in named))
    emails = ({"user_id": people + m, "email": f"asked-{m}@measured.example"} for _n, _role, m in roles)
    copy(EmailAddress, ({**row, "verified": True, "primary": True} for row in emails))
    copy(
        Seat,
        ({"id": seats + m, "organization_id": entry + n, "function_id": functions[role]} for n, role, m in roles),
    )
    held = {"capacity": "holder", "leadership": "staff", "title": "Head", "period": period}
    copy(Tenure, ({"id": tenures + m, "seat_id": seats + m, "person_id": people + m, **held} for _n, _role, m in roles))
    heads = (m for _n, role, m in roles if role == "ceo")
    copy(Mandate, ({"tenure_id": tenures + m, "act": "answer", "period": period} for m in heads))
    follow_on(Person, Seat, Tenure)
    return [people + m for _n, _role, m in roles]


def _bodies(number: int) -> int:
    """The societies themselves, members since long ago; the id of the first, after which the others follow."""
    entry, audience, now = next_id(Entry), next_id(Audience), timezone.now()
    ids = range(number)
    copy(Audience, ({"id": audience + n, "kind": "society"} for n in ids))
    facts = {"kind": "society", "audience_id": PUBLIC, "created_at": now, "touched_at": now}
    copy(Entry, ({"id": entry + n, "title": f"Society {n:05} of the measured", **facts} for n in ids))
    place = {"kind": "society", "time_zone": "UTC"}
    bodies = ({"entry_id": entry + n, "slug": f"asked-{n}", "audience_id": audience + n, **place} for n in ids)
    copy(Organization, bodies)
    copy(Standing, ({"organization_id": entry + n, "status": "member", "period": tenure_period(SINCE)} for n in ids))
    follow_on(Entry, Audience)
    return entry
