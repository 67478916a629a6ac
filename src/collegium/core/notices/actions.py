"""Telling of an event, and what a person chooses to hear."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.queries import admitted_persons
from collegium.core.access.standard import PUBLIC
from collegium.core.access.statements import prepared_cursor
from collegium.core.trail.models import Event

from .models import Follow, Level, Notification, Preference, SwitchedOff
from .registry import Notice, channels, notices, notices_of


def tell(event: Event, *, at: datetime) -> None:
    """Tell each recipient once, by the first notice that fits, through every channel.

    `at` is the moment of telling, not of the event: a job may run late, and access may have ended meanwhile.
    """
    told = set(Notification.objects.filter(event=event).values_list("person", flat=True))
    if event.actor_id:
        told.add(event.actor_id)
    for notice in notices_of(event.name):
        persons = _willing(notice, event, set(notice.recipients(event)) - told, at)
        for deliver in channels.all():
            deliver(notice, event, sorted(persons))
        told |= persons


def _willing(notice: type[Notice], event: Event, persons: set[int], at: datetime) -> set[int]:
    """Those of the persons who may see the entry now and have not asked to be spared."""
    if not persons or event.entry is None:
        return set()
    audience = event.entry.audience_id
    if audience != PUBLIC:
        persons &= {row["person_id"] for row in admitted_persons(audience, at)}
    persons &= set(get_user_model().objects.filter(pk__in=persons, closed_at=None).values_list("pk", flat=True))
    if notice.is_statutory:
        return persons
    persons -= set(SwitchedOff.objects.filter(notice=notice.name, person__in=persons).values_list("person", flat=True))
    if notice.is_direct:
        return persons
    persons -= _muted(event.entry.pk, persons)
    # What happens to a place itself is as loud as what happens in it.
    place = event.entry.place_id or event.entry_id
    silent = Preference.objects.filter(place=place, person__in=persons, level__in=[Level.MENTIONS, Level.NOTHING])
    return persons - set(silent.values_list("person", flat=True))


def _muted(entry_id: int, persons: Iterable[int]) -> set[int]:
    muted = Follow.objects.filter(entry_id=entry_id, person__in=list(persons), state=Follow.State.MUTED)
    return set(muted.values_list("person", flat=True))


def follow(entry: Any, *, by: Any) -> None:
    """Hear of all that happens to the entry."""
    _set_follow(entry, by, Follow.State.FOLLOWING)


def mute(entry: Any, *, by: Any) -> None:
    """Hear nothing of the entry but what is addressed to oneself."""
    _set_follow(entry, by, Follow.State.MUTED)


def unfollow(entry: Any, *, by: Any) -> None:
    """Neither follow nor mute."""
    Follow.objects.filter(entry=entry, person=by).delete()


def _set_follow(entry: Any, person: Any, state: str) -> None:
    Follow.objects.update_or_create(entry=entry, person=person, defaults={"state": state})


_TAKE_PART = """
INSERT INTO notices_follow (person_id, entry_id, state) VALUES (%s, %s, 'following') ON CONFLICT DO NOTHING"""


def follow_by_taking_part(entry: Any, *, by: Any) -> None:
    """Follow what one started or answered, unless one has said otherwise before."""
    with prepared_cursor() as cursor:
        cursor.execute(_TAKE_PART, [by.pk, entry.pk])


def choose_level(place: Any, *, level: str, by: Any) -> None:
    """Choose how much of a place to hear; Refused if there is no such level."""
    if level not in Level.values:
        raise Refused(_("There is no such choice."))
    Preference.objects.update_or_create(place=place, person=by, defaults={"level": level})


def switch_off(notice: str, *, by: Any) -> None:
    """Want no notice of this name; Refused for the statutory ones."""
    if notice not in notices or notices.get(notice).is_statutory:
        raise Refused(_("This notice cannot be switched off."))
    SwitchedOff.objects.get_or_create(notice=notice, person=by)


def switch_on(notice: str, *, by: Any) -> None:
    """Want the notice again."""
    SwitchedOff.objects.filter(notice=notice, person=by).delete()


def see_notifications(*, by: Any, at: datetime, entry: Any = None, notification: Any = None) -> None:
    """Mark as seen: all of them, those about one entry, or one."""
    unseen = Notification.objects.filter(person=by, seen_at=None)
    if entry is not None:
        unseen = unseen.filter(entry=entry)
    if notification is not None:
        unseen = unseen.filter(pk=notification.pk)
    unseen.update(seen_at=at)


@transaction.atomic
def erase_part(entry_id: int, part: str, part_id: int) -> None:
    """Take back what was told of a part that is no longer there."""
    Notification.objects.filter(entry_id=entry_id, part=part, part_id=part_id).delete()
