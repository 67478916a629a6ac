"""For whom a person may act here, and which societies are members at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer
from collegium.core.calls.queries import Roll
from collegium.core.people.models import Mandate, Organization
from collegium.core.people.queries import member_societies, with_mandate
from collegium.core.people.sources import STANDINGS

# Standings as a roll asks for them, by the day it is where each organization carries them.
_IN_STANDING = f"""
SELECT s.organization_id FROM ({STANDINGS}) AS s WHERE s.status = ANY(%(standings)s)
AND s.period @> %(at)s::timestamptz AND s.organization_id = ANY(%(only)s::bigint[])"""  # noqa: S608 - constants


def signs_for(viewer: Viewer, society: Organization) -> bool:
    """Whether the viewer has a mandate to sign for the society on the day it is there."""
    found = with_mandate(viewer.at, Mandate.Act.SIGN)
    return found.filter(person=viewer.person_id, seat__organization=society).exists()


def in_standing(societies: Iterable[int], at: datetime) -> set[int]:
    """Which of these societies are members at the moment, as a roll asks for them."""
    told = {"standings": list(Roll().standings), "at": at, "only": list(societies)}
    return {found for (found,) in rows(_IN_STANDING, told)}


def hosted_by(viewer: Viewer) -> list[Organization]:
    """The societies for which the viewer may begin a letter: those they sign for."""
    if viewer.person_id is None:
        return []
    return [one for one in member_societies(viewer.at).filter(audience__in=viewer.own_ids) if signs_for(viewer, one)]


def signing_people(societies: Iterable[int], at: datetime) -> set[int]:
    """Ids of those with a mandate to sign for these societies."""
    found = with_mandate(at, Mandate.Act.SIGN).filter(seat__organization__in=list(societies), person__closed_at=None)
    return set(found.values_list("person_id", flat=True))
