"""Who may open, answer, change and run a conversation.

None of these asks the database: a button costs nothing. Whether a seat may speak is asked by the action itself, in the
statement that locks the topic; see `queries.speakers`.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.rules import check_writes
from collegium.design.text import MAX_BYTES, clean_text

from ..models import Post, Topic

LONGEST_TITLE = 200


def allows(check: Callable[..., None], *things: Any, **facts: Any) -> bool:
    """Whether a rule lets it pass: `allows(check_pin_topic, viewer, topic)` for a button."""
    try:
        check(*things, **facts)
    except Refused:
        return False
    return True


def is_officer(viewer: Viewer, topic: Topic) -> bool:
    """Whether the viewer is an officer of the topic's group, its council liaison included."""
    return viewer.is_among(topic.group.officers_audience_id)


def is_asker(viewer: Viewer, topic: Topic) -> bool:
    """Whether the viewer opened the topic."""
    return viewer.person_id is not None and viewer.person_id == topic.entry.author_id


def is_author(viewer: Viewer, post: Post) -> bool:
    """Whether the viewer wrote the post; of what was brought in nobody may be known to have."""
    return viewer.person_id is not None and viewer.person_id == post.author_id


def is_heir(viewer: Viewer, topic: Topic) -> bool:
    """Whether the question was handed on to the viewer."""
    return viewer.person_id is not None and viewer.person_id == topic.handed_to_id


# --- what is written


def check_title(title: str) -> str:
    """The title in one clean line; Refused if there is none, or it is too long or holds what cannot be seen."""
    return cleaned(title, longest=LONGEST_TITLE, multiline=False, empty=_("Give it a title."))


