"""Moving a topic to where nobody new reads it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.core.access.actions import keep_admissions_still
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries.actions import change_audience, change_place
from collegium.core.groups.models import Group
from collegium.core.trail import actions as trail

from .. import events
from ..models import Continuation, HeldPost, Report, Topic
from ..queries.moving import Newcomers, let_in_by
from ..rules import check_move_topic
from .writing import lock_topic


@transaction.atomic
def move_topic(topic: Topic, *, to: Group, audience_id: int, viewer: Viewer, at: datetime) -> Topic:
    """Take a topic to another group, or to the officers; only where nobody reads it who does not read it now.

    Follows, read marks and the address stay; a pin does not.
    """
    locked = lock_topic(topic.pk)
    # Its circle may be another than the one on the form: the rule compares with the one that is current under the lock.
    group = Group.objects.select_for_update(of=("self",), no_key=True).select_related("circle").get(pk=to.pk)
    check_move_topic(viewer, locked, group, audience_id)
    _refuse_while_something_waits(locked)
    keep_admissions_still()
    _refuse_newcomers(let_in_by(locked, audience_id, at))
    before, left = locked.entry.audience_id, locked.group
    if before != audience_id:
        change_audience(locked.entry, to=audience_id, by=viewer.person, at=at)
        locked.entry.audience_id = audience_id
    locked.group, locked.pinned_by, locked.pinned_at = group, None, None
    locked.save(update_fields=["group", "pinned_by", "pinned_at"])
    locked.entry.place_id = change_place(locked.entry, to=group.pk).place_id
    Continuation.objects.filter(topic=locked, state=Continuation.State.WAITING).update(
        state=Continuation.State.LAPSED, decided_at=at
    )
    _record(locked, left, before, viewer=viewer, at=at)
    return locked


def _refuse_while_something_waits(topic: Topic) -> None:
    """Those who decide about it are those its writers could expect."""
    if HeldPost.objects.waiting().filter(topic=topic).exists():
        raise Refused(_("Answers to it wait for an officer: decide about them first."))
    if Report.objects.open().filter(post__topic=topic).exists():
        raise Refused(_("A post in it is reported: decide about that first."))


def _refuse_newcomers(newcomers: Newcomers) -> None:
    if not newcomers.persons:
        return
    people = ngettext("%(count)s person", "%(count)s people", newcomers.persons) % {"count": newcomers.persons}
    places = ngettext("%(count)s society", "%(count)s societies", newcomers.societies) % {"count": newcomers.societies}
    words = _(
        "There it would be read, now or later, by %(people)s of %(places)s who cannot read it here. A topic is never "
        "shown to people its writers could not expect: continue it there instead."
    )
    raise Refused(words % {"people": people, "places": places})


def _record(topic: Topic, left: Group, before: int, *, viewer: Viewer, at: datetime) -> None:
    """In the topic's history and in that of both groups, each for those who could read the topic there."""
    facts = {"topic": topic.pk}
    trail.record(events.TOPIC_MOVED, on=topic, by=viewer.person, at=at, facts={"from": left.pk, "to": topic.group_id})
    trail.record(events.TOPIC_MOVED_AWAY, on=left, by=viewer.person, at=at, audience=before, facts=facts)
    here = topic.entry.audience_id
    trail.record(events.TOPIC_MOVED_HERE, on=topic.group, by=viewer.person, at=at, audience=here, facts=facts)
