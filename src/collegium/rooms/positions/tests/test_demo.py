"""The demo council has issues and positions in every state, and its invariants hold."""

from __future__ import annotations

import pytest
from django.utils import timezone

from collegium.core.access.queries import unsettled
from collegium.core.entries.queries import misplaced_passages
from collegium.core.groups import demo as groups
from collegium.core.people import demo as people
from collegium.rooms.positions import demo
from collegium.rooms.positions.models import Comment, Edition, Embargo, Issue, Position, Review
from collegium.rooms.positions.queries.publishing import has_run_out

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
        "under-review",
        "under-review",
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
    assert [has_run_out(one, now.date()) for one in Position.objects.order_by("pk")].count(True) == 1
    assert Review.objects.filter(call__closed_at=None, call__closes_at__gt=now).count() == 1
    assert Embargo.objects.filter(ends_at__gt=now, lifted_at=None).count() == 1
    assert Edition.objects.values_list("position", flat=True).distinct().count() == 4
    assert [*unsettled(), *misplaced_passages()] == []
