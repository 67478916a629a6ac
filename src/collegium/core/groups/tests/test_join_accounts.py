"""What two accounts have in groups when they are joined: each conflict, no suspension shed, no key of one's own."""

from datetime import date, timedelta

import pytest
from psycopg.types.range import TimestamptzRange

from collegium.core.access.queries import unsettled
from collegium.core.groups import actions
from collegium.core.groups.models import (
    Acceptance,
    Application,
    Confirmation,
    JoinRequest,
    Membership,
    Office,
    Reading,
    Suspension,
    UndertakingVersion,
)
from collegium.core.notices.models import Follow, Level, Preference
from collegium.core.people import actions as people
from collegium.core.people.models import Mandate, Tenure
from collegium.core.people.queries import unsound_joined
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.core.trail.tests.story import refuses

from .applying import confirmed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def second(cast):
    """A second account of the newcomer, who holds the same seat at Reef, which several may hold."""
    person = make_person("Nadia Brook", email="nadia@reef.example", handle="nadia-2")
    cast.tenures["second"] = make_tenure(
        person, cast.reef, "membership", title="Membership", starts_on=date(2022, 3, 1), last_day=date(2026, 12, 31)
    )
    cast.second = person
    return person


def join(cast, second, stays="newcomer"):
    person = getattr(cast, stays)
    email = second.emailaddress_set.get().email
    joining = people.ask_to_join(person, email=email, by=person, at=cast.at)
    done = people.agree_to_join(joining, side="other", by=person, at=cast.at)
    second.refresh_from_db()
    assert (list(unsettled()), list(unsound_joined())) == ([], [])
    return done


def mine(model, cast, part="newcomer", **more):
    return list(model.objects.filter(tenure__person=getattr(cast, part), **more).order_by("pk"))


def reads(cast, part, group, at=None):
    return cast.viewer(part, at).is_among(getattr(cast, group).circle.audience_id)


# --- seats


def test_two_tenures_of_one_seat_on_the_same_days_become_one_span(cast, second):
    join(cast, second)
    [tenure] = Tenure.objects.filter(person=cast.newcomer)
    assert tenure.pk == cast.tenures["newcomer"].pk
    assert (tenure.starts_on, tenure.last_day, tenure.title) == (date(2020, 1, 1), None, "Director of Membership")


def test_the_earlier_first_day_and_the_later_last_day_count(cast, second):
    Tenure.objects.filter(pk=cast.tenures["newcomer"].pk).update(
        period=cast.tenures["second"].period.__class__(date(2024, 1, 1), date(2026, 6, 1))
    )
    join(cast, second)
    [tenure] = Tenure.objects.filter(person=cast.newcomer)
    assert (tenure.starts_on, tenure.last_day, tenure.title) == (
        date(2022, 3, 1),
        date(2026, 12, 31),
        "Director of Membership",
    )


@pytest.mark.parametrize("how", ["after it", "as a deputy", "elsewhere"])
def test_what_is_not_the_same_seat_on_the_same_days_stays_apart(cast, second, how):
    tenures = Tenure.objects.filter(pk=cast.tenures["second"].pk)
    if how == "after it":
        Tenure.objects.filter(pk=cast.tenures["newcomer"].pk).update(
            period=cast.tenures["second"].period.__class__(date(2020, 1, 1), date(2022, 3, 1))
        )
    elif how == "as a deputy":
        tenures.update(capacity="deputy")
    else:
        tenures.update(seat=make_tenure(make_person(), cast.lagoon, "membership").seat)
    join(cast, second)
    assert Tenure.objects.filter(person=cast.newcomer).count() == 2


def test_a_seat_for_one_passes_from_one_account_to_the_other(cast):
    """Nobody but one can hold it on a day; one account after the other has two spans of it."""
    cast.second = make_person("Ines Okafor", email="ines@lagoon.example", handle="ines-2")
    people.end_tenure(cast.tenures["peer"], last_day=date(2025, 12, 31), by=None, at=cast.at)
    now = make_tenure(cast.second, cast.lagoon, "cfo", starts_on=date(2026, 1, 1), title="Chief Financial Officer")
    assert not reads(cast, "peer", "cfos")
    join(cast, cast.second, stays="peer")
    assert set(Tenure.objects.filter(person=cast.peer)) == {cast.tenures["peer"], now}
    assert reads(cast, "peer", "cfos")


def test_mandates_hang_on_the_span(cast, second):
    first = people.give_mandate(cast.tenures["newcomer"], act="sign", starts_on=date(2025, 1, 1), by=None, at=cast.at)
    for act in ("sign", "vote"):
        people.give_mandate(cast.tenures["second"], act=act, starts_on=date(2025, 1, 1), by=None, at=cast.at)
    join(cast, second)
    assert [(row.act, row.tenure_id) for row in Mandate.objects.order_by("act")] == [
        ("sign", first.tenure_id),
        ("vote", first.tenure_id),
    ]


