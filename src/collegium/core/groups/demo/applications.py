"""Applications of the demo council in every state, made by the actions, and requests answered long ago."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Function, Organization, Person
from collegium.core.trail import actions as trail

from .. import actions, events
from ..models import Application, Group, JoinRequest
from ..queries import key_holders

# Two of the council's team, so that nobody turns both keys.
FIRST, SECOND = "yusuf-karabey", "bridget-oyelaran"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# How much later than it was asked each thing happened.
VERIFIED, CONFIRMED, ANSWERED = HOUR, 20 * HOUR, 44 * HOUR


def load(at: datetime) -> None:
    """Each application goes as far as its row says; the answered requests are left as the actions would have."""
    tables = tomllib.loads((Path(__file__).parent / "applications.toml").read_text(encoding="utf-8"))
    for row in tables["application"]:
        _application(row, at)
    for row in tables["answered"]:
        _answered(row, at)


def _application(row: dict[str, Any], at: datetime) -> None:
    asked = at - timedelta(hours=row["asked_hours_ago"])
    application = actions.apply_to_join(
        Group.objects.select_related("circle").get(slug=row["group"]),
        email=row["email"],
        name=row["name"],
        society=Organization.objects.get(slug=row["society"]),
        function=Function.objects.get(slug=row["function"]),
        title=row["title"],
        capacity="holder",
        leadership="staff",
        note=row["note"],
        at=asked,
    )
    end = _ENDS[row["ends"]]
    if end is not None:
        end(application, row, asked)


def _verify(application: Application, row: dict[str, Any], asked: datetime) -> None:
    actions.verify_application(application, at=asked + VERIFIED)


def _withdraw(application: Application, row: dict[str, Any], asked: datetime) -> None:
    _verify(application, row, asked)
    actions.withdraw_application(application, at=asked + CONFIRMED)


def _lapse(application: Application, row: dict[str, Any], asked: datetime) -> None:
    actions.lapse_applications(at=asked + 4 * DAY)


def _confirm(application: Application, row: dict[str, Any], asked: datetime) -> None:
    _verify(application, row, asked)
    moment = asked + CONFIRMED
    actions.confirm_role(application, holder=key_holders(application, moment)[0], remark=row["remark"], at=moment)


def _deny(application: Application, row: dict[str, Any], asked: datetime) -> None:
    _verify(application, row, asked)
    moment = asked + CONFIRMED
    actions.deny_role(application, holder=key_holders(application, moment)[0], reason=row["reason"], at=moment)


def _decline(application: Application, row: dict[str, Any], asked: datetime) -> None:
    _confirm(application, row, asked)
    viewer = _team(SECOND, asked + ANSWERED)
    actions.decline_application(application, viewer=viewer, reason=row["reason"], at=viewer.at)


def _approve(application: Application, row: dict[str, Any], asked: datetime) -> None:
    _confirm(application, row, asked)
    viewer = _team(SECOND, asked + ANSWERED)
    actions.approve_application(application, viewer=viewer, reason=row["reason"], at=viewer.at)


def _vouch(application: Application, row: dict[str, Any], asked: datetime) -> None:
    _verify(application, row, asked)
    viewer = _team(FIRST, asked + CONFIRMED)
    actions.vouch_for_role(application, viewer=viewer, remark=row["remark"], at=viewer.at)


def _team(handle: str, at: datetime) -> Viewer:
    return Viewer.of(Person.objects.get(handle=handle), at=at)


_ENDS: dict[str, Any] = {
    "unverified": None,
    "lapsed": _lapse,
    "society": _verify,
    "council": _confirm,
    "vouched": _vouch,
    "approved": _approve,
    "declined": _decline,
    "denied": _deny,
    "withdrawn": _withdraw,
}


def _answered(row: dict[str, Any], at: datetime) -> None:
    """A request somebody made before the one that waits now."""
    waiting = JoinRequest.objects.filter(group__slug=row["group"], tenure__person__handle=row["person"])
    now = waiting.select_related("group__entry", "tenure__person").latest("pk")
    asked = at - timedelta(days=row["asked_days_ago"])
    officer = Person.objects.get(handle=SECOND) if row["state"] == JoinRequest.State.DECLINED else None
    request = JoinRequest.objects.create(
        group=now.group,
        tenure=now.tenure,
        note=row["note"],
        asked_at=asked,
        state=row["state"],
        decided_by=officer,
        decided_at=asked + 2 * DAY if officer else None,
        reason=row["reason"],
    )
    facts = {"request": request.pk, "person": now.tenure.person_id}
    past = events.JOIN_DECLINED if officer else events.JOIN_WITHDRAWN
    told: dict[str, Any] = {"on": now.group, "audience": now.group.officers_audience_id, "facts": facts}
    trail.record(events.JOIN_REQUESTED, by=now.tenure.person, at=asked, **told)
    trail.record(past, by=officer or now.tenure.person, at=asked + 2 * DAY, **told)
