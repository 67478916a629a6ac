"""What of conversations hangs on somebody who leaves a society: their open questions, and those that mention them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.core.access.models import Admission
from collegium.core.access.viewers import Viewer
from collegium.core.notices.actions import follow_by_taking_part
from collegium.core.people.models import Departure, Handover
from collegium.core.people.registry import Belonging

from .models import Post, Topic


def belongings(departure: Departure, viewer: Viewer) -> Iterator[Belonging]:
    """A line for each group and sort; how many there are, never what they say: the reader may not be in the group."""
    for kind, topics, note in (
        ("questions", _asked(departure), _("The successor follows them and finds them on their home page.")),
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


def hand_on(handover: Handover, at: datetime) -> None:
    """The successor follows the questions, unless they have muted them; what they may not see, they are not told."""
    topics: dict[str, Any] = {"questions": _asked, "mentions": _mentioned}
    for topic in topics[handover.kind](handover.departure).filter(group=handover.thing_id).select_related("entry"):
        follow_by_taking_part(topic.entry, by=handover.successor)
