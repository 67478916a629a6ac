"""Changing how a group presents itself and how one comes in; closing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.queries import with_grounds
from collegium.core.access.viewers import Viewer
from collegium.core.entries.actions import Text, change_audience, write_passages
from collegium.core.people.models import Seat
from collegium.core.trail import actions as trail

from .. import events
from ..models import Group
from ..queries.readers import readers
from ..rules import check_change_group
from .circles import settle_group, told_to_members
from .memberships import add_seat


@dataclass(frozen=True, slots=True)
class Settings:
    """What the council's team sets of a group, all of it at once; whom it admits is its policy's affair."""

    short: str
    purpose: str
    kind: str
    joining: str
    default_level: str
    is_new: bool
    page_audience: int
    is_content_free: bool = False
    shows_pictures: bool | None = None


def settings_of(group: Group) -> Settings:
    """As they are."""
    own = {name: getattr(group, name) for name in _FIELDS}
    return Settings(**own, page_audience=group.entry.audience_id)


_FIELDS = ("short", "purpose", "kind", "joining", "default_level", "is_content_free", "shows_pictures", "is_new")


@transaction.atomic
def change_group(group: Group, *, to: Settings, viewer: Viewer, at: datetime) -> Group:
    """Change the group's settings. Whoever reads it goes on reading, and nobody comes to read what was written.

    Where joining by office ends, the seats that are in become members of their own. Joining by office begins only where
    it lets nobody in whom the group's text did not reach: Refused otherwise, as text would reach people its writer
    could not expect.
    """
    locked = Group.objects.select_for_update(of=("self",)).select_related("entry", "circle").get(pk=group.pk)
    check_change_group(viewer, locked, kind=to.kind, joining=to.joining, page_audience=to.page_audience)
    before = settings_of(locked)
    if to == before:
        raise Refused(_("This is as it is already."))
    if to.joining != locked.joining:
        _change_joining(locked, to.joining, viewer=viewer, at=at)
    for name in _FIELDS:
        setattr(locked, name, getattr(to, name))
    locked.save(update_fields=list(_FIELDS))
    _show(locked, to, before, at=at)
    if to.page_audience != before.page_audience:
        change_audience(locked.entry, to=to.page_audience, by=viewer.person, at=at)
        locked.entry.refresh_from_db()
    changed = [name for name in (*_FIELDS, "page_audience") if getattr(to, name) != getattr(before, name)]
    facts = {"fields": changed, "kind": to.kind, "joining": to.joining}
    trail.record(
        events.GROUP_CHANGED, on=locked, by=viewer.person, at=at, audience=told_to_members(locked), facts=facts
    )
    return locked


# Seats with a holder whom the policy admits, now or from a later day on, whether or not something else keeps them out.
_SEATS_BY_OFFICE = """
SELECT DISTINCT seat_id FROM eligible e WHERE circle_id = %s AND period && tstzrange(%s, NULL)
AND NOT EXISTS (SELECT FROM groups_membership m
    WHERE m.group_id = e.group_id AND m.seat_id = e.seat_id AND upper_inf(m.period))
"""


def _change_joining(group: Group, joining: str, *, viewer: Viewer, at: datetime) -> None:
    before = readers(group, at)
    if group.joining == Group.Joining.EX_OFFICIO:
        for seat in _seats_by_office(group, at):
            add_seat(group, seat=seat, by=viewer.person, at=at)
    group.joining = joining
    group.save(update_fields=["joining"])
    settle_group(group)
    gained = readers(group, at) - before
    if gained:
        reason = _("This would let %(number)s people read what was written before. Let their seats join one by one.")
        raise Refused(reason % {"number": len({person for person, _circle in gained})})


def _seats_by_office(group: Group, at: datetime) -> list[Seat]:
    with connection.cursor() as cursor:
        grounds = with_grounds("tenures", "standings", "eligible")
        cursor.execute(f"{grounds} {_SEATS_BY_OFFICE}", [group.circle_id, at])
        return list(Seat.objects.filter(pk__in=[row[0] for row in cursor.fetchall()]).order_by("pk"))


def _show(group: Group, to: Settings, before: Settings, *, at: datetime) -> None:
    """The page's entry and what is found of it follow the settings."""
    entry: Any = group.entry
    if to.kind != before.kind:
        entry.state = to.kind
        entry.save(update_fields=["state"])
    if (to.short, to.purpose) != (before.short, before.purpose):
        title = Text(entry.pk, "title", 0, f"{entry.title} {to.short}", at, is_title=True)
        write_passages([title, Text(entry.pk, "purpose", 0, to.purpose, at)])
