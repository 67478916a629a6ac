"""Going on with a topic in another group: proposed by whoever is in both, agreed to by who opened it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.queries import admits
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.models import Tenure
from collegium.core.people.queries import speaking_tenures
from collegium.core.trail import actions as trail

from .. import events
from ..models import Continuation, HeldPost, Post, Topic
from ..rules import check_continue_topic, check_decide_continuation
from ..rules.moving import WAITS_FOR_AUTHOR
from .holding import link_continued, submit_topic
from .writing import author_of, lock_topic

State = Continuation.State


@transaction.atomic
def propose_continuation(topic: Topic, *, to: Group, viewer: Viewer, at: datetime) -> Continuation:
    """Ask the author of the opening post whether it may be shown in another group; nothing else ever is."""
    locked = lock_topic(topic.pk)
    group = Group.objects.select_related("circle").get(pk=to.pk)
    check_continue_topic(viewer, locked, group)
    author_id = _author_of(_opening(locked))
    assert group.circle is not None  # the rule has seen to it
    if not speaking_tenures(author_id, group.circle.audience_id, at):
        raise Refused(_("Whoever opened the topic holds no seat in that group, and could not read the answers."))
    asked = Continuation.objects.filter(topic=locked, to_group=group, state=State.WAITING)
    asked.filter(proposed_at__lt=at - WAITS_FOR_AUTHOR).update(state=State.LAPSED, decided_at=at)
    if asked.exists():
        raise Refused(_("This is proposed already, and waits for whoever opened the topic."))
    made = Continuation.objects.create(
        topic=locked,
        to_group=group,
        audience=group.circle.audience,
        author_id=author_id,
        proposed_by=author_of(viewer),
        proposed_at=at,
    )
    facts = {"continuation": made.pk}
    audience = locked.group.officers_audience_id
    trail.record(events.CONTINUATION_PROPOSED, on=made, by=viewer.person, at=at, audience=audience, facts=facts)
    return made


def _opening(topic: Topic) -> Post:
    opening = Post.objects.get(topic=topic, number=1)
    if opening.deleted_at is not None:
        raise Refused(_("The opening post was deleted: there is nothing to continue with."))
    return opening


def _author_of(opening: Post) -> int:
    if opening.author_id is None:
        raise Refused(_("Whoever opened the topic is not known here, and cannot be asked."))
    return opening.author_id


@transaction.atomic
def agree_to_continuation(continuation: Continuation, *, viewer: Viewer, at: datetime) -> Topic | HeldPost:
    """Open a topic in the other group with one's opening post; linked both ways, for those who read both.

    As anything one writes there it may have to wait for an officer.
    """
    locked = _lock(continuation)
    check_decide_continuation(viewer, locked)
    topic, group = locked.topic, locked.to_group
    if not admits(topic.entry.audience_id, locked.author_id, at):
        raise Refused(_("You can no longer see this topic."))
    if group.circle is None or group.circle.audience_id != locked.audience_id:
        raise Refused(_("Meanwhile that group admits others than you were told of; it can be proposed again."))
    opening = _opening(topic)
    tenure = _seat(opening, locked.audience_id, at)
    written: dict[str, Any] = {"kind": topic.kind, "title": topic.entry.title, "raw": opening.raw, "tenure": tenure}
    opened = submit_topic(group, viewer=viewer, at=at, audience_id=locked.audience_id, **written)
    if isinstance(opened, HeldPost):
        opened.continues = topic
        opened.save(update_fields=["continues"])
    else:
        link_continued(opened, topic, author=viewer)
    _decide(locked, State.AGREED, at)
    audience, facts = topic.group.officers_audience_id, {"continuation": locked.pk}
    trail.record(events.CONTINUATION_AGREED, on=locked, by=viewer.person, at=at, audience=audience, facts=facts)
    return opened


def _seat(opening: Post, audience_id: int, at: datetime) -> Tenure | None:
    """The seat one spoke from, if it is admitted there, or else one's first that is."""
    seats = speaking_tenures(_author_of(opening), audience_id, at)
    return next((seat for seat in seats if seat.pk == opening.tenure_id), seats[0] if seats else None)


@transaction.atomic
def decline_continuation(continuation: Continuation, *, viewer: Viewer, at: datetime) -> Continuation:
    """Rather not: nothing happens."""
    locked = _lock(continuation)
    check_decide_continuation(viewer, locked)
    _decide(locked, State.DECLINED, at)
    audience, facts = locked.topic.group.officers_audience_id, {"continuation": locked.pk}
    trail.record(events.CONTINUATION_DECLINED, on=locked, by=viewer.person, at=at, audience=audience, facts=facts)
    return locked


def _lock(continuation: Continuation) -> Continuation:
    rows = Continuation.objects.select_for_update(of=("self",), no_key=True)
    found: Continuation = rows.select_related("topic__entry", "topic__group", "to_group__circle").get(
        pk=continuation.pk
    )
    return found


def _decide(continuation: Continuation, state: str, at: datetime) -> None:
    continuation.state, continuation.decided_at = state, at
    continuation.save(update_fields=["state", "decided_at"])
