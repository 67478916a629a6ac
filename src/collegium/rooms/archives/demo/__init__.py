"""Two mailing lists the demo council had before: the finance officers have opened theirs, the CEO Council has not."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group, Office
from collegium.core.trail.actions import without_waking

from ..actions import open_archive
from ..carrying import bring_archive
from ..models import Archive

BROUGHT_IN, OPENED = timedelta(days=40), timedelta(days=33)
DECIDED = "Decided by the finance officers at their spring meeting: all who wrote were asked, and nobody objected."


def load(at: datetime) -> None:
    """As whoever runs the house does it, and then the chair; nobody is told what happened weeks ago."""
    with without_waking():
        for path in sorted(Path(__file__).parent.glob("*.txt")):
            bring_archive(Group.objects.get(slug=path.stem), path, at=at - BROUGHT_IN, processes=0)
        archive = Archive.objects.get(group__slug="cfos")
        office = Office.objects.filter(group=archive.group, role=Office.Role.CHAIR).select_related("tenure__person")[0]
        chair = Viewer.of(office.tenure.person, at=at)
        open_archive(archive, words=DECIDED, viewer=chair, at=at - OPENED)
