"""Changing which posts wait for an officer: the whole story."""

import pytest

from collegium.core.access.errors import Refused
from collegium.core.groups import actions
from collegium.core.groups.models import Group
from collegium.core.groups.notices import HoldingChanged
from collegium.core.trail.models import Event
from collegium.rooms.discussions.actions import submit_answer
from collegium.rooms.discussions.models import HeldPost
from collegium.rooms.discussions.tests.factories import make_topic


def change(cast, by="colleague", holding="newcomers", held_at_first=2):
    return actions.change_holding(
        cast.cfos, holding=holding, held_at_first=held_at_first, viewer=cast.viewer(by), at=cast.at
    )


def setting():
    return Group.objects.values_list("holding", "held_at_first").get(slug="cfos")


@pytest.mark.parametrize("by", ["colleague", "staff"])
def test_change_holding_takes_effect(cast, by):
    assert setting() == ("nothing", 3)
    change(cast, by)
    assert setting() == ("newcomers", 2)
    change(cast, by, "everybody")
    change(cast, by, "nothing")
    assert setting()[0] == "nothing"


def test_change_holding_is_recorded_and_told_to_the_officers(cast):
    change(cast, "staff")
    event = Event.objects.latest("pk")
    assert (event.name, event.actor, event.entry_id, event.facts) == (
        "group.holding_changed",
        cast.staff,
        cast.cfos.pk,
        {"holding": "newcomers", "held_at_first": 2},
    )
    assert set(HoldingChanged.recipients(event)) == {cast.colleague.pk}
    assert "Mara Quist" in HoldingChanged.sentence(event)


@pytest.mark.parametrize(
    ("by", "holding", "first", "reason"),
    [
        ("peer", "everybody", 3, "Only an officer of the group or the council's team can do this."),
        ("colleague", "sometimes", 3, "There is no such choice."),
        ("colleague", "newcomers", 0, "Choose a number from 1 to 50."),
        ("colleague", "newcomers", 51, "Choose a number from 1 to 50."),
        ("colleague", "nothing", 3, "This is what is held already."),
    ],
)
def test_change_holding_is_refused(cast, by, holding, first, reason):
    before = Event.objects.count()
    with pytest.raises(Refused) as refusal:
        change(cast, by, holding, first)
    assert (str(refusal.value), setting(), Event.objects.count()) == (reason, ("nothing", 3), before)


def test_officers_who_hold_nothing_any_more_hear_how_much_still_waits(cast):
    topic = make_topic(cast)
    change(cast, holding="everybody")
    for raw in ("One.", "Two."):
        written = {"raw": raw, "tenure": cast.tenures["leaver"], "viewer": cast.viewer("leaver"), "at": cast.at}
        assert isinstance(submit_answer(topic, **written), HeldPost)
    change(cast, "staff", holding="newcomers")
    assert HoldingChanged.sentence(Event.objects.latest("pk")) == "Mara Quist changed which posts wait for an officer"
    change(cast, "staff", holding="nothing")
    event = Event.objects.latest("pk")
    assert event.facts == {"holding": "nothing", "held_at_first": 2, "waiting": 2}
    told = "Mara Quist changed which posts wait for an officer; 2 still wait for you"
    assert HoldingChanged.sentence(event) == told
