"""Somebody leaves a society: every seat ends at the same midnight, and what hung on the person is handed on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.notices.models import Follow
from collegium.core.people import actions
from collegium.core.people.actions import Heir
from collegium.core.people.models import Departure, Handover, Tenure
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses
from collegium.rooms.discussions.tests.factories import make_topic

from .factories import AT, make_function, make_tenure

LAST, DAY_AFTER = date(2026, 5, 29), date(2026, 5, 30)
# Midnight in New York.
MIDNIGHT = datetime(2026, 5, 30, 4, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
NOT_THEIRS = "Only the society's liaison or chief executive and the council's team keep its seats."
NO_LONGER = "leaves on May 29, 2026: let the tenure end by then, or withdraw the departure first."


def begin(cast, part="peer", by="liaison", last_day=LAST, organization=None):
    place = organization or cast.lagoon
    return actions.begin_departure(
        getattr(cast, part), organization=place, last_day=last_day, by=getattr(cast, by), at=AT
    )


def hand_on(cast, departure, heir="two_seats", things=None, by="liaison", **how):
    person = getattr(cast, heir) if heir else None
    seats = {row.tenure_id: Heir(person, **how) if person else None for row in departure.leavings.all()}
    return actions.hand_on(departure, seats=seats, things=things or {}, by=getattr(cast, by), at=AT)


def held(tenure):
    fresh = Tenure.objects.get(pk=tenure.pk)
    return fresh.starts_on, fresh.last_day


def test_every_seat_at_the_society_ends_on_the_day_and_those_elsewhere_stay(cast):
    other = make_tenure(cast.two_seats, cast.lagoon, "hr")
    with recorded() as events:
        departure = begin(cast, "two_seats")
    assert [held(t)[1] for t in (cast.tenures["two_seats"], other, cast.tenures["two_seats_reef"])] == [
        LAST,
        LAST,
        None,
    ]
    assert [event[0] for event in events] == ["tenure.end_moved", "tenure.end_moved", "departure.begun"]
    facts = {"person": cast.two_seats.pk, "last_day": "2026-05-29"}
    told = (cast.liaison.pk, cast.lagoon.pk, cast.lagoon.pk, "people.departure", cast.lagoon.audience_id, facts)
    assert events[-1][1:] == told
    assert departure.is_open
    assert list(unsettled()) == []


def test_access_closes_at_midnight_and_the_successor_is_in(cast):
    departure = hand_on(cast, begin(cast))
    circle = cast.cfos.circle.audience_id
    seen = {
        part: [cast.viewer(part, at).is_among(circle) for at in (MIDNIGHT - MOMENT, MIDNIGHT)]
        for part in ("peer", "two_seats")
    }
    assert seen == {"peer": [True, False], "two_seats": [False, True]}
    succession = departure.leavings.get().succession
    assert held(succession) == (DAY_AFTER, None)
    assert (succession.person, succession.title) == (cast.two_seats, "Chief Financial Officer")
    assert list(unsettled()) == []


def test_the_successor_gets_the_mandates_only_if_that_is_said(cast):
    actions.give_mandate(cast.tenures["peer"], act="sign", starts_on=date(2025, 1, 1), by=None, at=AT)
    departure = begin(cast)
    acts = []
    for mandates in (False, True):
        hand_on(cast, departure, with_mandates=mandates)
        succession = departure.leavings.get().succession
        acts.append([(mandate.act, mandate.period.lower) for mandate in succession.mandates.all()])
    assert acts == [[], [("sign", DAY_AFTER)]]


def test_an_end_already_recorded_stays_and_the_successor_follows_it(cast):
    actions.end_tenure(cast.tenures["peer"], last_day=date(2026, 5, 10), by=None, at=AT)
    departure = hand_on(cast, begin(cast))
    assert held(cast.tenures["peer"])[1] == date(2026, 5, 10)
    assert held(departure.leavings.get().succession)[0] == date(2026, 5, 11)


@pytest.mark.parametrize("last_day", [date(2026, 5, 8), date(2026, 6, 30)])
def test_the_day_moves_and_the_successor_with_it(cast, last_day):
    actions.give_mandate(cast.tenures["peer"], act="sign", starts_on=date(2025, 1, 1), by=None, at=AT)
    departure = hand_on(cast, begin(cast), with_mandates=True)
    moved = actions.move_departure(departure, last_day=last_day, by=cast.liaison, at=AT)
    succession = departure.leavings.get().succession
    first = last_day + timedelta(days=1)
    assert (moved.last_day, held(cast.tenures["peer"])[1], held(succession)) == (last_day, last_day, (first, None))
    assert [mandate.period.lower for mandate in succession.mandates.all()] == [first]
    assert list(unsettled()) == []


def test_withdrawn_everything_is_as_it_was(cast):
    actions.end_tenure(cast.tenures["peer"], last_day=date(2026, 12, 31), by=None, at=AT)
    departure = hand_on(cast, begin(cast))
    assert held(cast.tenures["peer"])[1] == LAST
    withdrawn = actions.withdraw_departure(departure, by=cast.liaison, at=AT)
    assert (withdrawn.state, withdrawn.closed_at) == (Departure.State.WITHDRAWN, AT)
    assert held(cast.tenures["peer"])[1] == date(2026, 12, 31)
    assert not Tenure.objects.filter(person=cast.two_seats, seat=cast.tenures["peer"].seat).exists()
    assert list(unsettled()) == []


def move(cast, departure, last_day, at=AT):
    return actions.move_departure(departure, last_day=last_day, by=cast.liaison, at=at)


def withdraw(cast, departure, at=AT):
    return actions.withdraw_departure(departure, by=cast.liaison, at=at)


def test_whoever_was_named_for_the_seat_meanwhile_is_not_displaced(cast):
    departure = begin(cast)
    other = make_tenure(cast.two_seats, cast.lagoon, "cfo", starts_on=DAY_AFTER)
    taken = "Bao Castellanos holds the seat CFO from May 30, 2026: take that back first, or record its end."
    for deed in (lambda: withdraw(cast, departure), lambda: move(cast, departure, DAY_AFTER)):
        with refuses(taken):
            deed()
    assert held(other) == (DAY_AFTER, None)
    actions.take_back_tenure(other, by=cast.liaison, at=AT)
    withdraw(cast, departure)
    assert held(cast.tenures["peer"])[1] is None


def test_a_successor_does_not_begin_while_somebody_else_holds_the_seat(cast):
    departure = hand_on(cast, begin(cast))
    actions.end_tenure(cast.tenures["peer"], last_day=date(2026, 5, 10), by=cast.liaison, at=AT)
    make_tenure(
        cast.delegate, cast.lagoon, "cfo", capacity="interim", starts_on=date(2026, 5, 11), last_day=date(2026, 5, 25)
    )
    with refuses("Ingvild Sorensen holds the seat CFO from May 11, 2026: take that back first, or record its end."):
        move(cast, departure, date(2026, 5, 20))
    move(cast, departure, date(2026, 5, 25))
    assert held(departure.leavings.get().succession) == (date(2026, 5, 26), None)


def test_a_successor_whose_own_end_comes_first_is_not_moved_beyond_it(cast):
    departure = hand_on(cast, begin(cast))
    succession = departure.leavings.get().succession
    actions.end_tenure(succession, last_day=date(2026, 6, 10), by=cast.liaison, at=AT)
    with refuses(
        "Bao Castellanos follows only until June 10, 2026: choose an earlier day, or another successor first."
    ):
        move(cast, departure, date(2026, 6, 10))
    move(cast, departure, date(2026, 6, 9))
    assert held(succession) == (date(2026, 6, 10), date(2026, 6, 10))


@pytest.mark.parametrize("moved", [None, date(2026, 5, 10), date(2026, 5, 8), date(2026, 5, 20)])
def test_an_earlier_end_recorded_meanwhile_is_not_undone(cast, moved):
    departure, early = begin(cast), date(2026, 5, 10)
    actions.end_tenure(cast.tenures["peer"], last_day=early, by=cast.liaison, at=AT)
    if moved:
        departure = move(cast, departure, moved)
        assert held(cast.tenures["peer"])[1] == min(early, moved)
        departure = move(cast, departure, date(2026, 6, 30))
        assert held(cast.tenures["peer"])[1] == early
    withdraw(cast, departure, at=AT if moved else datetime(2026, 5, 20, 12, tzinfo=UTC))
    assert held(cast.tenures["peer"])[1] == early
    assert list(unsettled()) == []


def test_a_departure_is_withdrawn_though_a_successor_has_begun(cast):
    other = make_tenure(cast.peer, cast.lagoon, "hr")
    actions.end_tenure(cast.tenures["peer"], last_day=date(2026, 5, 10), by=None, at=AT)
    departure = hand_on(cast, begin(cast))
    begun, ahead = (leaving.succession for leaving in departure.leavings.order_by("tenure__period"))
    if begun.seat_id == other.seat_id:
        begun, ahead = ahead, begun
    withdrawn = withdraw(cast, departure, at=datetime(2026, 5, 15, 12, tzinfo=UTC))
    assert withdrawn.state == Departure.State.WITHDRAWN
    assert [held(tenure)[1] for tenure in (cast.tenures["peer"], other)] == [date(2026, 5, 10), None]
    assert held(begun) == (date(2026, 5, 11), None)
    assert not Tenure.objects.filter(pk=ahead.pk).exists()


def test_mandates_that_end_stay_ended_when_the_day_moves(cast):
    actions.give_mandate(cast.tenures["peer"], act="sign", starts_on=date(2025, 1, 1), by=None, at=AT)
    departure = hand_on(cast, begin(cast), with_mandates=True)
    succession = departure.leavings.get().succession
    actions.end_mandate(succession.mandates.get(), last_day=date(2026, 6, 5), by=cast.liaison, at=AT)
    actions.give_mandate(succession, act="sign", starts_on=date(2026, 7, 1), by=cast.liaison, at=AT)
    found = []
    for last_day in (date(2026, 6, 1), date(2026, 6, 9)):
        move(cast, departure, last_day)
        days = succession.mandates.order_by("period").values_list("period", flat=True)
        found.append([(period.lower, period.upper) for period in days])
    later = (date(2026, 7, 1), None)
    assert found == [[(date(2026, 6, 2), date(2026, 6, 6)), later], [later]]


def test_another_successor_and_nobody_are_said_anew(cast):
    departure = begin(cast)
    found = []
    for heir in ("two_seats", "delegate", None):
        hand_on(cast, departure, heir)
        found.append(
            [t.person for t in Tenure.objects.filter(seat=cast.tenures["peer"].seat).exclude(person=cast.peer)]
        )
    assert found == [[cast.two_seats], [cast.delegate], []]


def test_what_is_said_again_alike_makes_no_new_tenure(cast):
    departure = begin(cast)
    made = [hand_on(cast, departure).leavings.get().succession_id for _twice in range(2)]
    assert made[0] == made[1]


def test_open_questions_go_to_the_successor_also_those_of_the_last_day(cast):
    early = make_topic(cast, by="peer", title="Early")
    departure = hand_on(cast, begin(cast), things={("questions", cast.cfos.pk): cast.two_seats})
    late = make_topic(cast, by="peer", title="Late")
    assert _followed(cast) == [early.pk]
    assert actions.complete_departures(at=MIDNIGHT - MOMENT) == 0
    with recorded() as events:
        assert actions.complete_departures(at=MIDNIGHT) == 1
    assert [(event[0], event[1]) for event in events] == [("question.handed_on", None), ("departure.done", None)]
    assert _followed(cast) == [early.pk, late.pk]
    departure.refresh_from_db()
    assert (departure.state, actions.complete_departures(at=MIDNIGHT)) == (Departure.State.DONE, 0)


def _followed(cast):
    found = Follow.objects.filter(person=cast.two_seats, state="following")
    return list(found.order_by("entry").values_list("entry", flat=True))


def test_an_office_is_recommended_and_taken_back(cast):
    office = cast.tenures["colleague"].offices.get()
    departure = begin(cast, "colleague", by="chair", organization=cast.harbour)
    for successor in (cast.chair, None):
        actions.hand_on(departure, seats={}, things={("office", office.pk): successor}, by=cast.chair, at=AT)
        kept = list(Handover.objects.values_list("kind", "thing_id", "successor"))
        assert kept == ([("office", office.pk, cast.chair.pk)] if successor else [])


def test_what_cannot_be_is_refused(cast):
    with refuses("The last day is today or later; an end in the past is recorded on the seat."):
        begin(cast, last_day=date(2026, 5, 3))
    with refuses("This person holds no seat of the society."):
        begin(cast, "colleague")
    departure = begin(cast)
    with refuses("The departure of this person is under way already."):
        begin(cast)
    with refuses("Whoever leaves cannot follow themselves."):
        hand_on(cast, departure, "peer")
    with refuses("Only somebody with a seat at the society can follow; propose a new holder first."):
        hand_on(cast, departure, "colleague")
    with refuses("Only somebody with a seat at the society can follow; propose a new holder first."):
        hand_on(cast, departure, None, things={("questions", 1): cast.outsider})
    with refuses("The last day is today or later; an end in the past is recorded on the seat."):
        actions.move_departure(departure, last_day=date(2026, 5, 1), by=cast.liaison, at=AT)


def test_nobody_leaves_before_a_seat_they_are_about_to_take(cast):
    make_tenure(cast.peer, cast.lagoon, "hr", starts_on=date(2026, 6, 1))
    with refuses("This person takes a seat after that day: take that back, or choose a later day."):
        begin(cast)


@pytest.mark.parametrize("last_day", [None, DAY_AFTER])
def test_whoever_leaves_takes_no_seat_beyond_the_last_day(cast, last_day):
    begin(cast)
    actions.open_seat(cast.lagoon, make_function("hr"))
    words = f"Ines Okafor {NO_LONGER}"
    with refuses(words):
        make_tenure(cast.peer, cast.lagoon, "hr", starts_on=date(2026, 5, 10), last_day=last_day)
    with refuses(words):
        actions.propose_holder(
            cast.lagoon,
            function=make_function("hr"),
            person=cast.peer,
            title="HR",
            starts_on=date(2026, 5, 10),
            by=cast.liaison,
            at=AT,
        )
    assert make_tenure(cast.peer, cast.lagoon, "hr", starts_on=date(2026, 5, 10), last_day=LAST).pk
    assert make_tenure(cast.peer, cast.harbour, "hr").pk


def test_whoever_leaves_follows_nobody_for_longer(cast):
    begin(cast, "two_seats")
    departure = begin(cast)
    with refuses(
        "Bao Castellanos leaves on May 29, 2026: let the tenure end by then, or withdraw the departure first."
    ):
        hand_on(cast, departure)


@pytest.mark.parametrize("closes", ["withdraw", "pass"])
def test_whoever_stays_or_is_back_takes_seats_again(cast, closes):
    departure = begin(cast)
    if closes == "withdraw":
        actions.withdraw_departure(departure, by=cast.liaison, at=AT)
    assert make_tenure(cast.peer, cast.lagoon, "hr", at=AT if closes == "withdraw" else MIDNIGHT).pk


def test_the_capacity_of_whoever_leaves_stays(cast):
    departure = begin(cast)
    tenure = Tenure.objects.get(pk=cast.tenures["peer"].pk)
    asked = {"capacity": "deputy", "from_day": date(2026, 5, 10), "by": cast.liaison, "at": AT}
    with refuses(
        "Ines Okafor leaves on May 29, 2026 and keeps this capacity until then; withdraw the departure to change it."
    ):
        actions.change_capacity(tenure, **asked)
    actions.withdraw_departure(departure, by=cast.liaison, at=AT)
    assert actions.change_capacity(tenure, **asked).capacity == "deputy"


def test_a_seat_taken_since_ends_with_an_earlier_last_day(cast):
    departure = begin(cast)
    added = make_tenure(cast.peer, cast.lagoon, "hr", starts_on=date(2026, 5, 10), last_day=LAST)
    with refuses("This person takes a seat after that day: take that back, or choose a later day."):
        actions.move_departure(departure, last_day=date(2026, 5, 9), by=cast.liaison, at=AT)
    ends = []
    for last_day in (date(2026, 5, 20), date(2026, 6, 30)):
        departure = actions.move_departure(departure, last_day=last_day, by=cast.liaison, at=AT)
        ends.append([held(tenure)[1] for tenure in (cast.tenures["peer"], added)])
    assert ends == [[date(2026, 5, 20)] * 2, [date(2026, 6, 30), LAST]]
    assert list(unsettled()) == []


def test_what_is_over_is_over(cast):
    departure = begin(cast)
    for deed in (
        lambda: actions.withdraw_departure(departure, by=cast.liaison, at=MIDNIGHT),
        lambda: actions.hand_on(departure, seats={}, things={}, by=cast.liaison, at=MIDNIGHT),
        lambda: actions.move_departure(departure, last_day=DAY_AFTER, by=cast.liaison, at=MIDNIGHT),
    ):
        with refuses("The last day has passed; record a new tenure if the person is back."):
            deed()
    actions.withdraw_departure(departure, by=cast.liaison, at=AT)
    with refuses("This departure is closed already."):
        actions.withdraw_departure(departure, by=cast.liaison, at=AT)


@pytest.mark.parametrize("by", ["peer", "chair", "outsider"])
def test_only_who_keeps_the_roster_does_any_of_it(cast, by):
    departure = begin(cast)
    person = getattr(cast, by)
    for deed in (
        lambda: begin(cast, "delegate", by=by),
        lambda: hand_on(cast, departure, by=by),
        lambda: actions.move_departure(departure, last_day=DAY_AFTER, by=person, at=AT),
        lambda: actions.withdraw_departure(departure, by=person, at=AT),
    ):
        with refuses(NOT_THEIRS):
            deed()


def test_each_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: begin(cast))
    departure = begin(cast)
    for deed in (
        lambda: hand_on(cast, departure),
        lambda: actions.move_departure(departure, last_day=DAY_AFTER, by=cast.liaison, at=AT),
        lambda: actions.withdraw_departure(departure, by=cast.liaison, at=AT),
        lambda: actions.complete_departures(at=MIDNIGHT),
    ):
        assert is_taken_back(deed)
