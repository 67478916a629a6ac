"""What letters do in conversations: answer, open a topic, write to an author or to the officers."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.queries import belonging
from collegium.core.access.viewers import Viewer
from collegium.core.files import actions as files
from collegium.core.groups.models import Group
from collegium.core.mail.mailings import tokens
from collegium.core.mail.models import Incoming, Mailing
from collegium.core.mail.registry import Arrival, Fate, Mailbox, Unknown
from collegium.core.people.models import Person, Tenure
from collegium.core.people.queries import speaking_ids

from . import actions
from .actions.writing import PART
from .letters import write_privately
from .meant import Meant, answered, of_subject, told_by
from .models import HeldPost, Post, Topic
from .queries.loaded import group_by_slug
from .rules.topics import LONGEST_TITLE
from .subjects import has_answered, without_marks

State = Incoming.State


# --- answers to a letter


def _bearer(prefix: str) -> Any:
    return lambda local: tokens.read(tokens.ANSWER, local[2:]) if local.startswith(prefix) else None


def _take_answer(arrival: Arrival, bearer: tokens.Bearer) -> Fate:
    _check_bearer(arrival, bearer)
    viewer = _viewer(arrival)
    meant = told_by(bearer.mailing_id, viewer)
    if meant is None:
        raise Unknown
    return _answer_to(arrival, viewer, meant)


def _take_private(arrival: Arrival, bearer: tokens.Bearer) -> Fate:
    post = _post_of(arrival, bearer, _viewer(arrival))
    if not arrival.trusted:
        return Fate(State.REFUSED, "unproved")
    assert post.author is not None  # of what came with an archive no letter went out
    write_privately(post, [post.author], arrival)
    return Fate(State.DONE, entry_id=post.topic_id)


def _check_bearer(arrival: Arrival, bearer: tokens.Bearer) -> None:
    """Unknown for a token made for somebody else; that of an account joined to the writer's is theirs."""
    writer = _writer(arrival).pk
    if bearer.person_id != writer and not Person.objects.filter(pk=bearer.person_id, merged_into=writer).exists():
        raise Unknown("another_person")


def _post_of(arrival: Arrival, bearer: tokens.Bearer, viewer: Viewer) -> Post:
    """What the letter answers; Unknown for a token made for somebody else, and for what the writer may not see now."""
    _check_bearer(arrival, bearer)
    mailing = Mailing.objects.filter(pk=bearer.mailing_id, part=PART).first()
    post = Post.objects.visible_to(viewer).filter(pk__in=[mailing.part_id] if mailing else [])
    found = post.select_related("topic__entry", "topic__group", "author").first()
    if found is None:
        raise Unknown
    return found


# --- letters to a group


def _officers_of(local: str) -> Group | None:
    return group_by_slug(local.removesuffix("-owner")) if local.endswith("-owner") else None


def _take_for_group(arrival: Arrival, group: Group) -> Fate:
    viewer = _viewer(arrival)
    if group.circle is None or not viewer.is_among(group.circle.audience_id):
        raise Unknown
    meant = next(answered(arrival, group, viewer), None)
    if meant is not None:
        return _answer_to(arrival, viewer, meant)
    if has_answered(arrival.reading.subject) and (topic := of_subject(arrival, group, viewer)):
        return _answer(arrival, viewer, topic, seats=_seats(viewer, topic.entry.audience_id))
    return _open(arrival, viewer, group)


def _take_for_officers(arrival: Arrival, group: Group) -> Fate:
    viewer = _viewer(arrival)
    if not viewer.is_among(group.entry.audience_id):
        raise Unknown
    if not arrival.trusted:
        return Fate(State.REFUSED, "unproved")
    officers = Person.objects.filter(pk__in=belonging(group.officers_audience_id, arrival.at))
    if not officers:
        raise Refused(_("The group has no officers at present. Write to the council's team."))
    write_privately(group, list(officers.order_by("pk")), arrival)
    return Fate(State.DONE, entry_id=group.pk)