def check_text(raw: str) -> str:
    """The text as it is kept; Refused if there is none, or it is over 100 kB or holds what cannot be seen."""
    text = cleaned(raw, longest=MAX_BYTES, multiline=True, empty=_("Write something first."))
    if len(text) > MAX_BYTES // 4 and len(text.encode()) > MAX_BYTES:
        raise Refused(_("This is too long: a post has room for %(room)s kB.") % {"room": MAX_BYTES // 1000})
    return text


def cleaned(value: str, *, longest: int, multiline: bool, empty: str) -> str:
    """The words as they are kept; Refused with `empty`, if there is such a reason, where there are none."""
    try:
        text = clean_text(value, max_length=longest, multiline=multiline)
    except ValueError as error:
        raise Refused(str(error)) from error
    if not text and empty:
        raise Refused(empty)
    return text


def _check_passes_nobody_by(is_held: bool) -> None:
    """What was released stands as the officers read it."""
    if is_held:
        raise Refused(
            _(
                "What you write here waits for the group's officers, and what is changed afterwards would pass them "
                "by: write an answer instead."
            )
        )


# --- topics


def check_open_topic(
    viewer: Viewer,
    group: Group,
    *,
    audience_id: int,
    kind: str = Topic.Kind.DISCUSSION,
    earlier: Collection[int] = (),
) -> None:
    """A member opens topics for the circle as it is now, an officer also for the officers.

    What was held is for those it was written for: the group's `earlier` circles, by their audiences.
    """
    if kind not in Topic.Kind.values:
        raise Refused(_("There is no such kind of topic."))
    present = group.circle.audience_id if group.circle else None
    if audience_id in viewer.reading_ids:
        raise Refused(_("You read this group for the council's team: you can look, but not write."))
    if audience_id not in (present, group.officers_audience_id, *earlier) or not viewer.is_among(audience_id):
        raise Refused(_("Only members of the group can open a topic in it."))
    check_writes(viewer, audience_id)


def check_answer_topic(viewer: Viewer, topic: Topic) -> None:
    """Whoever sees an open topic answers it; what belongs to a sealed archive is only read."""
    check_sees_and_writes(viewer, topic)
    check_unsealed(topic)
    if topic.closed_at is not None:
        raise Refused(_("This topic is closed: it can be read, but not answered."))


def check_unsealed(topic: Topic) -> None:
    """Not part of an archive that the group has not opened: whoever wrote it could not be told of an answer."""
    if topic.is_sealed:
        raise Refused(_("This is part of an archive the group has not opened yet: it can be read, but not answered."))


def check_follow_topic(viewer: Viewer, topic: Topic) -> None:
    """Whoever belongs to its audience: of what one only reads nothing is sent."""
    check_sees(viewer, topic)


def check_retitle_topic(viewer: Viewer, topic: Topic, *, is_held: bool) -> None:
    """Whoever opened the topic, unless what they write in its group is held; or an officer."""
    _check_asker_or_officer(viewer, topic)
    _check_passes_nobody_by(is_held)


def check_close_topic(viewer: Viewer, topic: Topic) -> None:
    """Whoever opened the topic, or an officer, while it is open."""
    _check_asker_or_officer(viewer, topic)
    if topic.closed_at is not None:
        raise Refused(_("This topic is closed already."))


def check_reopen_topic(viewer: Viewer, topic: Topic) -> None:
    """An officer; whoever opened the topic reopens it unless an officer closed it."""
    _check_asker_or_officer(viewer, topic)
    if topic.closed_at is None:
        raise Refused(_("This topic is open already."))
    if topic.closed_by_id != viewer.person_id and not is_officer(viewer, topic):
        raise Refused(_("An officer of the group closed this topic; an officer can reopen it."))


def check_pin_topic(viewer: Viewer, topic: Topic) -> None:
    """An officer, what is not pinned yet."""
    check_officer(viewer, topic)
    if topic.pinned_at is not None:
        raise Refused(_("This topic is pinned already."))


def check_unpin_topic(viewer: Viewer, topic: Topic) -> None:
    """An officer, what is pinned."""
    check_officer(viewer, topic)
    if topic.pinned_at is None:
        raise Refused(_("This topic is not pinned."))


# --- posts


def check_edit_post(viewer: Viewer, post: Post, *, is_held: bool) -> None:
    """Whoever wrote it, while they see it and it is there, unless what they write in its group is held."""
    check_sees_and_writes(viewer, post.topic)
    if not is_author(viewer, post):
        raise Refused(_("Only its author can edit a post."))
    if post.deleted_at is not None:
        raise Refused(_("This post was deleted."))
    _check_passes_nobody_by(is_held)


def check_delete_post(viewer: Viewer, post: Post) -> None:
    """Whoever wrote it, at any time; or an officer; once."""
    check_sees(viewer, post.topic)
    if not is_author(viewer, post):
        if not is_officer(viewer, post.topic):
            raise Refused(_("Only its author or an officer of the group can delete a post."))
        check_officer(viewer, post.topic)
    if post.deleted_at is not None:
        raise Refused(_("This post was deleted."))


def may_read_why(viewer: Viewer, post: Post) -> bool:
    """Whether the viewer reads why a post was deleted: its author and the officers do."""
    return is_author(viewer, post) or is_officer(viewer, post.topic)


def check_accept_answer(viewer: Viewer, post: Post) -> None:
    """Whoever asked, whoever it was handed on to, or an officer: a standing post, not the question itself."""
    _check_answered(viewer, post.topic)
    if post.topic.kind != Topic.Kind.QUESTION:
        raise Refused(_("Only a question has an accepted answer."))
    if post.number == 1:
        raise Refused(_("The question itself cannot be its answer."))
    if post.deleted_at is not None:
        raise Refused(_("This post was deleted."))
    if post.topic.accepted_id == post.pk:
        raise Refused(_("This is the accepted answer already."))


def check_unaccept_answer(viewer: Viewer, topic: Topic) -> None:
    """Whoever asked, whoever it was handed on to, or an officer, where an answer is accepted."""
    _check_answered(viewer, topic)
    if topic.accepted_id is None:
        raise Refused(_("No answer is accepted."))


def check_hand_on_question(topic: Topic) -> None:
    """A question nobody has answered; who hands it on, the departure has asked."""
    if topic.kind != Topic.Kind.QUESTION or topic.state != Topic.State.OPEN:
        raise Refused(_("Only an open question is handed on."))


def check_take_back_question(topic: Topic) -> None:
    """What is handed on."""
    if topic.handed_to_id is None:
        raise Refused(_("This question is not handed on."))


# --- who


def check_sees(viewer: Viewer, topic: Topic) -> None:
    """The door has shown the topic already; what may have changed since is asked again under the lock."""
    if topic.entry.audience_id in viewer.reading_ids:
        raise Refused(_("You read this group for the council's team: you can look, but not write."))
    if not viewer.is_among(topic.entry.audience_id):
        raise Refused(_("You can no longer see this topic."))


def check_sees_and_writes(viewer: Viewer, topic: Topic) -> None:
    """Somebody who sees it, unless their society's people read only for now: what changes a conversation asks this."""
    check_sees(viewer, topic)
    check_writes(viewer, topic.entry.audience_id)


def check_officer(viewer: Viewer, topic: Topic) -> None:
    """An officer of the topic's group, who sees the topic, and whose office is not at rest with their society."""
    check_sees(viewer, topic)
    if not is_officer(viewer, topic):
        raise Refused(_("Only an officer of the group can do this."))
    check_writes(viewer, topic.group.officers_audience_id)


def _check_asker_or_officer(viewer: Viewer, topic: Topic) -> None:
    if is_officer(viewer, topic) and not is_asker(viewer, topic):
        check_officer(viewer, topic)
        return
    check_sees_and_writes(viewer, topic)
    if not is_asker(viewer, topic):
        raise Refused(_("Only whoever opened the topic or an officer of the group can do this."))


def _check_answered(viewer: Viewer, topic: Topic) -> None:
    """Who says which answer it was."""
    if is_heir(viewer, topic):
        check_sees_and_writes(viewer, topic)
    else:
        _check_asker_or_officer(viewer, topic)