def test_coverage_and_rosters_name_one_person(cast, second):
    actions.join_group(cast.membership, tenure=cast.tenures["newcomer"], viewer=cast.viewer("newcomer"), at=cast.at)
    assert reads(cast, "second", "membership")
    join(cast, second)
    assert (reads(cast, "newcomer", "membership"), reads(cast, "second", "membership")) == (True, False)


# --- memberships, offices, requests


def invite(cast, tenure, group="counsels", confirmed_by=None):
    group = getattr(cast, group)
    row = actions.invite_person(group, tenure=tenure, viewer=cast.viewer("staff"), at=cast.at - DAY)
    if confirmed_by:
        row = actions.confirm_membership(row, viewer=cast.viewer(confirmed_by), at=cast.at)
    return row


def test_of_two_invitations_the_confirmed_one_goes_on(cast, second):
    waiting = invite(cast, cast.tenures["newcomer"])
    confirmed = invite(cast, cast.tenures["second"], confirmed_by="second_staff")
    join(cast, second)
    rows = mine(Membership, cast)
    assert [(row.pk, row.has_ended) for row in rows] == [(waiting.pk, True), (confirmed.pk, False)]
    assert reads(cast, "newcomer", "counsels")


def test_of_two_offices_one_goes_on(cast, second):
    for part in ("newcomer", "second"):
        actions.name_officer(
            cast.cfos, tenure=cast.tenures[part], role="chair", viewer=cast.viewer("staff"), at=cast.at
        )
    join(cast, second)
    assert [row.has_ended for row in mine(Office, cast)] == [False, True]
    assert cast.viewer("newcomer").is_among(cast.cfos.officers_audience_id)


def test_of_two_requests_to_join_one_waits(cast, second):
    for part in ("newcomer", "second"):
        actions.request_to_join(
            cast.counsels, tenure=cast.tenures[part], note=part, viewer=cast.viewer(part), at=cast.at
        )
    join(cast, second)
    assert [(row.note, row.state) for row in mine(JoinRequest, cast)] == [
        ("newcomer", "waiting"),
        ("second", "withdrawn"),
    ]


def test_what_the_one_account_confirmed_for_the_other_waits_for_somebody_elses_key(cast, second):
    """The second account is of the council's team, and let the first into a closed group."""
    cast.second = make_person("Nadia of the team", email="nadia@council.example", handle="nadia-3")
    make_tenure(cast.second, cast.council, "council-team")
    row = invite(cast, cast.tenures["newcomer"], confirmed_by="second")
    assert reads(cast, "newcomer", "counsels")
    join(cast, cast.second)
    row.refresh_from_db()
    assert (row.confirmed_by, row.confirmed_at, reads(cast, "newcomer", "counsels")) == (None, None, False)
    with refuses("Whoever gains by it cannot confirm it."):
        actions.confirm_membership(row, viewer=cast.viewer("newcomer"), at=cast.at)


def test_a_tenure_confirmed_by_ones_own_other_account_waits_again(cast):
    cast.second = make_person("Ingvild of the team", email="ingvild@council.example", handle="ingvild-2")
    make_tenure(cast.second, cast.council, "council-team")
    Confirmation.objects.update(by=cast.second)
    assert reads(cast, "delegate", "ceos")
    join(cast, cast.second, stays="delegate")
    assert mine(Confirmation, cast, "delegate") == []
    assert not reads(cast, "delegate", "ceos")
    # What it confirmed for others stands.
    assert [row.by for row in mine(Confirmation, cast, "chair")] == [cast.delegate]


def test_both_keys_of_a_third_person_turned_by_what_is_one_now_stay_in_the_record(cast):
    cast.second = make_person("Mara again", email="mara@council.example", handle="mara-2")
    make_tenure(cast.second, cast.council, "council-team")
    row = invite(cast, cast.tenures["newcomer"], confirmed_by="second")
    join(cast, cast.second, stays="staff")
    row.refresh_from_db()
    assert (row.given_by, row.confirmed_by, cast.second.merged_into) == (cast.staff, cast.second, cast.staff)
    assert reads(cast, "newcomer", "counsels")


# --- undertakings, suspensions, readings


def test_the_earliest_acceptance_of_a_version_counts_and_others_come_along(cast, second):
    keep = actions.draw_up_undertaking("Confidentiality", slug="keep", kind="confidentiality", by=None, at=cast.at)
    made = [
        actions.publish_version(keep, text=f"Text {n}.", viewer=cast.viewer("staff"), at=cast.at - 9 * DAY + n * DAY)
        for n in range(2)
    ]
    for version, part, days in ((0, "newcomer", 5), (0, "second", 6), (1, "second", 4)):
        Acceptance.objects.create(version=made[version], tenure=cast.tenures[part], at=cast.at - days * DAY)
    join(cast, second)
    held = [(row.version_id, row.at) for row in mine(Acceptance, cast)]
    assert sorted(held) == [(made[0].pk, cast.at - 6 * DAY), (made[1].pk, cast.at - 4 * DAY)]
    assert UndertakingVersion.objects.count() == 2


