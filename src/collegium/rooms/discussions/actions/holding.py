"""Posts that wait for an officer: what is written is published or held, and what is held is released or not."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries import actions as entries
from collegium.core.files import actions as files
from collegium.core.groups.models import Circle, Group
from collegium.core.notices import actions as notices
from collegium.core.trail import actions as trail
from collegium.core.trail.registry import Past

from .. import events
from ..models import HeldPost, Post, Topic
from ..queries.speakers import Speaker
from ..rules import (
    check_decide_held,
    check_edit_held,
    check_own_held,
    check_text,
    check_title,
    check_words,
)
from .posts import answer_topic, publish_answer
from .saying import is_held, ready_answer, ready_topic
from .topics import publish_topic
from .writing import HasKey, acting_for, author_of

PART = "held"
State = HeldPost.State


@transaction.atomic
def submit_answer(
    topic: Topic,
    *,
    raw: str,
    tenure: HasKey | None,
    viewer: Viewer,
    at: datetime,
    reply_to: int | None = None,
    attachments: Iterable[int] = (),
    seen: int | None = None,
    is_unproved: bool = False,
    trimmed: str = "",
) -> Post | HeldPost:
    """Publish an answer, or hold it where the group says so: what every door calls with what somebody wrote.

    What is not proved to be from its writer is held everywhere. `trimmed` is what was cut off a letter, kept beside it.

    What is held is asked under the lock: nothing written after the officers decided passes them by.
    """
    answer = ready_answer(topic, raw=raw, tenure=tenure, reply_to=reply_to, viewer=viewer, at=at)
    where = answer.topic
    if not is_unproved and not is_held(viewer, where.group):
        return publish_answer(answer, attachments, seen=seen, viewer=viewer, at=at, trimmed=trimmed)
    what = {"topic": where, "group": where.group, "audience_id": where.entry.audience_id, "reply_to": answer.reply_to}
    what["is_unproved"] = is_unproved
    return _hold(what, answer.raw, attachments, speaker=answer.speaker, viewer=viewer, at=at)


@transaction.atomic
def submit_topic(
    group: Group,
    *,
    viewer: Viewer,
    at: datetime,
    since: datetime | None = None,
    audience_id: int | None = None,
    attachments: Iterable[int] = (),
    is_unproved: bool = False,
    trimmed: str = "",
    **written: Any,
) -> Topic | HeldPost:
    """Publish a new topic, or hold it where the group says so, or where it is not proved to be from its writer.

    `written` is as `open_topic` takes it.
    """
    opening = ready_topic(group, audience_id=audience_id, viewer=viewer, at=at, **written)
    if not is_unproved and not is_held(viewer, opening.group):
        return publish_topic(opening, attachments, since=since, viewer=viewer, at=at, trimmed=trimmed)
    what = {"group": opening.group, "kind": opening.kind, "title": opening.title, "audience_id": opening.audience_id}
    what |= {"continues": None, "is_unproved": is_unproved}
    return _hold(what, opening.raw, attachments, speaker=opening.speaker, viewer=viewer, at=at)


def _hold(
    what: dict[str, Any], raw: str, attachments: Iterable[int], *, speaker: Speaker, viewer: Viewer, at: datetime
) -> HeldPost:
    """Keep it under the caller's lock: the same sent twice waits once."""
    same = HeldPost.objects.waiting().filter(**what, author=viewer.person_id, raw=raw)
    if sent := same.order_by("pk").first():
        return sent
    held = HeldPost.objects.create(
        **what, raw=raw, author=author_of(viewer), tenure_id=speaker.tenure_id, at=at, state=State.WAITING
    )
    files.set_aside(attachments, part=PART, part_id=held.pk, by=viewer.person)
    _record(events.POST_HELD, held, viewer=viewer, at=at, acting_for=acting_for(speaker))
    return held


def _record(event: Past, held: HeldPost, *, viewer: Viewer, at: datetime, **more: Any) -> None:
    """For the officers alone: to everybody else nothing was written."""
    trail.record(event, on=held, by=viewer.person, at=at, audience=held.group.officers_audience_id, **more)


def _lock(held: HeldPost) -> HeldPost:
    rows = HeldPost.objects.select_for_update(of=("self",), no_key=True)
    found: HeldPost = rows.select_related("group__entry", "topic__entry", "topic__group", "author", "continues").get(
        pk=held.pk
    )
    return found


