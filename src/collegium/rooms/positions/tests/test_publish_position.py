"""Publishing: the embargo, the list that is confirmed, the paper that goes out; done, refused, recorded, told."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Edition, Embargo, Position, SupportList

from .factories import fail_after, in_state, later, move, refused, tell
from .publishing import confirm, counts_support

__all__ = ["counts_support"]
pytestmark = pytest.mark.django_db
ADOPTED = 41 * 4


def state(position: Position) -> str:
    return Position.objects.get(pk=position.pk).entry.state


@pytest.fixture
def adopted(cast) -> Position:
    return in_state(cast, "adopted", title="On approvals")


def hold(cast, position, days=10, *, by="staff", at=None, **facts):
    at = at or later(cast, ADOPTED)
    facts.setdefault("zone", "America/New_York")
    return actions.set_embargo(position, ends_at=at + timedelta(days=days), viewer=cast.viewer(by, at), at=at, **facts)


# --- the embargo


def test_set_embargo_holds_the_publication_back(cast, adopted):
    embargo = hold(cast, adopted)
    with refused("It is under embargo until Sunday 25 October 2026, 08:00 (America/New York)."):
        move(cast, adopted, "public", at=later(cast, ADOPTED + 9))
    assert actions.take_due_steps(at=later(cast, ADOPTED + 11)) == 0
    move(cast, adopted, "public", at=embargo.ends_at)
    assert state(adopted) == "public"
    event = Event.objects.get(name="position.embargo_set")
    assert (event.actor, event.facts["zone"], event.facts["publishes"]) == (cast.staff, "America/New_York", False)


def test_the_clock_publishes_at_the_end_of_an_embargo_if_the_team_chose_so(cast, adopted):
    embargo = hold(cast, adopted, publishes=True)
    assert actions.take_due_steps(at=embargo.ends_at - timedelta(minutes=1)) == 0
    assert actions.take_due_steps(at=embargo.ends_at) == 1
    assert actions.take_due_steps(at=embargo.ends_at) == 0
    step = adopted.steps.last()
    assert (step.now, step.by) == ("public", None)


def test_the_clock_waits_for_the_list_too(cast, adopted, counts_support):
    embargo = hold(cast, adopted, publishes=True)
    counts_support((cast.lagoon, "support", ""))
    assert actions.take_due_steps(at=embargo.ends_at) == 0
    confirm(cast, adopted, at=embargo.ends_at)
    assert actions.take_due_steps(at=embargo.ends_at) == 1


def test_another_embargo_takes_the_place_of_the_first(cast, adopted):
    first, second = hold(cast, adopted), hold(cast, adopted, days=3)
    first.refresh_from_db()
    assert (first.lifted_by, second.lifted_at) == (cast.staff, None)
    move(cast, adopted, "public", at=second.ends_at)


def test_lift_embargo_lets_it_be_published_at_once(cast, adopted):
    embargo = hold(cast, adopted, publishes=True)
    at = later(cast, ADOPTED + 1)
    actions.lift_embargo(embargo, viewer=cast.viewer("staff", at), at=at)
    assert actions.take_due_steps(at=embargo.ends_at) == 0
    with refused("There is no embargo to lift."):
        actions.lift_embargo(embargo, viewer=cast.viewer("staff", at), at=at)
    move(cast, adopted, "public", at=at)
    assert Event.objects.filter(name="position.embargo_lifted").count() == 1


def test_set_embargo_refuses_the_past_the_far_future_and_others(cast, adopted):
    with refused("The embargo has to end later than now."):
        hold(cast, adopted, days=0)
    with refused("The embargo has to end within a year."):
        hold(cast, adopted, days=367)
    with refused("“Mars” is not a time zone."):
        hold(cast, adopted, zone="Mars")
    with refused("Only the council's team can do this."):
        hold(cast, adopted, by="chair")
    with refused("An embargo is set between the ballot and the publication."):
        hold(cast, in_state(cast, "comment"))
    embargo = hold(cast, adopted)
    with refused("Only the council's team can do this."):
        actions.lift_embargo(embargo, viewer=cast.viewer("chair"), at=cast.at)


def test_societies_are_told_of_an_embargo_and_of_its_end(cast, adopted):
    tell()
    embargo = hold(cast, adopted)
    asked = {handle for handle, notice in tell() if notice == "EmbargoSet"}
    assert "ingvild-sorensen" in asked
    actions.lift_embargo(embargo, viewer=cast.viewer("staff"), at=cast.at)
    assert {handle for handle, notice in tell() if notice == "EmbargoLifted"} == asked


def test_set_embargo_and_lift_embargo_are_rolled_back_whole(cast, adopted):
    fail_after(lambda: hold(cast, adopted))
    embargo = hold(cast, adopted)
    fail_after(lambda: actions.lift_embargo(embargo, viewer=cast.viewer("staff"), at=cast.at))
    assert Embargo.objects.get().lifted_at is None


# --- the list


def test_confirm_supporters_keeps_the_list_as_it_was_shown(cast, adopted, counts_support):
    counts_support((cast.lagoon, "support", ""), (cast.reef, "reservation", "Not for children."))
    with refused("Confirm the list of those who support it first."):
        move(cast, adopted, "public", at=later(cast, ADOPTED + 1))
    confirmed = confirm(cast, adopted)
    assert [(line.name, line.stance, line.words) for line in confirmed.lines.all()] == [
        (cast.lagoon.name, "support", ""),
        (cast.reef.name, "reservation", "Not for children."),
    ]
    event = Event.objects.get(name="position.supporters_confirmed")
    assert (event.actor, event.facts["lines"], event.facts["digest"]) == (cast.staff, 2, confirmed.digest)
    move(cast, adopted, "public", at=later(cast, ADOPTED + 1))


def test_a_list_that_changed_is_confirmed_again(cast, adopted, counts_support):
    counts_support((cast.lagoon, "support", ""))
    confirm(cast, adopted)
    counts_support((cast.lagoon, "support", ""), (cast.reef, "support", ""))
    with refused("The list of those who support it has changed since it was confirmed: confirm it again."):
        move(cast, adopted, "public", at=later(cast, ADOPTED + 1))
    confirm(cast, adopted)
    move(cast, adopted, "public", at=later(cast, ADOPTED + 1))
    assert SupportList.objects.count() == 2


def test_confirm_supporters_refuses_another_list_the_same_twice_nobody_and_others(cast, adopted, counts_support):
    with refused("There is nobody on the list."):
        confirm(cast, adopted)
    counts_support((cast.lagoon, "support", ""))
    with refused("The list changed while you looked at it. Look at it again."):
        confirm(cast, adopted, digest="0" * 64)
    with refused("Only the council's team can do this."):
        confirm(cast, adopted, by="chair")
    with refused("The list is confirmed once the position is adopted."):
        confirm(cast, in_state(cast, "ballot"))
    confirm(cast, adopted)
    with refused("This very list is confirmed already."):
        confirm(cast, adopted)


def test_nobody_supports_it_as_long_as_no_room_counts(cast, adopted, counts_support):
    move(cast, adopted, "public", at=later(cast, ADOPTED + 1))
    assert not SupportList.objects.exists()


def test_confirm_supporters_is_rolled_back_whole(cast, adopted, counts_support):
    counts_support((cast.lagoon, "support", ""))
    fail_after(lambda: confirm(cast, adopted))


# --- the paper


def test_each_step_among_what_is_published_leaves_a_paper_that_stays(cast, adopted):
    assert not Edition.objects.exists()
    move(cast, adopted, "public", at=later(cast, 200))
    first = Edition.objects.get()
    assert (first.number, first.revision, first.step) == (1, adopted.adopted, adopted.steps.last())
    assert bytes(first.content).startswith(b"%PDF")
    assert hashlib.sha256(first.content).hexdigest() == first.digest
    move(cast, adopted, "rescinded", at=later(cast, 300), reason="The evidence was withdrawn.")
    second = Edition.objects.get(number=2)
    assert second.digest != first.digest
    assert Edition.objects.get(number=1).digest == first.digest


def test_issue_missing_editions_makes_those_of_what_was_published_before_once(cast, adopted):
    move(cast, adopted, "public", at=later(cast, 200))
    before = Edition.objects.get().digest
    Edition.objects.all().delete()
    assert actions.issue_missing_editions() == 1
    assert actions.issue_missing_editions() == 0
    assert Edition.objects.get().digest == before
