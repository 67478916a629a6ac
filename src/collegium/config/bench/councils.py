"""A council of thousands of societies, for the time of a measurement, and how long its pages take to make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from statistics import median

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from collegium.config.bench.corpus.copying import copy, follow_on, next_id
from collegium.config.bench.crowds import Work
from collegium.core.access.actions import settle
from collegium.core.access.models import Audience
from collegium.core.access.standard import PUBLIC
from collegium.core.calls.models import Answer, RollRow
from collegium.core.entries.models import Entry
from collegium.core.people.models import Function, Mandate, Organization, Person, Seat, Standing, Tenure, tenure_period
from collegium.core.people.queries import present_tenures

SOCIETIES = 5_000
LOOKS = 15
# A line for each page would stand between the figures.
_LINES = "collegium.config.requests.RequestLogMiddleware"
SINCE = date(2020, 1, 1)


@contextmanager
def council(tell: Callable[[str], object], number: int = SOCIETIES) -> Iterator[None]:
    """So many societies more, each with people who answer and vote for it; all of it is taken back afterwards."""
    tell(f"Making a council of {number:,} societies …")
    with transaction.atomic():
        settle(_societies(number))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE people_organization, people_seat, people_tenure, people_mandate, access_admission")
        yield
        transaction.set_rollback(True)


def team() -> Person:
    """Somebody of the council's team."""
    found = present_tenures(timezone.now()).filter(seat__organization__kind="council").select_related("person")
    return found.order_by("pk")[0].person


def looked(person: Person, path: str) -> dict[str, float]:
    """Median milliseconds of the page, made in this process: the clock and processor time of both."""
    with override_settings(MIDDLEWARE=[name for name in settings.MIDDLEWARE if name != _LINES]):
        return _looked(person, path)


def _looked(person: Person, path: str) -> dict[str, float]:
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


def answered(answers: Sequence[Answer]) -> None:
    """Answers that come at once, and what the database has counted by the time a call closes."""
    Answer.objects.bulk_create(answers, batch_size=1000)
    RollRow.objects.filter(pk__in=[answer.row_id for answer in answers]).update(is_answered=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE calls_rollrow, calls_answer, calls_entitlement")


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
    acts = (
        {"tenure_id": tenures + m, "act": act, "period": period}
        for m in list(heads)
        for act in ("answer", "vote", "sign")
    )
    copy(Mandate, acts)
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
