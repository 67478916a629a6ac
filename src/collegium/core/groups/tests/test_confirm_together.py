"""The second key turned for everybody chosen by name, or for nobody: the whole story."""

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.groups import actions
from collegium.core.groups.models import Confirmation, Group
from collegium.core.groups.queries.readers import readers
from collegium.core.groups.queries.waiting import unconfirmed_tenures
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses


@pytest.fixture
def closed(cast):
    """The finance officers, just closed: three holders and a chair wait; the invited liaison too."""
    actions.invite_person(cast.cfos, tenure=cast.tenures["liaison"], viewer=cast.viewer("staff"), at=cast.at)
    actions.close_group(cast.cfos, viewer=cast.viewer("staff"), at=cast.at)
    return Group.objects.get(pk=cast.cfos.pk)


def waiting(cast, group):
    return {
        "tenures": list(unconfirmed_tenures(group, cast.at)),
        "memberships": list(group.memberships.filter(confirmed_at=None)),
        "offices": list(group.offices.filter(confirmed_at=None)),
    }


def confirm(cast, group, by="second_staff", **chosen):
    chosen = chosen or waiting(cast, group)
    return actions.confirm_together(group, viewer=cast.viewer(by), at=cast.at, **chosen)


def persons(cast, group):
    return {person for person, _audience in readers(group, cast.at)}


def test_everybody_chosen_is_in_at_once(cast, closed):
    assert persons(cast, closed) == set()
    confirm(cast, closed)
    assert persons(cast, closed) == {cast.peer.pk, cast.colleague.pk, cast.leaver.pk, cast.liaison.pk}
    assert cast.viewer("colleague").is_among(closed.officers_audience_id)
    assert list(unsettled()) == []
    assert waiting(cast, closed) == {"tenures": [], "memberships": [], "offices": []}


def test_whoever_is_left_out_goes_on_waiting(cast, closed):
    confirm(cast, closed, tenures=[cast.tenures["peer"]])
    assert persons(cast, closed) == {cast.peer.pk}
    assert {row.person for row in unconfirmed_tenures(closed, cast.at)} == {cast.colleague, cast.leaver}


def test_each_is_recorded_by_what_was_confirmed(cast, closed):
    with recorded() as events:
        confirm(cast, closed)
    assert sorted(event[0] for event in events) == [
        "group.tenure_confirmed",
        "group.tenure_confirmed",
        "group.tenure_confirmed",
        "membership.confirmed",
        "office.confirmed",
    ]
    assert {event[1] for event in events} == {cast.second_staff.pk}


def test_where_one_is_refused_nobody_is_let_in(cast, closed):
    # The first member of the team invited the liaison, so confirms everybody but the liaison.
    with refuses("A second person has to confirm this."):
        confirm(cast, closed, by="staff")
    assert (persons(cast, closed), Confirmation.objects.filter(group=closed).count()) == (set(), 0)


@pytest.mark.parametrize("by", ["colleague", "peer", "liaison"])
def test_it_is_refused_to_whoever_is_not_of_the_team_nor_a_confirmed_chair(cast, closed, by):
    with refuses("Only a chair of the group or the council's team can confirm this."):
        confirm(cast, closed, by=by)


def test_an_open_group_asks_for_none(cast):
    with refuses("This group asks for no confirmation."):
        confirm(cast, cast.cfos, tenures=[cast.tenures["peer"]])


def test_what_is_confirmed_already_is_refused(cast, closed):
    before = waiting(cast, closed)
    confirm(cast, closed)
    with refuses("This is confirmed already."):
        confirm(cast, closed, **before)


def test_it_is_taken_back_as_a_whole(cast, closed):
    assert is_taken_back(lambda: confirm(cast, closed))
