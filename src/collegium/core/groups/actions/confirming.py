"""The second key of a closed group, turned for many at once."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Tenure

from ..models import Group, Membership, Office
from .circles import settle_group
from .memberships import turn_for_membership, turn_for_tenure
from .officers import turn_for_office


@transaction.atomic
def confirm_together(
    group: Group,
    *,
    viewer: Viewer,
    at: datetime,
    tenures: Collection[Tenure] = (),
    memberships: Collection[Membership] = (),
    offices: Collection[Office] = (),
) -> Group:
    """The second person lets in everybody chosen by name; where one of them is refused, nobody."""
    locked = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    for membership in memberships:
        turn_for_membership(membership, viewer=viewer, at=at)
    for office in offices:
        turn_for_office(office, viewer=viewer, at=at)
    for tenure in tenures:
        turn_for_tenure(locked, tenure=tenure, viewer=viewer, at=at)
    settle_group(locked)
    return locked