# --- saying it


def _answer_to(arrival: Arrival, viewer: Viewer, meant: Meant) -> Fate:
    reply_to = meant.number if meant.number > 1 else None
    return _answer(arrival, viewer, meant.topic, seats=meant.seats, reply_to=reply_to)


def _answer(arrival: Arrival, viewer: Viewer, topic: Topic, *, seats: list[int], reply_to: int | None = None) -> Fate:
    made = actions.submit_answer(
        topic,
        raw=_text(arrival),
        tenure=_seat(viewer, seats),
        viewer=viewer,
        at=arrival.at,
        reply_to=reply_to,
        attachments=_uploads(arrival),
        is_unproved=not arrival.trusted,
        trimmed=arrival.reading.removed,
    )
    return _said(made, arrival)


def _open(arrival: Arrival, viewer: Viewer, group: Group) -> Fate:
    title = without_marks(arrival.reading.subject, group.short) or _text(arrival).lstrip("#> ").split("\n")[0]
    assert group.circle is not None  # asked by the caller
    made = actions.submit_topic(
        group,
        kind=Topic.Kind.QUESTION if title.rstrip().endswith("?") else Topic.Kind.DISCUSSION,
        title=title[:LONGEST_TITLE],
        raw=_text(arrival),
        tenure=_seat(viewer, _seats(viewer, group.circle.audience_id)),
        viewer=viewer,
        at=arrival.at,
        attachments=_uploads(arrival),
        is_unproved=not arrival.trusted,
        trimmed=arrival.reading.removed,
    )
    return _said(made, arrival)


def _said(made: Post | Topic | HeldPost, arrival: Arrival) -> Fate:
    reason = "" if arrival.trusted else "unproved"
    if isinstance(made, HeldPost):
        return Fate(State.HELD, reason, made.entry.pk, "held", made.pk)
    post = made if isinstance(made, Post) else Post.objects.get(topic=made.pk, number=1)
    return Fate(State.POSTED, "", post.topic_id, PART, post.pk)


def _text(arrival: Arrival) -> str:
    """What was written; of a letter that only brings files, their names."""
    text = arrival.reading.markdown
    return text or "\n".join(f"- {file.name}" for file in arrival.reading.attachments)


def _uploads(arrival: Arrival) -> list[int]:
    """The files that came along, as uploads of the writer; Refused if one of them is not taken here."""
    person, found = _writer(arrival), []
    for file in arrival.reading.attachments[: files.MOST_PER_PART]:
        kept = files.upload(ContentFile(file.content, name=file.name or _("file")), by=person, at=arrival.at)
        found.append(kept.pk)
    return found


def _seats(viewer: Viewer, audience_id: int) -> list[int]:
    assert viewer.person is not None  # a letter acts for somebody
    return speaking_ids(viewer.person.pk, audience_id, viewer.at)


def _seat(viewer: Viewer, seats: list[int]) -> Tenure | None:
    """The seat one speaks from: of several the one one spoke from last, as the page suggests it."""
    spoken = None
    if len(seats) > 1:
        last = Post.objects.filter(author=viewer.person, tenure__in=seats).order_by("-at")
        spoken = last.values_list("tenure", flat=True).first()
    # Its key is all that those ask for who write.
    return Tenure(pk=spoken or seats[0]) if seats else None


def _writer(arrival: Arrival) -> Person:
    assert arrival.person is not None  # strangers come no further than the door
    return arrival.person


def _viewer(arrival: Arrival) -> Viewer:
    return Viewer.of(_writer(arrival), at=arrival.at)


ANSWERS = Mailbox(_bearer("r-"), _take_answer)
AUTHORS = Mailbox(_bearer("p-"), _take_private)
OFFICERS = Mailbox(_officers_of, _take_for_officers)
GROUPS = Mailbox(group_by_slug, _take_for_group)
