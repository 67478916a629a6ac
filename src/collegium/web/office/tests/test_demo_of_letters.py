"""What came back and what came in at the demo council, as the pages show it."""

from __future__ import annotations

import pytest

from collegium.core.groups import demo as groups
from collegium.core.mail.models import AddressHealth, Complaint, Incoming
from collegium.core.people import demo as people
from collegium.core.people.tests.factories import AT
from collegium.web.office.letters import demo, fares

pytestmark = pytest.mark.django_db


def test_a_society_is_gone_an_address_is_suspended_and_letters_came_in():
    for place in (people, groups, demo):
        place.load(AT)
    found = fares.overview(AT)
    worst = found["societies"][0]
    assert worst["slug"] == "dune-psychiatry"
    assert worst["failing"] == worst["suspended"] == worst["addresses"] > 1
    leaver = next(persona.handle for persona in people.PERSONAS if persona.key == "leaver")
    assert AddressHealth.objects.get(address__user__handle=leaver).suspended_at is not None
    assert Complaint.objects.get().person.handle not in {persona.handle for persona in people.PERSONAS}
    # One that waited would be a fault of the house.
    assert set(Incoming.objects.values_list("state", flat=True)) == set(Incoming.State.values) - {"waiting"}
