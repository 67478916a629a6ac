"""Two personas of the demo council read digests, and have some of what was said in the last days."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from collegium.core.access.viewers import Viewer
from collegium.core.groups.queries import groups_of
from collegium.core.mail.digests.writing import write_due
from collegium.core.mail.models import Delivery
from collegium.core.mail.registry import mailings
from collegium.core.notices import actions as notices
from collegium.core.notices.actions import tell
from collegium.core.notices.models import Level
from collegium.core.notices.registry import tellers
from collegium.core.people.demo import PERSONAS
from collegium.core.people.models import Person
from collegium.core.trail.models import Event

DAY = timedelta(days=1)
# What was said since then is told; before, it was told long ago.
TOLD = timedelta(days=4)
LEVELS = {"second-peer": Level.DAILY, "two-seats": Level.WEEKLY}


def load(at: datetime) -> None:
    """Their choices, then day after day who was told of what, and the digests of each day."""
    handles = {persona.key: persona.handle for persona in PERSONAS}
    for key, level in LEVELS.items():
        _choose(Person.objects.get(handle=handles[key]), level, at=at)
    written = at - TOLD
    for event in said_lately(at):
        while written + DAY <= event.at:
            written += DAY
            write_due(at=written)
        _tell(event)
    write_due(at=at)
    # Where a relay takes them, they have not waited for days.
    Delivery.objects.filter(state=Delivery.State.WAITING).update(due_at=at)


def said_lately(at: datetime) -> QuerySet[Event]:
    """What many are told of by letter, of the last days, oldest first."""
    names = [name for name, _kind in mailings.items()]
    said = Event.objects.filter(name__in=names, at__gt=at - TOLD, at__lte=at)
    return said.select_related("entry").order_by("at", "pk")


def _choose(person: Person, level: Level, *, at: datetime) -> None:
    """Of all groups; the weekly one came in the last hour, so that there is one to see."""
    for group in groups_of(Viewer.of(person, at=at)):
        notices.choose_level(group.entry, level=level, by=person)
    local = at.astimezone(ZoneInfo(person.time_zone))
    notices.choose_digests(hour=local.hour, weekday=local.isoweekday(), by_group=level == Level.DAILY, by=person)


def _tell(event: Event) -> None:
    """As the worker would have done it when it was said; its job finds that done."""
    addressed = tell(event, at=event.at)
    for teller in tellers.all():
        teller(event, addressed=addressed, at=event.at)
