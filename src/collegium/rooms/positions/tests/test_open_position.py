"""Beginning a position: who sees it, who leads and drafts it, whom it touches."""

from __future__ import annotations

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.entries.models import Entry
from collegium.core.people.actions import end_tenure
from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Position

from .factories import fail_after, later, make_drafter, make_issue, make_position, move, refused, tell

pytestmark = pytest.mark.django_db
TEAM = {"staff", "second_staff"}


def readers(cast, position, at=None):
    seen = Entry.objects.filter(pk=position.pk)
    return {part for part in cast.parts if seen.visible_to(cast.viewer(part, at)).exists()}


def staff(cast, part="staff"):
    return {"viewer": cast.viewer(part), "at": cast.at}


def test_open_position_is_seen_by_the_team_alone(cast):
    position = make_position(cast, title=" Approvals ")
    assert (position.entry.title, position.entry.state, position.entry.society) == (
        "Approvals",
        "accepted",
        cast.lagoon,
    )
    assert (position.holder, position.holder_since) == ("team", cast.at)
    assert readers(cast, position) == TEAM
    assert list(unsettled()) == []
    assert Event.objects.get(name="position.opened").facts == {"issue": None}


def test_open_position_from_an_issue_takes_whom_it_touches(cast):
    issue = make_issue(cast)
    with refused("Accept the issue first."):
        make_position(cast, issue=issue)
    actions.accept_issue(issue, reason="Yes.", **staff(cast))
    position = make_position(cast, issue=issue)
    assert (position.issue, list(position.affected.all())) == (issue, [cast.lagoon])


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"kind": "opinion"}, "There is no such kind of position."),
        ({"title": ""}, "Give it a title."),
        ({"by": "chair"}, "Only the council's team and its policy chair begin positions."),
    ],
)
def test_open_position_refuses(cast, facts, reason):
    with refused(reason):
        make_position(cast, **facts)


@pytest.mark.parametrize("lead", ["council", "lapsed"])
def test_open_position_is_led_by_a_member_society(cast, lead):
    with refused("A member society leads the drafting."):
        make_position(cast, lead=getattr(cast, lead))


def test_officers_of_the_policy_committee_begin_positions(cast):
    committee = actions.name_committee(cast.ceos, role="policy", **staff(cast))
    position = make_position(cast, by="chair")
    assert readers(cast, position) == TEAM | {"chair"}
    # They take it on, and read nothing that is drafted once they chair it no more.
    make_drafter(cast, position)
    move(cast, position, "drafting", by="chair")
    actions.end_committee(committee, **staff(cast))
    assert readers(cast, position) == TEAM | {"peer"}


def test_name_drafter_lets_them_read_and_tells_them(cast):
    position = make_position(cast)
    drafter = make_drafter(cast, position, declares=False)
    assert readers(cast, position) == TEAM | {"peer"}
    assert ("ines-okafor", "DrafterNamed") in tell()
    with refused("This person drafts it already."):
        make_drafter(cast, position)
    actions.release_drafter(drafter, **staff(cast))
    assert readers(cast, position) == TEAM
    assert list(unsettled()) == []
    with refused("This person no longer drafts it."):
        actions.release_drafter(drafter, **staff(cast))


def test_a_drafter_reads_as_long_as_the_tenure_lasts(cast):
    position = make_position(cast)
    make_drafter(cast, position)
    end_tenure(cast.tenures["peer"], last_day=cast.at.date(), by=None, at=cast.at)
    assert "peer" in readers(cast, position)
    assert "peer" not in readers(cast, position, later(cast, 2))


def test_name_drafter_is_for_who_moves_it_on_and_for_people_with_seats(cast):
    position = make_position(cast)
    with refused("Only the council's team and its policy chair can do this."):
        actions.name_drafter(position, tenure=cast.tenures["peer"], **staff(cast, "chair"))
    end_tenure(cast.tenures["peer"], last_day=cast.at.date(), by=None, at=cast.at)
    with refused("A drafter holds a seat at a member society or of the council's team."):
        viewer = cast.viewer("staff", later(cast, 2))
        actions.name_drafter(position, tenure=cast.tenures["peer"], viewer=viewer, at=later(cast, 2))


def test_a_drafter_releases_themselves_and_nobody_else_does(cast):
    position = make_position(cast)
    drafter = make_drafter(cast, position)
    other = make_drafter(cast, position, "colleague")
    with refused("Only the council's team and its policy chair can do this."):
        actions.release_drafter(other, **staff(cast, "peer"))
    actions.release_drafter(drafter, **staff(cast, "peer"))
    assert Event.objects.filter(name="drafter.released").count() == 1


def test_declare_interests_says_which_or_none(cast):
    drafter = make_drafter(cast, make_position(cast), declares=False)
    with refused("Say which interests you have."):
        actions.declare_interests(drafter, has_interests=True, words=" ", **staff(cast, "peer"))
    with refused("Everybody declares their own interests."):
        actions.declare_interests(drafter, has_interests=False, **staff(cast))
    actions.declare_interests(drafter, has_interests=True, words="Shares.", **staff(cast, "peer"))
    drafter.refresh_from_db()
    assert (drafter.has_interests, drafter.interests, drafter.declared_at) == (True, "Shares.", cast.at)
    event = Event.objects.get(name="drafter.interests_declared")
    assert (event.acting_for, event.facts) == (cast.lagoon, {"drafter": drafter.pk, "has_interests": True})
    actions.declare_interests(drafter, has_interests=False, words="Shares.", **staff(cast, "peer"))
    drafter.refresh_from_db()
    assert (drafter.has_interests, drafter.interests) == (False, "")


def test_name_lead_and_name_touched(cast):
    position = make_position(cast)
    actions.name_lead(position, lead=cast.reef, **staff(cast))
    assert Position.objects.get().entry.society == cast.reef
    with refused("This society leads it already."):
        actions.name_lead(position, lead=cast.reef, **staff(cast))
    actions.name_touched(position, societies=[cast.reef.pk, cast.harbour.pk], **staff(cast))
    assert set(position.affected.all()) == {cast.reef, cast.harbour}
    with refused("These are the societies it touches already."):
        actions.name_touched(position, societies=[cast.harbour.pk, cast.reef.pk], **staff(cast))
    for bad in ([], [cast.lapsed.pk], [999_999]):
        with refused("Say which member societies it touches."):
            actions.name_touched(position, societies=bad, **staff(cast))
    names = list(Event.objects.filter(entry=position.pk).order_by("pk").values_list("name", flat=True))
    assert names == ["position.opened", "position.lead_named", "position.touches_named"]


def test_what_prepares_a_position_is_rolled_back_whole(cast):
    position = make_position(cast)
    drafter = make_drafter(cast, position, declares=False)
    fail_after(lambda: make_position(cast))
    fail_after(lambda: make_drafter(cast, position, "colleague", declares=False))
    fail_after(lambda: actions.release_drafter(drafter, **staff(cast)))
    fail_after(lambda: actions.declare_interests(drafter, has_interests=False, **staff(cast, "peer")))
    fail_after(lambda: actions.name_lead(position, lead=cast.reef, **staff(cast)))
    fail_after(lambda: actions.name_touched(position, societies=[cast.reef.pk], **staff(cast)))
