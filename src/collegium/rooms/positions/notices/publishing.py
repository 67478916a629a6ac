"""Who is told of embargoes, of adoptions that are shaken, and of new versions."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from collegium.core.access.queries import belonging
from collegium.core.access.standard import OFFICE
from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.people.models import Organization
from collegium.core.trail.models import Event

from ..models import Position
from .positions import speaking_for


def _all_societies(event: Event) -> set[int]:
    return speaking_for(Organization.objects.filter(kind="society").values_list("pk", flat=True), event)


class EmbargoSet(Notice):
    """To those who act for societies: they may read what nobody may pass on yet."""

    name = "positions.EmbargoSet"
    event = "position.embargo_set"
    label = gettext_lazy("A position I can read is put under embargo")
    words = gettext_lazy("%(actor)s put this under embargo; the moment until which stands on its page")
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _all_societies(event)


class EmbargoLifted(EmbargoSet):
    """To the same."""

    name = "positions.EmbargoLifted"
    event = "position.embargo_lifted"
    label = gettext_lazy("An embargo on a position is lifted")
    words = gettext_lazy("%(actor)s lifted the embargo on this")


class AdoptionShaken(Notice):
    """To those who act for societies, and to the council's team: whoever relies on it has to know."""

    name = "positions.AdoptionShaken"
    event = "position.adoption_shaken"
    label = gettext_lazy("The ballot on a published position is annulled")
    words = gettext_lazy("The ballot by which this was adopted was annulled; it stays published and is marked")
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _all_societies(event) | set(belonging(OFFICE, event.at))


class AdoptionUpheld(AdoptionShaken):
    """To the same."""

    name = "positions.AdoptionUpheld"
    event = "position.adoption_upheld"
    label = gettext_lazy("A published position is upheld by another ballot")
    words = gettext_lazy("The governing body voted again and upheld this")


class VersionBegun(Notice):
    """To those who act for the society that leads its drafting, and for those it touches."""

    name = "positions.VersionBegun"
    event = "position.version_begun"
    label = gettext_lazy("A new version of a position that touches my society is begun")
    words = gettext_lazy("%(actor)s began a new version of this position, which touches your society")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        position = Position.objects.get(pk=event.entry_id)
        societies = set(position.touches.values_list("society_id", flat=True))
        return speaking_for(societies | {position.entry.society_id or 0}, event)
