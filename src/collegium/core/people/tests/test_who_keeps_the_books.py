"""Who may change the registry and a society's seats; nobody else, and nothing has changed then."""

from datetime import date, timedelta

import pytest

from collegium.core.people import actions
from collegium.core.trail.tests.story import refuses

from .factories import make_function, make_organization, make_tenure

REGISTRY = "Only the council's team keeps the registry of societies and people."
ROSTER = "Only the society's liaison or chief executive and the council's team keep its seats."
DAY = date(2026, 5, 1)


def registry_deeds(cast):
    """Every deed on the registry, as functions of who does it."""
    at = cast.at
    return {
        "register_organization": lambda by: actions.register_organization(
            "Society of Kelp", kind="society", slug="kelp", time_zone="UTC", by=by, at=at
        ),
        "rename_organization": lambda by: actions.rename_organization(cast.lagoon, name="Lagoon", by=by, at=at),
        "change_standing": lambda by: actions.change_standing(
            cast.lagoon, status="suspended", from_day=DAY, by=by, at=at
        ),
        "register_person": lambda by: actions.register_person("Ada Pell", email="ada@kelp.example", by=by, at=at),
        "create_staff": lambda by: actions.create_staff("Ada Pell", email="ada@kelp.example", on=DAY, by=by, at=at),
    }


def roster_deeds(cast):
    """Every deed on the seats of the lagoon, as functions of who does it."""
    at, tenure = cast.at, cast.tenures["peer"]
    seat = actions.open_seat(cast.lagoon, make_function("historian"))
    mandate = actions.give_mandate(tenure, act="sign", starts_on=DAY, by=None, at=at)
    return {
        "start_tenure": lambda by: actions.start_tenure(
            seat, person=cast.outsider, title="Historian", starts_on=DAY, by=by, at=at
        ),
        "end_tenure": lambda by: actions.end_tenure(tenure, last_day=DAY, by=by, at=at),
        "give_mandate": lambda by: actions.give_mandate(tenure, act="vote", starts_on=DAY, by=by, at=at),
        "end_mandate": lambda by: actions.end_mandate(mandate, last_day=DAY, by=by, at=at),
    }


REGISTRY_DEEDS = ["register_organization", "rename_organization", "change_standing", "register_person", "create_staff"]
ROSTER_DEEDS = ["start_tenure", "end_tenure", "give_mandate", "end_mandate"]


@pytest.mark.parametrize("name", REGISTRY_DEEDS)
@pytest.mark.parametrize("part", ["outsider", "suspended", "peer", "liaison", "delegate", "chair"])
def test_nobody_but_the_team_changes_the_registry(cast, name, part):
    deed = registry_deeds(cast)[name]
    with refuses(REGISTRY):
        deed(getattr(cast, part))


@pytest.mark.parametrize("name", REGISTRY_DEEDS)
@pytest.mark.parametrize("part", ["staff", None])
def test_the_team_and_the_house_itself_change_the_registry(cast, name, part):
    assert registry_deeds(cast)[name](getattr(cast, part) if part else None).pk


@pytest.mark.parametrize("name", ROSTER_DEEDS)
@pytest.mark.parametrize("part", ["outsider", "suspended", "peer", "leaver", "chair"])
def test_whoever_does_not_keep_the_society_changes_none_of_its_seats(cast, name, part):
    """Not its own CFO, and not the chief executive of another society."""
    deed = roster_deeds(cast)[name]
    with refuses(ROSTER):
        deed(getattr(cast, part))


@pytest.mark.parametrize("name", ROSTER_DEEDS)
@pytest.mark.parametrize("part", ["liaison", "delegate", "staff", None])
def test_its_liaison_its_chief_executive_the_team_and_the_house_keep_them(cast, name, part):
    assert roster_deeds(cast)[name](getattr(cast, part) if part else None).pk


def test_the_right_ends_with_the_seat_and_with_the_account(cast):
    deeds = roster_deeds(cast)
    actions.end_tenure(
        cast.tenures["liaison"], last_day=cast.at.date() - timedelta(days=1), by=cast.liaison, at=cast.at
    )
    with refuses(ROSTER):
        deeds["end_tenure"](cast.liaison)
    closed = actions.close_account(cast.delegate, by=cast.delegate, at=cast.at)
    with refuses(ROSTER):
        deeds["end_tenure"](closed)
    closed = actions.close_account(cast.staff, by=cast.staff, at=cast.at)
    with refuses(REGISTRY):
        registry_deeds(cast)["register_person"](closed)


def test_a_society_is_kept_by_its_own_and_not_by_its_parents_liaison(cast):
    foundation = make_organization("Lagoon Foundation", kind="foundation", parent=cast.lagoon)
    tenure = make_tenure(cast.outsider, foundation, "foundation")
    with refuses(ROSTER):
        actions.end_tenure(tenure, last_day=DAY, by=cast.liaison, at=cast.at)


def test_who_is_of_the_team_is_the_teams_own_affair(cast):
    seat = actions.open_seat(cast.council, make_function("council-team"))
    with refuses(ROSTER):
        actions.start_tenure(seat, person=cast.outsider, title="", starts_on=DAY, by=cast.liaison, at=cast.at)
    assert actions.start_tenure(seat, person=cast.outsider, title="", starts_on=DAY, by=cast.staff, at=cast.at).pk
