"""Answering a topic, editing a post, deleting one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.entries.actions import erase_passages, replace_passages, write_passages
from collegium.core.files import actions as files
from collegium.core.files.models import Attachment
from collegium.core.notices import actions as notices
from collegium.core.trail import actions as trail

from .. import events
from ..drawing import article_html, tombstone_html
from ..models import Post, Revision, Topic
from ..rules import check_delete_post, check_edit_post, check_text, check_words, is_author
from .answers import withdraw_acceptance
from .saying import Answer, is_held, ready_answer
from .writing import (
    PART,
    HasKey,
    acting_for,
    attach,
    author_of,
    facets_of,
    facets_of_post,
    facts_of,
    insert_post,
    lock_post,
    lock_post_to_reword,
    render,
    text_of,
)


@transaction.atomic
def answer_topic(
    topic: Topic,
    *,
    raw: str,
    tenure: HasKey | None,
    viewer: Viewer,
    at: datetime,
    reply_to: int | None = None,
    attachments: Iterable[int] = (),
    seen: int | None = None,
) -> Post:
    """Say something in an open topic, to all or to the post with the number `reply_to`.

    Numbers have no gaps: the topic is locked first. With `seen`, the newest number when the form was drawn, the same
    answer sent twice is one post. Seven round trips with BEGIN and COMMIT, one
    more for mentions, and one for the first answer of a person.
    """
    answer = ready_answer(topic, raw=raw, tenure=tenure, reply_to=reply_to, viewer=viewer, at=at)
    return publish_answer(answer, attachments, seen=seen, viewer=viewer, at=at)


def publish_answer(
    answer: Answer,
    attachments: Iterable[int],
    *,
    seen: int | None = None,
    viewer: Viewer,
    at: datetime,
    trimmed: str = "",
) -> Post:
    """Insert it under the caller's lock; what was sent before is found again."""
    topic, speaker = answer.topic, answer.speaker
    if seen is not None and (sent := _sent_before(topic, raw=answer.raw, viewer=viewer, seen=seen)):
        return sent
    post, body = insert_post(
        topic, raw=answer.raw, reply_to=answer.reply_to, speaker=speaker, viewer=viewer, at=at, trimmed=trimmed
    )
    seat = facets_of(speaker.society_id, speaker.function_id)
    attach(post, attachments, body=body, by=viewer.person, facets=seat)
    write_passages([text_of(post, body, facets=seat)])
    if not answer.follows:
        notices.follow_by_taking_part(topic.entry, by=viewer.person)
    facts = facts_of(post, reply_to=answer.reply_to, mentions=post.mentions)
    trail.record(events.TOPIC_ANSWERED, on=post, by=viewer.person, at=at, acting_for=acting_for(speaker), facts=facts)
    return post


def _sent_before(topic: Topic, *, raw: str, viewer: Viewer, seen: int) -> Post | None:
    if seen >= topic.last_number:
        return None
    newer = Post.objects.filter(topic=topic, number__gt=seen, author=viewer.person_id, raw=raw)
    return newer.order_by("number").first()


@transaction.atomic
def edit_post(post: Post, *, raw: str, viewer: Viewer, at: datetime) -> Post:
    """Give one's own post another wording; the old one stays readable, and only who is newly mentioned is told."""
    raw = check_text(raw)
    locked = lock_post_to_reword(post)
    check_edit_post(viewer, locked, is_held=is_held(viewer, locked.topic.group))
    if raw == locked.raw:
        raise Refused(_("This is its wording already."))
    Revision.objects.create(post=locked, raw=locked.raw, by=author_of(viewer), at=at)
    body, mentions = render(raw, audience_id=locked.entry.audience_id, at=at)
    newly = sorted(set(mentions) - set(locked.mentions))
    locked.raw, locked.mentions, locked.edited_at = raw, mentions, at
    attached = Attachment.objects.of_part(locked.topic_id, PART, locked.pk).order_by("pk")
    locked.article = article_html(locked, body=body, files=attached)
    locked.save(update_fields=["raw", "mentions", "edited_at", "article"])
    seat = facets_of_post(locked)
    replace_passages(text_of(locked, body, facets=seat))
    trail.record(events.POST_EDITED, on=locked, by=viewer.person, at=at, facts=facts_of(locked, mentions=newly))
    return locked


@transaction.atomic
def delete_post(post: Post, *, viewer: Viewer, at: datetime, words: str = "") -> Post:
    """Erase what a post said, with its old wordings, files, passages and notifications; a tombstone stays.

    An officer says why, in words for its author.
    """
    locked = lock_post(post)
    check_delete_post(viewer, locked)
    is_own = is_author(viewer, locked)
    locked.deletion_words = "" if is_own else check_words(words, empty=_("Say why: its author will read it."))
    if locked.topic.accepted_id == locked.pk:
        withdraw_acceptance(locked.topic, number=locked.number, viewer=viewer, at=at)
    locked.raw, locked.mentions, locked.trimmed = "", [], ""
    locked.deleted_at, locked.deleted_by = at, viewer.person
    locked.article = tombstone_html(locked)
    locked.save(update_fields=["raw", "trimmed", "mentions", "deleted_at", "deleted_by", "deletion_words", "article"])
    Revision.objects.filter(post=locked).delete()
    erase_passages(locked.topic_id, PART, locked.pk)
    files.erase_part(locked.topic_id, PART, locked.pk)
    notices.erase_part(locked.topic_id, PART, locked.pk)
    trail.record(events.POST_DELETED, on=locked, by=viewer.person, at=at, facts=facts_of(locked))
    return locked
