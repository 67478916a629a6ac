"""The coverage map says of each organization and group how the seats the group admits are held."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collegium.core.access.models import Admission
from collegium.core.groups import actions
from collegium.core.groups.models import Group
from collegium.core.groups.queries import eligible_tenures
from collegium.core.groups.queries.coverage import LAPSE, Cell, cells, groups, organizations
from collegium.core.people import actions as people
from collegium.core.people.models import Organization
from collegium.core.people.tests.factories import (
    AT,
    make_function,
    make_organization,
    make_person,
    make_tenure,
)

from .cast import Cast, build_cast
from .factories import make_group, policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def everything(cast: Cast) -> dict[tuple[str, str], Cell]:
    """All cells the team sees, by the slugs of organization and group."""
    viewer = cast.viewer("staff")
    places = {row["id"]: row["slug"] for row in organizations(viewer)}
    columns = {row["id"]: row["slug"] for row in groups(viewer)}
    return {(places[cell.organization_id], columns[cell.group_id]): cell for cell in cells(places, columns, cast.at)}


def told(cast: Cast, organization: str, group: str) -> tuple[str, str, str] | None:
    cell = everything(cast).get((organization, group))
    return (cell.state, cell.why, cell.name) if cell else None


def test_a_seat_with_a_holder_is_held(cast):
    assert told(cast, "lagoon", "cfos") == ("held", "", "Ines Okafor")


def test_an_interim_or_a_deputy_alone_is_interim(cast):
    assert told(cast, "reef", "membership") == ("held", "", "Nadia Brook")
    make_group("CIOs", "cio", slug="cios")
    assert told(cast, "reef", "cios") == ("interim", "", "Bao Castellanos")
    make_tenure(make_person("Dee Puty"), cast.harbour, "cio", capacity="deputy")
    assert told(cast, "harbour", "cios") == ("interim", "", "Dee Puty")


def test_a_capacity_the_policy_does_not_admit_leaves_the_seat_vacant(cast):
    only_holders = policy("cio", capacities=["holder"])
    make_group("CIOs", slug="cios", policy=only_holders)
    assert told(cast, "reef", "cios") == ("vacant", "never_held", "")


def test_a_seat_nobody_ever_held_is_vacant_and_a_seat_that_is_not_there_is_nothing(cast):
    assert told(cast, "harbour", "membership") is None
    people.open_seat(cast.harbour, make_function("membership"))
    assert told(cast, "harbour", "membership") == ("vacant", "never_held", "")


def _leave(cast: Cast, last_day: date) -> None:
    people.end_tenure(cast.tenures["peer"], last_day=last_day, by=None, at=AT)


def test_a_holder_who_left_not_long_ago_has_lapsed_and_one_who_left_long_ago_is_vacant(cast):
    _leave(cast, (AT - timedelta(days=5)).date())
    assert told(cast, "lagoon", "cfos") == ("lapsed", "ended", "Ines Okafor")
    cast.at = AT + LAPSE
    assert told(cast, "lagoon", "cfos") == ("vacant", "ended", "")
    assert everything(cast)["lagoon", "cfos"].on == (AT - timedelta(days=4)).date()


def test_the_first_and_the_last_moment_of_a_lapse(cast):
    """Days begin where the society is."""
    _leave(cast, date(2026, 5, 10))
    zone = ZoneInfo(cast.lagoon.time_zone)
    gone, vacant = date(2026, 5, 11), date(2026, 5, 11) + LAPSE
    for day, before, after in ((gone, "held", "lapsed"), (vacant, "lapsed", "vacant")):
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        for cast.at, state in ((midnight - timedelta(microseconds=1), before), (midnight, after)):
            assert everything(cast)["lagoon", "cfos"].state == state
    assert everything(cast)["lagoon", "cfos"].on == gone


def test_a_successor_to_come_is_told(cast):
    _leave(cast, (AT - timedelta(days=5)).date())
    make_tenure(make_person("Sue Cessor"), cast.lagoon, "cfo", starts_on=date(2026, 6, 1))
    cell = everything(cast)["lagoon", "cfos"]
    assert (cell.state, cell.name, cell.next_on) == ("lapsed", "Ines Okafor", date(2026, 6, 1))


def test_a_successor_in_the_seat_is_what_counts(cast):
    _leave(cast, (AT - timedelta(days=5)).date())
    make_tenure(make_person("Sue Cessor"), cast.lagoon, "cfo", starts_on=(AT - timedelta(days=4)).date())
    assert told(cast, "lagoon", "cfos") == ("held", "", "Sue Cessor")


def test_a_holder_who_waits_for_the_second_person_has_lapsed(cast):
    tenure = make_tenure(make_person("Una Later"), cast.reef, "ceo")
    assert told(cast, "reef", "ceos") == ("lapsed", "unconfirmed", "Una Later")
    actions.confirm_tenure(cast.ceos, tenure=tenure, viewer=cast.viewer("second_staff"), at=AT)
    assert told(cast, "reef", "ceos") == ("held", "", "Una Later")


def test_a_seat_that_has_not_joined_waits_for_nobody(cast):
    cell = everything(cast)["reef", "counsels"]
    assert (cell.state, cell.name, cell.belongs) == ("held", "Nadia Brook", False)
    actions.memberships.add_seat(cast.counsels, seat=cast.tenures["newcomer"].seat, by=None, at=AT)
    cell = everything(cast)["reef", "counsels"]
    assert (cell.state, cell.why, cell.belongs) == ("lapsed", "unconfirmed", True)


def test_a_suspended_society_has_lapsed_where_somebody_sits_and_is_nothing_where_nobody_does(cast):
    assert told(cast, "lapsed", "cfos") == ("lapsed", "suspended", "Otto Grim")
    people.open_seat(cast.lapsed, make_function("cio"))
    assert told(cast, "lapsed", "membership") is None
    make_group("All", slug="all", policy=policy("cfo", standings=["member", "suspended"]))
    assert told(cast, "lapsed", "all") == ("held", "", "Otto Grim")


def test_a_kind_or_standing_the_policy_does_not_admit_is_nothing(cast):
    partner = make_organization("Partner", kind="partner", slug="partner")
    applicant = make_organization("Applicant", slug="applicant", standing="applicant")
    for society in (partner, applicant):
        make_tenure(make_person(), society, "cfo")
    assert told(cast, "partner", "cfos") is None
    assert told(cast, "applicant", "cfos") is None


def test_of_several_admitted_seats_the_best_held_counts(cast):
    make_group("Money", "general-counsel", "cio", "cfo", slug="money")
    people.open_seat(cast.reef, make_function("general-counsel"))
    cell = everything(cast)["reef", "money"]
    assert (cell.state, cell.function) == ("held", "CFO")


def test_a_closed_account_ends_it(cast):
    people.close_account(cast.peer, by=cast.peer, at=AT - timedelta(hours=1))
    assert told(cast, "lagoon", "cfos") == ("lapsed", "ended", "Ines Okafor")


def test_who_is_held_or_interim_by_office_is_who_the_sources_admit(cast):
    make_tenure(make_person("Una Later"), cast.reef, "ceo")
    make_group("CIOs", "cio", slug="cios")
    for slug, group in {group.slug: group for group in Group.objects.filter(joining="ex_officio")}.items():
        filled = {place for (place, column), cell in everything(cast).items() if column == slug and cell.handle
                  and cell.state in ("held", "interim")}  # fmt: skip
        admitted = Admission.objects.valid(AT).filter(audience=group.circle.audience, reason="seat")
        assert filled == set(admitted.values_list("organization__slug", flat=True))
        eligible = {row.seat.organization.slug for row in eligible_tenures(group, AT)}
        assert filled <= eligible
        assert group.is_closed or filled == eligible


def test_the_map_shows_only_what_the_viewer_sees_and_never_the_council(cast):
    hidden = make_group("Hidden", "cfo", slug="hidden", page_audience=cast.lagoon.audience_id)
    assert hidden.slug not in {row["slug"] for row in groups(cast.viewer("staff"))}
    assert {row["slug"] for row in organizations(cast.viewer("staff"))} == {"lagoon", "harbour", "reef", "lapsed"}


def test_a_group_without_a_policy_is_no_column(cast):
    assert "board" not in {row["slug"] for row in groups(cast.viewer("staff"))}


# --- marks


def bars(cast: Cast) -> dict[tuple[str, str], str]:
    return {place: cell.bar.value for place, cell in everything(cast).items() if cell.bar}


def test_who_is_in_and_suspended_does_not_read(cast):
    assert bars(cast) == {}
    until = AT + timedelta(days=9)
    actions.suspend_person(cast.cfos, person=cast.peer, reason="Rude.", until=until, viewer=cast.viewer("staff"), at=AT)
    assert told(cast, "lagoon", "cfos") == ("held", "", "Ines Okafor")
    assert bars(cast) == {("lagoon", "cfos"): "suspended"}
    cast.at = until
    assert bars(cast) == {}


def test_who_is_in_and_lacks_an_undertaking_does_not_read(cast):
    staff = cast.viewer("staff")
    conduct = actions.draw_up_undertaking("Conduct", slug="conduct-2", kind="conduct", by=None, at=AT)
    version = actions.publish_version(conduct, text="Be kind.", viewer=staff, at=AT, grace_days=0)
    actions.begin_need(cast.cfos, undertaking=conduct, grace_days=0, viewer=staff, at=AT)
    cast.at = AT + timedelta(minutes=1)
    assert bars(cast) == dict.fromkeys([(slug, "cfos") for slug in ("lagoon", "harbour", "reef")], "undertaking")
    actions.accept_undertaking(version, viewer=cast.viewer("peer"), at=cast.at)
    assert ("lagoon", "cfos") not in bars(cast)


def test_who_has_not_joined_lacks_nothing(cast):
    staff = cast.viewer("staff")
    conduct = actions.draw_up_undertaking("Conduct", slug="conduct-2", kind="conduct", by=None, at=AT)
    actions.publish_version(conduct, text="Be kind.", viewer=staff, at=AT, grace_days=0)
    actions.begin_need(cast.membership, undertaking=conduct, grace_days=0, viewer=staff, at=AT)
    cast.at = AT + timedelta(minutes=1)
    assert set(bars(cast)) == {("lagoon", "membership")}
    assert everything(cast)["reef", "membership"].belongs is False


def test_seats_nobody_has_confirmed_are_marked(cast):
    assert not any(cell.is_unconfirmed for cell in everything(cast).values())
    Organization.objects.filter(pk=cast.lagoon.pk).update(unconfirmed_at=AT)
    marked = {place for place, cell in everything(cast).items() if cell.is_unconfirmed}
    assert marked == {(place, column) for place, column in everything(cast) if place == "lagoon"} != set()


def test_it_is_one_question_however_many_there_are(cast, django_assert_num_queries):
    for number in range(3):
        viewer = cast.viewer("staff")
        with django_assert_num_queries(5):
            places, columns = organizations(viewer), groups(viewer)
            cells([row["id"] for row in places], [row["id"] for row in columns], AT)
        make_tenure(make_person(), make_organization(f"More {number}"), "cfo")
        make_group(f"More {number}", "cfo")