def suspend(cast, person, group="cfos", by="staff"):
    viewer = cast.viewer(by)
    return actions.suspend_person(
        getattr(cast, group), person=person, until=cast.at + 9 * DAY, reason="Quoted", viewer=viewer, at=cast.at
    )


def test_a_suspension_is_not_shed_by_joining(cast):
    """The account that is suspended holds the seat; the one that stays is not, and is kept out once it has it."""
    cast.second = make_person("Tomasz Halloran", email="tomasz@home.example", handle="tomasz-2")
    row = suspend(cast, cast.peer)
    second, cast.peer = cast.peer, cast.second
    join(cast, second, stays="peer")
    row.refresh_from_db()
    assert row.person == cast.peer
    assert [reads(cast, "peer", "cfos", cast.at + days * DAY) for days in (0, 8, 9)] == [False, False, True]


def test_whoever_stays_suspended_is_kept_out_of_what_comes(cast):
    person = make_person("Ines Okafor", email="ines@home.example", handle="ines-3")
    cast.second = person
    make_tenure(person, cast.reef, "ceo")
    suspend(cast, cast.peer)
    join(cast, person, stays="peer")
    assert not reads(cast, "peer", "cfos")
    assert Suspension.objects.filter(person=cast.peer).count() == 1


def test_one_account_that_suspended_the_other_is_not_joined_to_it_before_that_has_ended(cast):
    row = suspend(cast, cast.peer, by="colleague")
    why = "One of the two accounts suspended the other from a group. That suspension has to end first."
    joining = people.ask_to_join(cast.peer, email="colleague@harbour.example", by=cast.peer, at=cast.at)
    with refuses(why):
        people.agree_to_join(joining, side="other", by=cast.peer, at=cast.at)
    actions.lift_suspension(row, viewer=cast.viewer("staff"), at=cast.at)
    cast.second = cast.colleague
    join(cast, cast.colleague, stays="peer")
    row.refresh_from_db()
    # The record says who did it then.
    assert (row.person, row.given_by) == (cast.peer, cast.colleague)


def test_of_two_waiting_requests_to_read_one_waits(cast):
    cast.second = make_person("Mara again", email="mara@council.example", handle="mara-3")
    make_tenure(cast.second, cast.council, "council-team")
    for part in ("staff", "second"):
        actions.ask_to_read(cast.cfos, reason="A complaint", viewer=cast.viewer(part), at=cast.at)
    join(cast, cast.second, stays="staff")
    rows = Reading.objects.filter(person=cast.staff).order_by("pk")
    assert [row.is_waiting for row in rows] == [True, False]


def test_a_running_reading_the_other_account_allowed_ends(cast):
    cast.second = make_person("Mara again", email="mara@council.example", handle="mara-4")
    make_tenure(cast.second, cast.council, "council-team")
    row = actions.ask_to_read(cast.cfos, reason="A complaint", viewer=cast.viewer("second"), at=cast.at)
    actions.confirm_reading(row, viewer=cast.viewer("staff"), at=cast.at)
    assert reads(cast, "second", "cfos")
    join(cast, cast.second, stays="staff")
    assert not reads(cast, "staff", "cfos")
    assert Reading.objects.get(pk=row.pk).period == TimestamptzRange(cast.at, cast.at + DAY)


def test_applications_come_along(cast, second):
    application = Application.objects.create(
        group=cast.membership,
        person=second,
        name="Nadia",
        email="nadia@reef.example",
        society=cast.reef,
        function=cast.tenures["second"].seat.function,
        title="Director",
        capacity="holder",
        leadership="staff",
        asked_at=cast.at,
    )
    join(cast, second)
    application.refresh_from_db()
    assert application.person == cast.newcomer


def test_a_role_the_one_account_confirmed_for_the_other_waits_for_the_society_again(cast, second):
    application = confirmed(cast)
    Application.objects.filter(pk=application.pk).update(person=second, confirmed_by=cast.newcomer)
    join(cast, second)
    application.refresh_from_db()
    assert (application.state, application.confirmed_by, application.person) == ("society", None, cast.newcomer)


# --- what one hears


def test_choices_of_the_staying_account_stand_and_others_come_along(cast, second):
    both, theirs = cast.cfos.entry, cast.membership.entry
    for person, entry, level, state in (
        (cast.newcomer, both, Level.NOTHING, "muted"),
        (second, both, Level.EVERY, "following"),
        (second, theirs, Level.WEEKLY, "following"),
    ):
        Preference.objects.create(person=person, place=entry, level=level)
        Follow.objects.create(person=person, entry=entry, state=state)
    join(cast, second)
    levels = Preference.objects.filter(person=cast.newcomer).values_list("place", "level")
    states = Follow.objects.filter(person=cast.newcomer).values_list("entry", "state")
    assert set(levels) == {(both.pk, "nothing"), (theirs.pk, "weekly")}
    assert set(states) == {(both.pk, "muted"), (theirs.pk, "following")}
    assert (Preference.objects.count(), Follow.objects.count()) == (2, 2)
