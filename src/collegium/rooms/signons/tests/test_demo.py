"""The demo council has a letter in every state, and its invariants hold."""

from __future__ import annotations

import pytest
from django.utils import timezone

from collegium.core.access.queries import unsettled
from collegium.core.calls import demo as calls
from collegium.core.calls.queries.checking import unsound_calls
from collegium.core.entries.queries import misplaced_passages
from collegium.core.groups import demo as groups
from collegium.core.people import demo as people
from collegium.rooms.positions import demo as positions
from collegium.rooms.signons import demo
from collegium.rooms.signons.course import STATES
from collegium.rooms.signons.models import Letter, Outsider, Paper, Signature, Step
from collegium.rooms.signons.queries.invariants import unsound_letters

pytestmark = pytest.mark.django_db


def test_the_demo_has_every_state_one_may_want_to_see(db):
    now = timezone.now()
    for place in (people, groups, calls, positions, demo):
        place.load(now)
    assert sorted(Letter.objects.values_list("entry__state", flat=True)) == sorted(STATES)
    assert Signature.objects.filter(is_reserved=True, letter__reservations="printed").exists()
    assert Signature.objects.get(end="withdrawn", letter__entry__state="sent").told == "yes"
    assert (Outsider.objects.filter(outcome="").count(), Outsider.objects.filter(outcome="confirmed").count()) == (2, 1)
    assert Signature.objects.filter(is_late=True).exists()
    assert Letter.objects.get(entry__state="clearance").grounds.kind == "position"
    # Three were sent, one of them with an addendum, each as PDF and DOCX.
    assert Paper.objects.count() == 8
    assert not Step.objects.filter(at__gt=now).exists()
    assert [*unsettled(), *misplaced_passages(), *unsound_calls(), *unsound_letters()] == []
