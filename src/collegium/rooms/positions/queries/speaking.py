"""For whom a person may act here: where they have a seat, which groups they run, which society gave them a mandate."""

from __future__ import annotations

from django.db.models import Q

from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.models import Tenure
from collegium.core.people.queries import speaking_tenures, with_mandate

from ..models import Committee


def raising_tenures(viewer: Viewer) -> list[Tenure]:
    """The tenures in which the viewer may bring something to the council: those through which they are a member's."""
    return speaking_tenures(viewer.person_id, MEMBERS, viewer.at) if viewer.person_id else []


def run_groups(viewer: Viewer) -> list[Group]:
    """The groups the viewer is an officer of."""
    found = Group.objects.filter(officers_audience__in=viewer.own_ids)
    return sorted(found, key=lambda group: group.name)


def mandated_tenures(viewer: Viewer, act: str) -> list[Tenure]:
    """The tenures in which the viewer may do acts of this kind for a member society today."""
    if viewer.person_id is None:
        return []
    own = Q(pk__in=[tenure.pk for tenure in raising_tenures(viewer)], seat__organization__kind="society")
    return list(with_mandate(viewer.at, act).filter(own).order_by("pk"))


def is_of_committee(viewer: Viewer, role: str) -> bool:
    """Whether the viewer is an officer of the group named for this part, or a member of it where it does triage."""
    named = Committee.objects.filter(role=role, ended_at=None).select_related("group__circle").first()
    if named is None:
        return False
    circle = named.group.circle
    members = role == Committee.Role.TRIAGE and circle is not None and viewer.belongs_to(circle.audience_id)
    return members or viewer.belongs_to(named.group.officers_audience_id)
