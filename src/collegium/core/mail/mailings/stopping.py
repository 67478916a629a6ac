"""Ending the letters of a kind, as its reader asks: by one click of a mail system, by a letter, or on a page."""

from __future__ import annotations

from datetime import datetime

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.groups.queries import groups_of
from collegium.core.notices import actions as notices
from collegium.core.notices.models import LetterSwitch, Level, Preference
from collegium.core.notices.registry import Notice
from collegium.core.notices.registry import notices as known
from collegium.core.people.models import Person

from ..models import Digest, Mailing


def stop(mailing: Mailing, *, by: Person, at: datetime) -> None:
    """No more letters like this one; Refused for a notice that is statutory.

    A digest ends for all groups in it: what is addressed to its reader still comes, as it never was in one.
    """
    notice = notice_of(mailing)
    if notice is not None:
        notices.switch_letter_off(notice.name, by=by)
        return
    level = Level.NOTHING if mailing.entry else Level.MENTIONS
    for place in places_of(mailing, by=by, at=at):
        notices.choose_level(place, level=level, by=by)


def is_wanted(mailing: Mailing, *, by: Person, at: datetime) -> bool:
    """Whether there is anything to stop: a letter that cannot be stopped, or was before, leaves nothing."""
    notice = notice_of(mailing)
    if notice is not None:
        is_off = LetterSwitch.objects.filter(person=by, notice=notice.name, is_on=False).exists()
        return not notice.is_statutory and not is_off
    places = places_of(mailing, by=by, at=at)
    return bool(places) and not (
        mailing.entry and Preference.objects.filter(person=by, place=places[0], level=Level.NOTHING).exists()
    )


def notice_of(mailing: Mailing) -> type[Notice] | None:
    """The notice it is the letter of, if it is one's."""
    found: type[Notice] | None = known.get(mailing.kind) if mailing.kind in known else None
    return found


def places_of(mailing: Mailing, *, by: Person, at: datetime) -> list[Entry]:
    """The groups whose letters it is of; of a digest over all, those of which one wants digests as often."""
    if mailing.entry is not None:
        return [mailing.entry.place or mailing.entry]
    digest = Digest.objects.select_related("place").filter(pk=mailing.pk).first()
    if digest is None:
        return []
    if digest.place is not None:
        return [digest.place]
    chosen = dict(Preference.objects.filter(person=by).values_list("place", "level"))
    groups: list[Group] = list(groups_of(Viewer.of_recipient(by, at=at)))
    return [group.entry for group in groups if chosen.get(group.pk, group.default_level) == digest.cadence]
