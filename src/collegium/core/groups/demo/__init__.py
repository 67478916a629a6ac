"""The groups of the demo council: the preset's, with officers, members, invitations and requests."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg.types.range import TimestamptzRange

from collegium.core.access.actions import settle_everyone
from collegium.core.people.demo import PRESET
from collegium.core.people.models import Seat, Tenure
from collegium.core.trail import actions as trail

from .. import events
from ..models import Circle, Confirmation, Group, JoinRequest, Membership, Office
from ..preset import seed_groups
from . import applications, undertakings

# How long the groups have been there, and the new ones.
SEAT = ("seat__function", "seat__organization__entry")
FOUNDED, FOUNDED_NEW = timedelta(days=1500), timedelta(days=420)


def load(at: datetime) -> None:
    """Found the groups and fill them: in bulk, as the actions would have left it."""
    seed_groups(PRESET, at=at - FOUNDED)
    groups = {group.slug: group for group in Group.objects.select_related("circle")}
    tables = tomllib.loads((Path(__file__).parent / "officers.toml").read_text(encoding="utf-8"))
    for row in tables["officer"]:
        _officer(groups[row["group"]], row, at)
    _members(groups, tables, at)
    for row in tables["invitation"]:
        _invitation(groups[row["group"]], row, at)
    for row in tables["request"]:
        _request(groups[row["group"]], row, at)
    for group in groups.values():
        if group.is_closed:
            waiting = {(row["society"], row["function"]) for row in tables["unconfirmed"] if row["group"] == group.slug}
            _confirm_holders(group, waiting, at)
    undertakings.load(at)
    settle_everyone()
    applications.load(at)


def _tenure(row: dict[str, Any]) -> Tenure:
    seats = Tenure.objects.filter(seat__organization__slug=row["society"], seat__function__slug=row["function"])
    return seats.filter(person__handle=row["person"]).latest("pk")


def _chair(group: Group) -> Any:
    office = Office.objects.filter(group=group, role=Office.Role.CHAIR).select_related("tenure__person").first()
    return office.tenure.person if office else None


def _officer(group: Group, row: dict[str, Any], at: datetime) -> None:
    since = at - timedelta(days=row["since_days_ago"])
    tenure = _tenure(row)
    Office.objects.create(
        group=group,
        tenure=tenure,
        role=row["role"],
        from_circle=_circle(group),
        period=TimestamptzRange(since, None),
        confirmed_at=since if group.is_closed else None,
    )
    trail.record(events.OFFICE_GIVEN, on=group, by=None, at=since, facts={"role": row["role"], "tenure": tenure.pk})


def _circle(group: Group) -> Circle:
    assert group.circle is not None  # every group of the preset was founded with one
    return group.circle


def _members(groups: dict[str, Group], tables: dict[str, Any], at: datetime) -> None:
    """In open groups and those on request every eligible seat has joined, except those the tables name."""
    out = {(row["group"], row["society"], row["function"]) for row in (*tables["not_joined"], *tables["request"])}
    for group in groups.values():
        if group.joining in (Group.Joining.OPEN, Group.Joining.ON_REQUEST):
            for seat in _seats(group, at):
                if (group.slug, seat.organization.slug, seat.function.slug) not in out:
                    _member(group, at=at - (FOUNDED_NEW if group.is_new else FOUNDED), seat=seat)


def _seats(group: Group, at: datetime) -> Any:
    """Seats somebody holds whom the group admits, also those held by people who have left since."""
    circle = _circle(group)
    return (
        Seat.objects.filter(
            function__slug__in=circle.functions, organization__kind__in=circle.organization_kinds, tenures__isnull=False
        )
        .distinct()
        .select_related("organization__entry", "function")
        .order_by("pk")
    )


def _member(group: Group, *, at: datetime, **member: Any) -> None:
    membership = Membership.objects.create(
        group=group,
        from_circle=_circle(group),
        period=TimestamptzRange(at, None),
        confirmed_at=at if group.is_closed else None,
        **member,
    )
    facts = {name: thing.pk for name, thing in member.items()}
    audience = _circle(group).audience_id
    trail.record(events.MEMBERSHIP_GIVEN, on=membership, by=None, at=at, audience=audience, facts=facts)


def _invitation(group: Group, row: dict[str, Any], at: datetime) -> None:
    _member(group, at=at - timedelta(days=row["since_days_ago"]), tenure=_tenure(row))


def _request(group: Group, row: dict[str, Any], at: datetime) -> None:
    asked = at - timedelta(days=row["asked_days_ago"])
    request = JoinRequest.objects.create(group=group, tenure=_tenure(row), note=row["note"], asked_at=asked)
    facts = {"request": request.pk, "person": request.tenure.person_id}
    trail.record(
        events.JOIN_REQUESTED,
        on=group,
        by=request.tenure.person,
        at=asked,
        audience=group.officers_audience_id,
        facts=facts,
    )


def _confirm_holders(group: Group, waiting: set[tuple[str, str]], at: datetime) -> None:
    """Whoever holds an admitted seat was confirmed, but for those who wait for a second key."""
    chair = _chair(group)
    for tenure in _admitted(group, at):
        if (tenure.seat.organization.slug, tenure.seat.function.slug) not in waiting:
            since = at - min(FOUNDED, timedelta(days=max(0, (at.date() - tenure.starts_on).days)))
            by = chair if chair != tenure.person else None
            Confirmation.objects.get_or_create(group=group, tenure=tenure, defaults={"by": by, "at": since})


def _admitted(group: Group, at: datetime) -> list[Tenure]:
    """Whoever holds or has held an admitted seat of the group."""
    seats = _seats(group, at)
    if group.joining != Group.Joining.EX_OFFICIO:
        seats = seats.filter(memberships__group=group)
    return list(Tenure.objects.filter(seat__in=seats.values("pk")).select_related("person", *SEAT).order_by("pk"))
