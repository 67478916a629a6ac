"""Those without an answer are reminded: when, who, and once; then the call closes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls import actions
from collegium.core.calls.models import Call, Reminder
from collegium.core.calls.models.rolls import due_moments
from collegium.core.groups.tests.cast import Cast
from collegium.core.notices.actions import tell
from collegium.core.notices.models import Notification
from collegium.core.people import actions as people
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import is_taken_back

from .scene import DAY, answer, make_call, open_call, row_of

HOUR = timedelta(hours=1)


def told(name: str, at) -> list[str]:
    """Who is told of the newest event of this name, each by the name of the notice that reached them."""
    event = Event.objects.filter(name=name).order_by("-pk")[0]
    tell(event, at=at)
    found = Notification.objects.filter(event=event).order_by("person__name")
    return [f"{name.partition('.')[2]}: {person}" for name, person in found.values_list("notice", "person__name")]


def kinds(call: Call) -> list[str]:
    return list(Reminder.objects.filter(call=call).values_list("kind", flat=True))


# --- when


def moments(opens_in: timedelta, cast: Cast) -> list[tuple[str, timedelta]]:
    call = Call(opens_at=cast.at, closes_at=cast.at + opens_in)
    return [(kind, call.closes_at - moment) for kind, moment in due_moments(call)]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (30 * DAY, {"halfway": 15 * DAY, "three_days": 3 * DAY, "one_day": DAY, "second_contact": 12 * HOUR}),
        (6 * DAY, {"halfway": 3 * DAY, "one_day": DAY, "second_contact": 12 * HOUR}),
        (4 * DAY, {"halfway": 2 * DAY, "one_day": DAY, "second_contact": 12 * HOUR}),
        (DAY, {"second_contact": 12 * HOUR}),
        (6 * HOUR, {}),
    ],
)
def test_reminders_are_spread_over_the_window_and_do_not_crowd(cast, window, expected):
    assert moments(window, cast) == [("opening", window), *expected.items()]


def test_the_clock_opens_reminds_and_closes_each_once(cast):
    call = make_call(cast)
    steps = []
    for hours in range(0, 24 * 12, 6):
        at = cast.at + hours * HOUR
        if actions.advance_calls(at=at):
            call.refresh_from_db()
            steps.append((hours / 24, call.state_at(at), kinds(call)[-1:]))
        assert actions.advance_calls(at=at) == 0
    assert steps == [
        (1, "open", []),
        (6, "open", ["halfway"]),
        (8, "open", ["three_days"]),
        (10, "open", ["one_day"]),
        (10.5, "open", ["second_contact"]),
        (11, "closed", ["second_contact"]),
    ]


def test_a_page_that_needs_the_rolls_takes_those_that_are_due(cast):
    make_call(cast, title="Due")
    make_call(cast, title="Ahead", opens_at=cast.at + 5 * DAY)
    assert [actions.open_due_calls(at=cast.at + 2 * DAY) for _time in range(2)] == [1, 0]
    assert [call.entry.title for call in Call.objects.running()] == ["Due"]


def test_what_was_missed_while_nothing_ran_is_not_made_up_for(cast):
    call = make_call(cast)
    actions.advance_calls(at=call.opens_at)
    actions.advance_calls(at=call.closes_at - HOUR)
    assert kinds(call) == ["second_contact"]


def test_an_extension_moves_the_reminders(cast):
    call, at = open_call(cast)
    actions.remind_due(call, at=call.closes_at - DAY)
    actions.extend_call(call, closes_at=call.closes_at + 10 * DAY, reason="Boards", by=cast.staff, at=at + 8 * DAY)
    call.refresh_from_db()
    actions.remind_due(call, at=call.closes_at - 3 * DAY)
    # The day before was told of before; of the new end's day before nobody is told twice.
    assert kinds(call) == ["one_day", "three_days"]


# --- who


def test_the_opening_tells_mandated_people_and_the_societys_office(cast):
    _call, at = open_call(cast)
    assert told("call.opened", at) == [
        "CallAnnounced: Ines Okafor",
        "CallAnnounced: Ingvild Sorensen",
        "CallAnnounced: Jonas Weil",
        "CallAnnounced: Kekoa Lindgren",
        "CallAnnounced: Ruth Alder",
    ]
    sentence = Notification.objects.first()
    assert sentence is not None


def test_only_those_without_an_answer_are_reminded(cast):
    call, at = open_call(cast)
    answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    actions.remind_due(call, at=call.closes_at - 3 * DAY)
    assert told("call.reminded", call.closes_at - 3 * DAY) == ["CallDue: Kekoa Lindgren", "CallDue: Ruth Alder"]


def test_who_answers_between_the_reminder_and_its_telling_hears_nothing(cast):
    call, at = open_call(cast)
    actions.remind_due(call, at=call.closes_at - 3 * DAY)
    for society, part in ((cast.lagoon, "delegate"), (cast.reef, "leaver"), (cast.harbour, "chair")):
        answer(call, society, cast.viewer(part, at), at)
    assert told("call.reminded", call.closes_at - 3 * DAY) == []


def test_in_the_end_the_societys_second_contact_hears_of_it(cast):
    call, _at = open_call(cast)
    actions.remind_due(call, at=call.closes_at - 6 * HOUR)
    # Lagoon's liaison; Harbour's and Reef's only people are those reminded before.
    assert told("call.reminded", call.closes_at - 6 * HOUR) == ["CallDue: Jonas Weil"]


def test_when_all_have_answered_nobody_is_reminded_and_no_event_is_left(cast):
    call, at = open_call(cast)
    for society, part in ((cast.lagoon, "delegate"), (cast.reef, "leaver"), (cast.harbour, "chair")):
        answer(call, society, cast.viewer(part, at), at)
    actions.remind_due(call, at=call.closes_at - 3 * DAY)
    assert not Event.objects.filter(name="call.reminded").exists()


def test_primary_and_alternate_hear_who_answered(cast):
    call, at = open_call(cast)
    answer(call, cast.lagoon, cast.viewer("peer", at), at)
    assert told("call.answered", at) == ["SeatAnswered: Ingvild Sorensen"]


def test_somebody_whose_seat_ended_meanwhile_hears_nothing(cast):
    call, at = open_call(cast)
    people.end_tenure(cast.tenures["leaver"], last_day=(at - 2 * DAY).date(), by=None, at=at)
    actions.remind_due(call, at=call.closes_at - 3 * DAY)
    assert "CallDue: Kekoa Lindgren" not in told("call.reminded", call.closes_at - 3 * DAY)


@pytest.mark.parametrize(("deed", "notice"), [("extended", "CallExtended"), ("cancelled", "CallCancelled")])
def test_all_who_were_asked_hear_that_it_was_moved_or_is_off(cast, deed, notice):
    call, at = open_call(cast)
    if deed == "extended":
        actions.extend_call(call, closes_at=call.closes_at + DAY, reason="Boards", by=cast.staff, at=at)
    else:
        actions.cancel_call(call, reason="Off", by=cast.staff, at=at)
    everybody = ["Ines Okafor", "Ingvild Sorensen", "Kekoa Lindgren", "Ruth Alder"]
    assert told(f"call.{deed}", at) == [f"{notice}: {name}" for name in everybody]


# --- by hand


def test_the_team_reminds_one_society_once_a_day(cast):
    call, at = open_call(cast)
    row, staff = row_of(call, cast.lagoon), cast.viewer("staff", at)
    assert is_taken_back(lambda: actions.nudge(row, viewer=staff, at=at))
    actions.nudge(row, viewer=staff, at=at)
    names = ["Ines Okafor", "Ingvild Sorensen", "Jonas Weil"]
    assert told("call.nudged", at) == [f"CallNudged: {name}" for name in names]
    with pytest.raises(Refused, match="within the last day"):
        actions.nudge(row, viewer=staff, at=at + HOUR)
    actions.nudge(row, viewer=staff, at=at + DAY)


def test_who_has_answered_is_not_reminded_nor_by_whom_it_does_not_concern(cast):
    call, at = open_call(cast)
    with pytest.raises(Refused, match="council's team"):
        actions.nudge(row_of(call, cast.lagoon), viewer=cast.viewer("delegate", at), at=at)
    answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    with pytest.raises(Refused, match="nothing to remind of"):
        actions.nudge(row_of(call, cast.lagoon), viewer=cast.viewer("staff", at), at=at)


# --- closed


def test_a_call_closes_after_its_time_and_once(cast):
    call, _at = open_call(cast)
    with pytest.raises(Refused, match="until its deadline"):
        actions.close_call(call, at=call.closes_at - HOUR)
    assert is_taken_back(lambda: actions.close_call(call, at=call.closes_at))
    closed = actions.close_call(call, at=call.closes_at)
    assert (closed.closed_at, closed.entry.state) == (call.closes_at, "closed")
    with pytest.raises(Refused, match="over already"):
        actions.close_call(call, at=call.closes_at)
    assert Event.objects.get(name="call.closed").facts == {"answered": 0, "early": False}


def test_a_call_that_never_opened_does_not_close(cast):
    call = make_call(cast)
    with pytest.raises(Refused, match="is not open"):
        actions.close_early(call, by=cast.staff, at=cast.at)
