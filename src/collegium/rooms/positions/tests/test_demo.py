"""The demo council has issues and positions in every state, and its invariants hold."""

from __future__ import annotations

import pytest
from django.utils import timezone

from collegium.core.access.queries import unsettled
from collegium.core.entries.queries import misplaced_passages
from collegium.core.groups import demo as groups
from collegium.core.people import demo as people
from collegium.rooms.positions import demo
from collegium.rooms.positions.models import Comment, Issue, Position

pytestmark = pytest.mark.django_db


def test_the_demo_has_every_state_one_may_want_to_see(db):
    now = timezone.now()
    people.load(now)
    groups.load(now)
    demo.load(now)
    states = sorted(Position.objects.values_list("entry__state", flat=True))
    assert states == [
        "adopted",
        "comment",
        "disposition",
        "drafting",
        "public",
        "sign-on",
        "superseded",
        "withdrawn",
    ]
    assert sorted(Issue.objects.values_list("entry__state", flat=True)) == [
        "accepted",
        "declined",
        "proposed",
        "proposed",
        "referred",
    ]
    assert Comment.objects.filter(is_late=True).count() == 1
    assert Comment.objects.filter(disposition__is_satisfied=False).count() == 2
    assert not Position.objects.filter(steps__at__gt=now).exists()
    assert [*unsettled(), *misplaced_passages()] == []
