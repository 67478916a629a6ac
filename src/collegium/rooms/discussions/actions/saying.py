"""What goes before saying something, whether it is then published or held: locked, looked at, and who speaks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.statements import row
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.models import Person
from collegium.core.people.rules import reads_only

from ..models import Topic
from ..queries.loaded import GROUP_LOCKED_SQL, take_group
from ..queries.moderation import published
from ..queries.speakers import SILENT_SINCE, Speaker, speaking
from ..rules import check_answer_topic, check_open_topic, check_text, check_title, may_be_held
from .writing import HasKey, author_of, lock_topic_to_speak

# --- an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that may be given: the words as they are kept, the topic locked, its group as it is now.

    `follows` says that its author has chosen before whether to hear of the topic, if only by answering.
    """

    topic: Topic
    raw: str
    reply_to: int | None
    speaker: Speaker
    follows: bool


def ready_answer(
    topic: Topic, *, raw: str, tenure: HasKey | None, reply_to: int | None, viewer: Viewer, at: datetime
) -> Answer:
    """Lock the topic and look at everything; Refused if the viewer cannot say this there."""
    raw = check_text(raw)
    locked, speaker, follows = lock_topic_to_speak(topic.pk, tenure, viewer=viewer, at=at)
    check_answer_topic(viewer, locked)
    speaker = check_speaker(speaker)
    if reply_to is not None and not 1 <= reply_to <= locked.last_number:
        raise Refused(_("The post you answer is not there."))
    return Answer(locked, raw, reply_to, speaker, follows)


# --- a topic


@dataclass(frozen=True, slots=True)
class Opening:
    """A topic that may be opened: its words as they are kept, and its group as it is now."""

    group: Group
    kind: str
    title: str
    raw: str
    audience_id: int
    speaker: Speaker


def ready_topic(
    group: Group,
    *,
    kind: str,
    title: str,
    raw: str,
    tenure: HasKey | None,
    audience_id: int | None,
    viewer: Viewer,
    at: datetime,
    earlier: Collection[int] = (),
) -> Opening:
    """Lock the author and look at everything; Refused if the viewer cannot open this there.

    `earlier` is as `check_open_topic` takes it.
    """
    title, raw = check_title(title), check_text(raw)
    group = _group_as_it_is(group.pk)
    if audience_id is None:
        audience_id = group.circle.audience_id if group.circle else 0
    check_open_topic(viewer, group, audience_id=audience_id, kind=kind, earlier=earlier)
    # One's own topics are opened one after the other: of two clicks the second finds what the first has done.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=author_of(viewer).pk)
    speaker = _find_speaker(audience_id, tenure, viewer=viewer, at=at)
    return Opening(group, kind, title, raw, audience_id, speaker)


def _group_as_it_is(group_id: int) -> Group:
    """With its circle. Whoever changes what is held waits, so nothing passes by what was just decided."""
    found = row(GROUP_LOCKED_SQL, [group_id])
    assert found is not None  # groups are not deleted
    return take_group(found)


# --- whether it waits


def is_held(viewer: Viewer, group: Group) -> bool:
    """Whether what the viewer writes in the group now waits for an officer. Groups that hold nothing ask nothing."""
    if not may_be_held(viewer, group):
        return False
    return group.holding == Group.Holding.EVERYBODY or published(group, viewer) < group.held_at_first


# --- who speaks

_SPEAKER = f"""SELECT te.id, te.title, o.entry_id, so.title, s.function_id, {SILENT_SINCE}
FROM {speaking("%s::bigint")} AND te.id = %s"""  # noqa: S608 - constants


def _find_speaker(audience_id: int, tenure: HasKey | None, *, viewer: Viewer, at: datetime) -> Speaker:
    """As whom the viewer speaks to the audience through the tenure; Refused if not at all."""
    found = row(_SPEAKER, [viewer.person_id, at, audience_id, at, tenure.pk if tenure else None])
    return check_speaker(Speaker(*found) if found else None)


def check_speaker(speaker: Speaker | None) -> Speaker:
    """Nobody speaks but through a seat of their own that admits them here, while they hold it."""
    if speaker is None:
        raise Refused(_("You can speak here only from a seat of yours that the group admits."))
    if speaker.silent_since:
        raise Refused(reads_only(speaker.silent_since))
    return speaker
