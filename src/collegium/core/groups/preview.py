"""What a change of policy or of closedness would do, by name: it is done, looked at, and taken back.

So the preview comes from the same sources as the deed, and cannot disagree with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from collegium.core.access.viewers import Viewer

from .actions import close_group_around, narrow_policy, propose_widening
from .actions.circles import is_narrower, open_circle
from .models import Circle, Group, Office
from .queries.readers import Reader, readers_by_name
from .queries.waiting import unconfirmed


class Change(StrEnum):
    """What becomes of somebody.

    `reads`: they come to read what is written from now on. `loses`: they read nothing of the group any more.
    `may_come_in`: the policy admits them, and they read once they join, are let in, are confirmed by a second person or
    have undertaken what the group needs.
    `may_not_come_in`: the policy admitted them, though they were not in, and does so no longer.
    """

    READS = "reads"
    LOSES = "loses"
    MAY_COME_IN = "may_come_in"
    MAY_NOT_COME_IN = "may_not_come_in"


@dataclass(frozen=True, slots=True)
class Affected:
    """One person in one organization; `on` is the day it begins for them if that is a later one."""

    change: Change
    person_id: int
    organization_id: int
    name: str
    handle: str
    title: str
    society: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Everybody affected, by society and name; whether a second person has to confirm it first."""

    affected: list[Affected]
    is_narrowing: bool
    waits: bool

    def of(self, change: Change) -> list[Affected]:
        return [row for row in self.affected if row.change == change]

    def fingerprint(self) -> str:
        """The same for the same effect: tells whether it has changed since somebody looked."""
        rows = [(row.change.value, row.person_id, row.organization_id, str(row.on)) for row in self.affected]
        return hashlib.sha256(repr((self.is_narrowing, self.waits, sorted(rows))).encode()).hexdigest()[:32]


def change_policy(group: Group, *, policy: dict[str, list[str]], viewer: Viewer, at: datetime) -> Circle:
    """Narrow where the policy admits nobody new, else propose to widen: what drops some and adds others widens."""
    present = Circle.objects.get(current_of=group.pk)
    deed = narrow_policy if is_narrower(policy, present.policy) else propose_widening
    return deed(group, policy=policy, viewer=viewer, at=at)


def preview_policy(group: Group, *, policy: dict[str, list[str]], viewer: Viewer, at: datetime) -> Effect:
    """What `change_policy` would do; in a closed group, what it would once a second person has confirmed it."""
    present = Circle.objects.get(current_of=group.pk)

    def deed() -> None:
        circle = change_policy(group, policy=policy, viewer=viewer, at=at)
        if circle.opened_at is None:
            open_circle(circle, at=at, viewer=viewer)

    is_narrowing = is_narrower(policy, present.policy)
    return Effect(_tried(group, deed, at), is_narrowing, waits=group.is_closed and not is_narrowing)


@dataclass(frozen=True, slots=True)
class Closing:
    """Who would stay in, confirmed by whoever closes the group, and who would wait for somebody else, by name.

    `officers` would wait with their office, whether or not they stay in.
    """

    stay: list[Reader]
    wait: list[Reader]
    officers: list[Office]

    def fingerprint(self) -> str:
        """The same for the same closing: tells whether it has changed since somebody looked."""
        rows = [[_key(row) for row in part] for part in (self.stay, self.wait)]
        offices = sorted(office.pk for office in self.officers)
        return hashlib.sha256(repr((rows, offices)).encode()).hexdigest()[:32]


def _key(row: Reader) -> tuple[int, int, str]:
    return row.person_id, row.organization_id, str(row.reads_on) if row.is_later else ""


def preview_closing(group: Group, *, viewer: Viewer, at: datetime) -> Closing:
    """What `close_group_around` would do: done, looked at, and taken back."""
    with transaction.atomic():
        before = _reading(group, at)
        closed = close_group_around(group, viewer=viewer, at=at)
        after = {(row.person_id, row.organization_id) for row in _reading(closed, at)}
        officers = unconfirmed(Office, closed).select_related("tenure__person", "tenure__seat__organization__entry")
        found = list(officers)
        transaction.set_rollback(True)
    stay = [row for row in before if (row.person_id, row.organization_id) in after]
    wait = [row for row in before if (row.person_id, row.organization_id) not in after]
    return Closing(stay, wait, found)


def _reading(group: Group, at: datetime) -> list[Reader]:
    return [row for row in readers_by_name(group, at) if row.reads_on is not None]


def _tried(group: Group, deed: Callable[[], Any], at: datetime) -> list[Affected]:
    with transaction.atomic():
        before = _by_person(group, at)
        deed()
        after = _by_person(Group.objects.get(pk=group.pk), at)
        transaction.set_rollback(True)
    keys = sorted(before.keys() | after.keys(), key=lambda key: _place(after.get(key) or before[key]))
    changes = (_affected(before.get(key), after.get(key)) for key in keys)
    return [change for change in changes if change is not None]


def _by_person(group: Group, at: datetime) -> dict[tuple[int, int], Reader]:
    return {(row.person_id, row.organization_id): row for row in readers_by_name(group, at)}


def _place(row: Reader) -> tuple[str, str, int]:
    return row.society, row.name, row.person_id


def _affected(before: Reader | None, after: Reader | None) -> Affected | None:
    change = _change(before, after)
    row = after or before
    if change is None or row is None:
        return None
    on = (row.reads_on if change == Change.READS else row.admitted_on) if row.is_later else None
    return Affected(
        change, row.person_id, row.organization_id, row.name, row.handle, row.title, row.society, on
    )  # fmt: skip


def _change(before: Reader | None, after: Reader | None) -> Change | None:
    read, reads = bool(before and before.reads_on), bool(after and after.reads_on)
    could, can = bool(before and before.admitted_on), bool(after and after.admitted_on)
    if read != reads:
        return Change.READS if reads else Change.LOSES
    if not reads and could != can:
        return Change.MAY_COME_IN if can else Change.MAY_NOT_COME_IN
    return None
