"""Telling of an event, and what a person chooses to hear."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.queries import belongs_sql
from collegium.core.access.statements import prepared_cursor, rows
from collegium.core.trail.models import Event

from .models import DigestChoice, Follow, LetterSwitch, Level, Notification, Preference, SwitchedOff
from .registry import ByLetter, Notice, channels, notices, notices_of


def tell(event: Event, *, at: datetime) -> set[int]:
    """Tell each recipient once, by the first notice that fits, through the channels they want.

    `at` is the moment of telling, not of the event: a job may run late, and access may have ended meanwhile. Returns
    whom a direct notice told by letter.
    """
    told, addressed = {event.actor_id}, set()
    for notice in notices_of(event.name):
        willing = _willing(notice, event, set(notice.recipients(event)) - told, at)
        for channel, deliver in channels.items():
            persons = sorted(person for person, wanted in willing.items() if channel in wanted)
            if persons:
                deliver(notice, event, persons)
        told |= set(willing)
        if notice.is_direct:
            addressed |= {person for person, wanted in willing.items() if "letter" in wanted}
    return addressed


# Those of the persons whose account is open, who were not told of the event, belong to those who see the entry now and
# have not asked to be spared. Who was joined to another account meanwhile is told there. Whoever only reads is told
# what is statutory, such as that they may. Every event that is told passes here, so all of it is one statement.
_WILLING = """
SELECT p.id, %(statutory)s::boolean OR NOT EXISTS (
        SELECT FROM notices_switchedoff s WHERE s.person_id = p.id AND s.notice = %(notice)s),
    %(can_be_letter)s::boolean AND COALESCE((SELECT s.is_on OR %(statutory)s::boolean FROM notices_letterswitch s
        WHERE s.person_id = p.id AND s.notice = %(notice)s), %(is_letter)s::boolean)
FROM unnest(%(persons)s::bigint[]) AS given (id) JOIN {person} named ON named.id = given.id
JOIN {person} p ON p.id = COALESCE(named.merged_into_id, named.id) AND p.closed_at IS NULL
WHERE NOT EXISTS (SELECT FROM notices_notification n WHERE n.person_id = p.id AND n.event_id = %(event)s)
AND (EXISTS (SELECT FROM access_audience a WHERE a.id = %(audience)s AND a.kind = 'public') OR {belongs})
AND (%(statutory)s::boolean OR %(direct)s::boolean OR NOT (
    EXISTS (SELECT FROM notices_follow f WHERE f.person_id = p.id AND f.entry_id = %(entry)s AND f.state = 'muted')
    OR EXISTS (SELECT FROM notices_preference c
        WHERE c.person_id = p.id AND c.place_id = %(place)s AND c.level IN ('mentions', 'nothing'))))"""


def _willing(notice: type[Notice], event: Event, persons: set[int], at: datetime) -> dict[int, set[str]]:
    """Those of the persons who are told by this notice, with the channels they want it through."""
    if not persons or event.entry is None:
        return {}
    belongs = belongs_sql("p.id", "%(audience)s", "%(at)s", reads="%(statutory)s::boolean")
    told = {
        "persons": sorted(persons),
        "event": event.pk,
        "audience": event.entry.audience_id,
        "at": at,
        "notice": notice.name,
        "statutory": notice.is_statutory,
        "direct": notice.is_direct,
        "can_be_letter": notice.by_letter is not ByLetter.ELSEWHERE,
        "is_letter": notice.goes_by_letter(),
        "entry": event.entry.pk,
        # What happens to a place itself is as loud as what happens in it.
        "place": event.entry.place_id or event.entry.pk,
    }
    found = rows(_WILLING.format(person=get_user_model()._meta.db_table, belongs=belongs), told)
    return {person: _channels(rings, writes) for person, rings, writes in found if rings or writes}


def _channels(rings: bool, writes: bool) -> set[str]:
    return {name for name, wanted in (("bell", rings), ("letter", writes)) if wanted}


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


def switch_letter_on(notice: str, *, by: Any) -> None:
    """Want the notice by letter; Refused where another letter says the same."""
    _switch_letter(notice, is_on=True, by=by)


def switch_letter_off(notice: str, *, by: Any) -> None:
    """Want no letter of this notice; Refused for the statutory ones."""
    if notice in notices and notices.get(notice).is_statutory:
        raise Refused(_("This letter cannot be switched off."))
    _switch_letter(notice, is_on=False, by=by)


def _switch_letter(notice: str, *, is_on: bool, by: Any) -> None:
    if notice not in notices or notices.get(notice).by_letter is ByLetter.ELSEWHERE:
        raise Refused(_("This notice does not go by letter."))
    LetterSwitch.objects.update_or_create(notice=notice, person=by, defaults={"is_on": is_on})


def choose_digests(*, hour: int, weekday: int, by_group: bool, by: Any) -> None:
    """Choose when digests come, in one's own time zone; Refused for an hour or a day that is none."""
    if hour not in range(24) or weekday not in DigestChoice.Weekday.values:
        raise Refused(_("There is no such choice."))
    chosen = {"hour": hour, "weekday": weekday, "by_group": by_group}
    DigestChoice.objects.update_or_create(person=by, defaults=chosen)


def see_notifications(
    *, by: Any, at: datetime, entry: Any = None, notification: Any = None, but_part: str = ""
) -> None:
    """Mark as seen: all of them, those about one entry, or one; of an entry not those of a part with its own page."""
    unseen = Notification.objects.filter(person=by, seen_at=None)
    if entry is not None:
        unseen = unseen.filter(entry=entry)
        if but_part:
            unseen = unseen.exclude(part=but_part)
    if notification is not None:
        unseen = unseen.filter(pk=notification.pk)
    unseen.update(seen_at=at)


@transaction.atomic
def erase_part(entry_id: int, part: str, part_id: int) -> None:
    """Take back what was told of a part that is no longer there."""
    Notification.objects.filter(entry_id=entry_id, part=part, part_id=part_id).delete()
