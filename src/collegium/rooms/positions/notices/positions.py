"""Who is told how positions go on, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.queries import belonging
from collegium.core.access.standard import OFFICE
from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.people.models import Mandate, Organization
from collegium.core.people.queries import with_mandate
from collegium.core.trail.models import Event

from ..course import STATES, move_of
from ..guards import standing
from ..models import Comment, Position
from ..queries.audiences import people_of


def _told(event: Event, group: str) -> bool:
    """Whether the table tells this group of the step."""
    move = move_of(event.facts["was"], event.facts["now"])
    return move is not None and group in move.told


def _where(event: Event) -> dict[str, str]:
    state = STATES.get(event.facts["now"])
    actor = event.actor.name if event.actor else _("The house")
    return {"actor": actor, "state": str(state.label) if state else ""}


class DrafterNamed(Notice):
    """To whom drafts from now on."""

    name = "positions.DrafterNamed"
    event = "drafter.named"
    label = gettext_lazy("I am named to draft a position")
    words = gettext_lazy("%(actor)s named you to draft this; declare your interests first")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return [event.facts["person"]]


class TouchedSocietyAsked(Notice):
    """To those who act for the societies it touches, whenever societies are asked."""

    name = "positions.TouchedSocietyAsked"
    event = "position.moved"
    label = gettext_lazy("My society is asked about a position that touches it")
    words = gettext_lazy("%(actor)s moved on a position that touches your society: %(state)s")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _told(event, "societies"):
            return []
        position = Position.objects.get(pk=event.entry_id)
        return speaking_for(position.touches.values_list("society_id", flat=True), event)

    @classmethod
    def sentence(cls, event: Event) -> str:
        return str(cls.words % _where(event))


class SocietyAsked(TouchedSocietyAsked):
    """To those who act for the other societies."""

    name = "positions.SocietyAsked"
    label = gettext_lazy("My society is asked about a position, or hears of it")
    words = gettext_lazy("%(actor)s moved a position on: %(state)s")
    is_direct = False

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not _told(event, "societies"):
            return []
        return speaking_for(Organization.objects.filter(kind="society").values_list("pk", flat=True), event)


def speaking_for(societies: Iterable[int], event: Event) -> set[int]:
    """Who hears for the societies by function, and whoever has a mandate to comment, sign or vote for them."""
    ids = list(societies)
    acts = (Mandate.Act.COMMENT, Mandate.Act.SIGN, Mandate.Act.VOTE)
    mandated = with_mandate(event.at, *acts).filter(seat__organization__in=ids)
    return people_of(ids, event.at) | set(mandated.values_list("person_id", flat=True))


class PositionMovedOn(Notice):
    """To its drafters and those who commented."""

    name = "positions.PositionMovedOn"
    event = "position.moved"
    label = gettext_lazy("A position I draft or commented on goes on")
    words = gettext_lazy("%(actor)s moved on a position you worked on: %(state)s")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        told: set[int] = set()
        if _told(event, "drafters"):
            told |= {row.tenure.person_id for row in standing(Position.objects.get(pk=event.entry_id))}
        if _told(event, "commenters"):
            comments = Comment.objects.filter(consultation__position=event.entry_id)
            told |= set(comments.values_list("by_id", flat=True))
        if _told(event, "team"):
            told |= set(belonging(OFFICE, event.at))
        return told

    @classmethod
    def sentence(cls, event: Event) -> str:
        return str(cls.words % _where(event))


class CommentMade(Notice):
    """To its drafters."""

    name = "positions.CommentMade"
    event = "comment.made"
    also = ("comment.disposition_answered", "comment.withdrawn")
    label = gettext_lazy("A society comments on a position I draft")
    words = gettext_lazy("%(actor)s commented for a society on a position you draft")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        position = Position.objects.get(consultation=event.entry_id)
        return [row.tenure.person_id for row in standing(position)]


class CommentDisposed(Notice):
    """To those who may say for the society whether the answer satisfies, and to whoever wrote the comment."""

    name = "positions.CommentDisposed"
    event = "comment.disposed"
    label = gettext_lazy("A comment of my society is answered")
    words = gettext_lazy("%(actor)s answered a comment of your society: say whether that satisfies it")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        mandated = with_mandate(event.at, Mandate.Act.COMMENT).filter(seat__organization=event.facts["society"])
        author = Comment.objects.get(pk=event.facts["comment"]).by_id
        return {author, *mandated.values_list("person_id", flat=True)}
