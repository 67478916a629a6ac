"""A group is closed: everybody in it waits, or is confirmed at once where somebody else had let them in."""

from typing import Any

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.access.standard import PUBLIC
from collegium.core.groups import actions
from collegium.core.groups.models import Confirmation, Group
from collegium.core.groups.queries import waiting_confirmations
from collegium.core.groups.queries.readers import readers
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

from .factories import make_group

pytestmark = pytest.mark.django_db
DEEDS = pytest.mark.parametrize("deed", [actions.close_group, actions.close_group_around])


def fresh(group: Group) -> Group:
    return Group.objects.get(pk=group.pk)


def persons(group: Group, cast: Any) -> set[int]:
    return {person for person, _audience in readers(fresh(group), cast.at)}


def close(cast: Any, group: Group, part: str = "staff", deed: Any = actions.close_group) -> Group:
    return deed(fresh(group), viewer=cast.viewer(part), at=cast.at)


def around(cast: Any, group: Group, part: str = "staff") -> Group:
    return close(cast, group, part, actions.close_group_around)


def test_closing_asks_for_the_confirmation_of_everybody_present(cast):
    with recorded() as events:
        close(cast, cast.cfos)
    assert persons(cast.cfos, cast) == set()
    waiting = waiting_confirmations(fresh(cast.cfos), cast.at)
    assert {row.person for row in waiting["tenures"]} == {cast.peer, cast.colleague, cast.leaver}
    assert [row.tenure.person for row in waiting["officers"]] == [cast.colleague]
    assert events == [("group.closed", cast.staff.pk, None, cast.cfos.pk, "groups.group", PUBLIC, {})]
    actions.confirm_tenure(
        fresh(cast.cfos), tenure=cast.tenures["peer"], viewer=cast.viewer("second_staff"), at=cast.at
    )
    assert persons(cast.cfos, cast) == {cast.peer.pk}
    assert list(unsettled()) == []


def test_the_chair_of_a_group_just_closed_confirms_nobody_before_being_confirmed(cast):
    close(cast, cast.cfos)
    with refuses("Only a chair of the group or the council's team can confirm this."):
        actions.confirm_tenure(
            fresh(cast.cfos), tenure=cast.tenures["peer"], viewer=cast.viewer("colleague"), at=cast.at
        )


@DEEDS
def test_only_the_team_closes_and_only_once(cast, deed):
    with refuses("Only the council's team can do this."):
        close(cast, cast.cfos, "colleague", deed)
    with refuses("This group is closed already."):
        close(cast, cast.ceos, "staff", deed)


@DEEDS
def test_closing_is_taken_back_as_a_whole(cast, deed):
    assert is_taken_back(lambda: close(cast, cast.cfos, "staff", deed))


# --- with those who are in


def test_whoever_is_in_stays_in_and_the_deed_says_whom_it_confirmed(cast):
    before = persons(cast.cfos, cast)
    with recorded() as events:
        around(cast, cast.cfos, "second_staff")
    assert persons(cast.cfos, cast) == before == {cast.peer.pk, cast.colleague.pk, cast.leaver.pk}
    assert fresh(cast.cfos).is_closed
    assert list(unsettled()) == []
    assert [event[0] for event in events] == ["group.closed", "group.members_confirmed"]
    facts = events[1][-1]
    assert facts["memberships"] == []
    assert sorted(facts["tenures"]) == sorted(cast.tenures[part].pk for part in ("peer", "colleague", "leaver"))
    assert len(facts["offices"]) == 1
    found = set(Confirmation.objects.filter(group=cast.cfos).values_list("by", "at"))
    assert found == {(cast.second_staff.pk, cast.at)}


def test_nobody_is_let_in_by_one_person_alone(cast):
    """Whom the closer recorded, invited or named just before waits for somebody else."""
    group = make_group("Open", "membership", slug="open", joining="open")
    viewer = cast.viewer("staff")
    added = make_tenure(make_person("Added Before"), cast.lagoon, "membership", by=cast.staff)
    actions.memberships.add_seat(group, seat=added.seat, by=cast.second_staff, at=cast.at)
    actions.invite_person(group, tenure=cast.tenures["peer"], viewer=viewer, at=cast.at)
    actions.join_group(group, tenure=cast.tenures["newcomer"], viewer=cast.viewer("newcomer"), at=cast.at)
    actions.name_officer(group, tenure=cast.tenures["newcomer"], role="chair", viewer=viewer, at=cast.at)
    around(cast, group)
    assert persons(group, cast) == {cast.newcomer.pk}
    waiting = waiting_confirmations(fresh(group), cast.at)
    assert [row.person for row in waiting["tenures"]] == [added.person]
    assert [row.tenure.person for row in waiting["members"]] == [cast.peer]
    assert [row.tenure.person for row in waiting["officers"]] == [cast.newcomer]


def test_the_closer_does_not_confirm_themselves(cast):
    group = make_group("Invited", slug="invited", joining="invitation")
    actions.invite_person(group, tenure=cast.tenures["staff"], viewer=cast.viewer("second_staff"), at=cast.at)
    around(cast, group)
    assert persons(group, cast) == set()
    assert [row.tenure.person for row in waiting_confirmations(fresh(group), cast.at)["members"]] == [cast.staff]
