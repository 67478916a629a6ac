"""What of conversations hangs on somebody who leaves a society: open questions, those that mention them, files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.core.access.models import Admission
from collegium.core.access.viewers import Viewer
from collegium.core.files.models import Attachment
from collegium.core.notices.actions import follow_by_taking_part
from collegium.core.people.models import Departure, Handover
from collegium.core.people.registry import Belonging

from .actions import hand_on_question, take_back_question
from .actions.writing import PART
from .models import Post, Topic


def belongings(departure: Departure, viewer: Viewer) -> Iterator[Belonging]:
    """A line for each group and sort; how many there are, never what they say: the reader may not be in the group."""
    for kind, topics, note in (
        (
            "questions",
            _asked(departure),
            _("The successor finds them on their home page and may accept an answer."),
        ),
        ("mentions", _mentioned(departure), _("Somebody waits for an answer; the successor follows them.")),
    ):
        for row in (
            topics.order_by("group__entry__title")
            .values("group", "group__entry__title", "group__entry__audience")
            .annotate(questions=Count("pk"))
        ):
            visible = viewer.is_among(row["group__entry__audience"])
            name = row["group__entry__title"] if visible else _("a group whose page you do not see")
            yield Belonging(kind, _label(kind, row["questions"], name), note, row["group"])
    yield from _files(departure, viewer)


def _files(departure: Departure, viewer: Viewer) -> Iterator[Belonging]:
    """How many files stand in their posts, by group; never what one is called: the reader may not be in the group."""
    here = Post.objects.filter(author=departure.person_id, society=departure.organization_id, deleted_at=None)
    found = Attachment.objects.filter(part=PART, part_id__in=here.values("pk"), entry__topic__isnull=False)
    place = "entry__topic__group__entry__"
    rows = found.values(f"{place}title", f"{place}audience").annotate(files=Count("pk")).order_by(f"{place}title")
    for row in rows:
        visible = viewer.is_among(row[f"{place}audience"])
        name = row[f"{place}title"] if visible else _("a group whose page you do not see")
        label = ngettext("%(n)s file in %(group)s", "%(n)s files in %(group)s", row["files"])
        note = _("They stay with the posts they belong to, for whoever reads those.")
        yield Belonging("files", label % {"n": row["files"], "group": name}, note)


def _label(kind: str, number: int, group: str) -> str:
    words = {"n": number, "group": group}
    if kind == "questions":
        return ngettext("%(n)s open question in %(group)s", "%(n)s open questions in %(group)s", number) % words
    return (
        ngettext("Named in %(n)s open question in %(group)s", "Named in %(n)s open questions in %(group)s", number)
        % words
    )


def _asked(departure: Departure) -> QuerySet[Topic]:
    """Their own open questions, asked for this society."""
    return Topic.objects.unanswered_of(departure.person_id).filter(entry__society=departure.organization_id)


def _mentioned(departure: Departure) -> QuerySet[Topic]:
    """Open questions of others, among whose readers they are through this society, in which a post names them."""
    naming = Post.objects.filter(mentions__contains=[departure.person_id], deleted_at=None)
    readable = Admission.objects.filter(person=departure.person_id, organization=departure.organization_id)
    found = Topic.objects.filter(kind=Topic.Kind.QUESTION, accepted=None, closed_at=None)
    found = found.filter(pk__in=naming.values("topic"), entry__audience__in=readable.values("audience"))
    return found.exclude(entry__author=departure.person_id)


def hand_on_questions(handover: Handover, at: datetime) -> None:
    """The successor follows the questions, unless they have muted them, and may accept an answer to each.

    What they may not see, they are not told.
    """
    for topic in _asked(handover.departure).filter(group=handover.thing_id).order_by("pk"):
        hand_on_question(topic, to=handover.successor, at=at)


def take_back_questions(handover: Handover, at: datetime) -> None:
    """Another follows, or nobody does: what whoever leaves had been handed themselves is theirs again."""
    leaver = handover.departure.person
    here = Topic.objects.unanswered_of(handover.successor_id).filter(handed_to=handover.successor_id)
    here = here.filter(group=handover.thing_id, entry__society=handover.departure.organization_id).order_by("pk")
    for topic in here.filter(entry__author=leaver):
        take_back_question(topic, at=at)
    earlier = Handover.objects.filter(kind=handover.kind, thing_id=handover.thing_id, successor=leaver)
    for topic in here.filter(entry__author__in=earlier.values("departure__person")):
        hand_on_question(topic, to=leaver, at=at)


def hand_on_mentions(handover: Handover, at: datetime) -> None:
    """The successor follows the questions that name whoever leaves, unless they have muted them."""
    for topic in _mentioned(handover.departure).filter(group=handover.thing_id).select_related("entry"):
        follow_by_taking_part(topic.entry, by=handover.successor)