# --- by its author


@transaction.atomic
def edit_held(held: HeldPost, *, raw: str, title: str = "", viewer: Viewer, at: datetime) -> HeldPost:
    """Change the wording of what waits; of a new topic the title too."""
    raw = check_text(raw)
    locked = _lock(held)
    check_edit_held(viewer, locked)
    title = "" if locked.topic_id else check_title(title)
    if (raw, title) == (locked.raw, locked.title):
        raise Refused(_("This is its wording already."))
    locked.raw, locked.title, locked.edited_at = raw, title, at
    locked.save(update_fields=["raw", "title", "edited_at"])
    _record(events.HELD_EDITED, locked, viewer=viewer, at=at)
    return locked


@transaction.atomic
def withdraw_held(held: HeldPost, *, viewer: Viewer, at: datetime) -> HeldPost:
    """Take back what waits, or clear away what was refused: its words and files are erased."""
    locked = _lock(held)
    check_own_held(viewer, locked, while_in=(State.WAITING, State.REFUSED))
    locked.raw = locked.title = locked.answer = ""
    _decide(locked, State.WITHDRAWN, viewer=viewer, at=at)
    files.discard_set_aside(PART, locked.pk)
    _record(events.HELD_WITHDRAWN, locked, viewer=viewer, at=at)
    return locked


# --- by an officer


@transaction.atomic
def release_held(held: HeldPost, *, viewer: Viewer, at: datetime) -> Post:
    """Publish it in its author's name, as of now; Refused, with the reason, if they could not write it themselves."""
    locked = _lock(held)
    check_decide_held(viewer, locked)
    author = Viewer.of(locked.author, at=at)
    try:
        locked.post = _publish(locked, author)
    except Refused as refusal:
        raise Refused(_("It cannot be published: %(reason)s") % {"reason": refusal.reason}) from refusal
    if locked.continues and locked.post:
        link_continued(locked.post.topic, locked.continues, author=author)
    locked.raw = locked.title = ""
    _decide(locked, State.RELEASED, viewer=viewer, at=at)
    _record(events.HELD_RELEASED, locked, viewer=viewer, at=at)
    assert locked.post is not None  # it was just published
    return locked.post


def _publish(held: HeldPost, author: Viewer) -> Post:
    by: dict[str, Any] = {"viewer": author, "at": author.at}
    written: dict[str, Any] = {"raw": held.raw, "tenure": held.tenure} | by
    attachments = files.take_up(PART, held.pk)
    if held.topic:
        return answer_topic(held.topic, reply_to=held.reply_to, attachments=attachments, **written)
    # Of a group that was widened meanwhile, those whom its author could expect read it, and nobody else.
    earlier = Circle.objects.filter(group=held.group, opened_at__isnull=False).values_list("audience", flat=True)
    written |= {"kind": held.kind, "title": held.title, "audience_id": held.audience_id}
    topic = publish_topic(ready_topic(held.group, earlier=earlier, **written), attachments, **by)
    return Post.objects.select_related("topic__entry").get(topic=topic, number=1)


def link_continued(topic: Topic, continues: Topic, *, author: Viewer) -> None:
    """The new topic goes on from the other, for those who read both; not if its author no longer does."""
    if author.is_among(continues.entry.audience_id):
        entries.link(topic.entry, continues.entry, kind="continues", viewer=author, at=author.at)


@transaction.atomic
def refuse_held(held: HeldPost, *, words: str, viewer: Viewer, at: datetime) -> HeldPost:
    """Do not publish it; its author reads why, and keeps what they wrote."""
    words = check_words(words, empty=_("Say why: its author will read it."))
    locked = _lock(held)
    check_decide_held(viewer, locked)
    locked.answer = words
    _decide(locked, State.REFUSED, viewer=viewer, at=at)
    _record(events.HELD_REFUSED, locked, viewer=viewer, at=at)
    return locked


def _decide(held: HeldPost, state: str, *, viewer: Viewer, at: datetime) -> None:
    """Keep who decided and when, and take back what the officers were told."""
    held.state, held.decided_by, held.decided_at = state, viewer.person, at
    held.save(update_fields=["state", "decided_by", "decided_at", "raw", "title", "answer", "post"])
    notices.erase_part(held.entry.pk, PART, held.pk)
