"""What groups hold about a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from collegium.core.people.models import Person
from collegium.core.people.queries import live_addresses
from collegium.core.people.registry import ExportFile, as_json

from .models import Acceptance, Application, JoinRequest, Membership, Office, Reading, Suspension


def groups(person: Person, at: datetime) -> Iterator[ExportFile]:
    """Memberships given to the person, offices held, requests made, undertakings, suspensions, readings."""
    yield ExportFile("memberships.json", as_json(_periods(Membership.objects.filter(tenure__person=person))))
    yield ExportFile("offices.json", as_json(_periods(Office.objects.filter(tenure__person=person), "role")))
    requests = JoinRequest.objects.filter(tenure__person=person).order_by("pk")
    names = ("note", "state", "asked_at", "decided_at", "reason")
    yield ExportFile("requests-to-join.json", as_json(requests.values(*names, group_name=F("group__entry__title"))))
    yield ExportFile("applications.json", as_json(_applications(person, at)))
    accepted = Acceptance.objects.filter(tenure__person=person).order_by("pk")
    words = {"undertaking": F("version__undertaking__entry__title"), "number": F("version__number")}
    society = F("tenure__seat__organization__entry__title")
    yield ExportFile(
        "undertakings.json", as_json(accepted.values("at", digest=F("version__digest"), society=society, **words))
    )
    yield ExportFile("suspensions.json", as_json(_spans(Suspension.objects.filter(person=person), "lifted_at")))
    yield ExportFile("readings.json", as_json(_spans(Reading.objects.filter(person=person), "asked_at", "ended_at")))


def _applications(person: Person, at: datetime) -> Any:
    """Made from the account, or before there was one: from an address, or leading to a tenure, of one's own."""
    mine = Q(person=person) | Q(tenure__person=person) | Q(email__in=_own_addresses(person, at))
    names = ("name", "email", "title", "capacity", "leadership", "note", "state", "asked_at", "decided_at", "reason")
    found = Application.objects.filter(mine).exclude(state=Application.State.UNVERIFIED).order_by("pk")
    places = {"society_name": F("society__entry__title"), "function_name": F("function__name")}
    return found.values(*names, group_name=F("group__entry__title"), **places)


def _own_addresses(person: Person, at: datetime) -> Any:
    return live_addresses(at).filter(user=person, verified=True).values("email")


def _spans(rows: Any, *names: str) -> Any:
    times = {"since": F("period__startswith"), "until": F("period__endswith")}
    return rows.order_by("pk").values("reason", *names, group_name=F("group__entry__title"), **times)


def _periods(rows: Any, *names: str) -> Iterator[dict[str, Any]]:
    for row in rows.order_by("pk").values("period", "confirmed_at", *names, group_name=F("group__entry__title")):
        period = row.pop("period")
        yield {**row, "from": period.lower, "until": period.upper}
