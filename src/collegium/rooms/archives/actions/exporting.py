"""That what was said in a group was given out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.trail import actions as trail

from .. import events
from ..rules import check_export_group


@transaction.atomic
def export_group(group: Group, *, viewer: Viewer | None, at: datetime) -> None:
    """Note for the officers that all of it was given to one of them; or, without a viewer, to whoever runs the house.

    Making the file is not part of it: it is made while it is sent.
    """
    if viewer is not None:
        check_export_group(viewer, group)
    by, audience = (viewer.person if viewer else None), group.officers_audience_id
    trail.record(events.GROUP_EXPORTED, on=group, by=by, at=at, audience=audience)
