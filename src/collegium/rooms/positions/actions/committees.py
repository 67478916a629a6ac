"""Which group does a part of the work on positions beside the council's team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from collegium.core.access.actions import settle
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group, Office
from collegium.core.people.queries import acting
from collegium.core.trail import actions as trail

from .. import events
from ..models import Committee
from ..rules.issues import check_end_committee, check_name_committee


@transaction.atomic
def name_committee(group: Group, *, role: str, viewer: Viewer, at: datetime) -> Committee:
    """This group does it from now on; the one that did it before no longer does."""
    check_name_committee(viewer, role)
    Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    for before in Committee.objects.select_for_update().filter(role=role, ended_at=None).select_related(None):
        _end(before, viewer=viewer, at=at)
    made: Committee = Committee.objects.create(role=role, group=group, named_by=acting(viewer), named_at=at)
    trail.record(events.COMMITTEE_NAMED, on=group, by=viewer.person, at=at, facts={"role": role})
    settle(_officers(group))
    return made


@transaction.atomic
def end_committee(committee: Committee, *, viewer: Viewer, at: datetime) -> None:
    """The council's team alone does it from now on."""
    locked = Committee.objects.select_for_update(of=("self",)).select_related("group__entry").get(pk=committee.pk)
    check_end_committee(viewer, locked)
    _end(locked, viewer=viewer, at=at)


def _end(committee: Committee, *, viewer: Viewer, at: datetime) -> None:
    committee.ended_at = at
    committee.save(update_fields=["ended_at"])
    facts = {"role": committee.role}
    trail.record(events.COMMITTEE_ENDED, on=committee.group, by=viewer.person, at=at, facts=facts)
    settle(_officers(committee.group))


def _officers(group: Group) -> list[int]:
    """Who reads drafts by an office in the group, or did."""
    return sorted(set(Office.objects.filter(group=group).values_list("tenure__person", flat=True)))
