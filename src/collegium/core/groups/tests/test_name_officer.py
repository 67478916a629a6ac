"""Officers: named by the team, in office while their tenure lasts and their society stands."""

from datetime import date, timedelta

import pytest

from collegium.core.groups import actions
from collegium.core.groups.queries import officers_of
from collegium.core.people import actions as people
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses

LATER = timedelta(minutes=1)
GONE = "This person's tenure has ended, or its society is not a member now."


def name(cast, part="peer", role="liaison", viewer="staff"):
    return actions.name_officer(cast.cfos, tenure=cast.tenures[part], role=role, viewer=cast.viewer(viewer), at=cast.at)


def officers(cast, at=None):
    return [(office.role, office.tenure.person) for office in officers_of([cast.cfos], at or cast.at)]


def test_an_officer_is_in_the_circle_and_among_the_officers_whatever_the_policy_says(cast):
    with recorded() as events:
        name(cast, "delegate", "vice_chair")
    audiences = cast.viewer("delegate").audience_ids
    assert {cast.cfos.circle.audience_id, cast.cfos.officers_audience_id} <= audiences
    assert officers(cast) == [("chair", cast.colleague), ("vice_chair", cast.delegate)]
    facts = {"role": "vice_chair", "tenure": cast.tenures["delegate"].pk}
    assert events == [
        ("office.given", cast.staff.pk, None, cast.cfos.pk, "groups.group", cast.cfos.entry.audience_id, facts)
    ]


@pytest.mark.parametrize(
    ("part", "role", "viewer", "reason"),
    [
        ("peer", "liaison", "colleague", "Only the council's team can do this."),
        ("peer", "liaison", None, "Only the council's team can do this."),
        ("peer", "treasurer", "staff", "There is no such office."),
        ("colleague", "chair", "staff", "This office is held by the same person already."),
        ("suspended", "liaison", "staff", GONE),
    ],
)
def test_who_names_whom_to_what(cast, part, role, viewer, reason):
    with refuses(reason):
        name(cast, part, role, viewer)


def test_somebody_who_left_is_not_named(cast):
    people.end_tenure(cast.tenures["peer"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    with refuses(GONE):
        name(cast)


def test_the_office_ends_with_the_tenure(cast):
    people.end_tenure(cast.tenures["colleague"], last_day=date(2026, 5, 3), by=None, at=cast.at)
    assert officers(cast) == []
    assert cast.cfos.officers_audience_id not in cast.viewer("colleague").audience_ids


def test_the_office_rests_while_the_society_is_suspended(cast):
    people.change_standing(cast.harbour, status="suspended", from_day=date(2026, 5, 1), by=None, at=cast.at)
    assert officers(cast) == []
    assert cast.viewer("colleague").audience_ids == {1, cast.harbour.audience_id}


def test_the_team_ends_an_office_and_nobody_else(cast):
    office = name(cast)
    with refuses("Only the council's team can do this."):
        actions.end_office(office, viewer=cast.viewer("colleague"), at=cast.at)
    with recorded() as events:
        actions.end_office(office, viewer=cast.viewer("staff"), at=cast.at + LATER)
    facts = {"role": "liaison", "tenure": cast.tenures["peer"].pk}
    assert [(event[0], event[6]) for event in events] == [("office.ended", facts)]
    assert officers(cast, cast.at + LATER) == [("chair", cast.colleague)]
    with refuses("This office has ended already."):
        actions.end_office(office, viewer=cast.viewer("staff"), at=cast.at + LATER)


def test_both_are_taken_back_with_their_transaction(cast):
    assert is_taken_back(lambda: name(cast))
    office, viewer = name(cast), cast.viewer("staff")
    assert is_taken_back(lambda: actions.end_office(office, viewer=viewer, at=cast.at + LATER))
