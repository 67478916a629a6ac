"""What waits for an officer in the demo council: in one group the first posts are held, and a post is reported."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions as groups
from collegium.core.groups.models import Group, Office

from .. import actions
from ..models import Topic

GROUP, TITLE = "meetings", "Coffee at $138 a gallon: what have you stopped serving?"
HELD = """
We stopped the afternoon break altogether and moved the poster walk there. Three people complained, two of them on the \
board. I can send the wording of the letter that went to exhibitors beforehand."""
REPORTED = "The price named here is from an offer that the venue sent in confidence."


def load(seats: Any, at: datetime) -> None:
    """Half a day ago something was written and held, and something else reported; both wait for the liaison."""
    at -= timedelta(hours=12)
    group = Group.objects.select_related("circle").get(slug=GROUP)
    office = Office.objects.filter(group=group, role=Office.Role.LIAISON).select_related("tenure__person").latest("pk")
    officer = Viewer.of(office.tenure.person, at=at)
    group = groups.change_holding(group, holding="newcomers", held_at_first=3, viewer=officer, at=at)
    topic = Topic.objects.select_related("entry").get(group=group, entry__title=TITLE)
    topic.group = group
    writer = seats.holder("meetings@estuary-gastroenterology", at)
    viewer = Viewer.of(writer.person, at=at)
    actions.submit_answer(topic, raw=HELD.strip(), tenure=writer, viewer=viewer, at=at)
    reader = seats.holder("meetings@cove-pediatrics", at)
    post = topic.posts.get(number=3)
    actions.report_post(
        post, reason="confidence", words=REPORTED, viewer=Viewer.of(reader.person, at=at), at=at + timedelta(hours=1)
    )
