"""A society answers, changes it, takes it back: who may, until when, and what is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls import actions
from collegium.core.calls.models import Answer
from collegium.core.calls.queries import tally
from collegium.core.trail.models import Event

from .scene import DAY, answer, mandate, open_call, row_of, steps


def standing(cast) -> list[tuple]:
    found = Answer.objects.filter(ended_at=None).order_by("pk")
    acronym = "row__organization__acronym"
    return list(found.values_list(acronym, "choice", "raw", "by__name", "is_alternate"))


def test_a_society_answers_through_its_mandate(cast):
    call, at = open_call(cast)
    given = answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    assert standing(cast) == [("SLC", "answered", "As full members.", "Ingvild Sorensen", False)]
    assert (given.tenure, row_of(call, cast.lagoon).is_answered) == (cast.tenures["delegate"], True)
    event = Event.objects.get(name="call.answered")
    assert (event.audience_id, event.acting_for) == (cast.lagoon.audience_id, cast.lagoon)
    assert event.facts == {"row": row_of(call, cast.lagoon).pk, "source": "portal", "choice": "answered"}


def test_what_was_said_before_is_kept(cast):
    call, at = open_call(cast)
    answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    answer(call, cast.lagoon, cast.viewer("delegate", at), at + DAY, choice="nothing", raw="")
    kept = [(row.choice, row.ended_at, row.is_withdrawn) for row in Answer.objects.order_by("pk")]
    assert kept == [("answered", at + DAY, False), ("nothing", None, False)]


def test_the_same_said_again_changes_nothing(cast):
    call, at = open_call(cast)
    first = answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    assert answer(call, cast.lagoon, cast.viewer("delegate", at), at + DAY) == first
    assert (Answer.objects.count(), Event.objects.filter(name="call.answered").count()) == (1, 1)


def test_the_primary_overwrites_the_alternate_and_not_the_reverse(cast):
    call, at = open_call(cast)
    assert answer(call, cast.lagoon, cast.viewer("peer", at), at).is_alternate
    answer(call, cast.lagoon, cast.viewer("delegate", at), at, raw="Only voting members.")
    with pytest.raises(Refused, match="an alternate cannot change that"):
        answer(call, cast.lagoon, cast.viewer("peer", at), at)
    with pytest.raises(Refused, match="an alternate cannot change that"):
        actions.withdraw_answer(row_of(call, cast.lagoon), viewer=cast.viewer("peer", at), at=at)
    assert standing(cast) == [("SLC", "answered", "Only voting members.", "Ingvild Sorensen", False)]


@pytest.mark.parametrize("part", ["liaison", "chair", "staff", "outsider", None])
def test_nobody_answers_without_a_mandate(cast, part):
    call, at = open_call(cast)
    with pytest.raises(Refused, match="no mandate"):
        answer(call, cast.lagoon, cast.viewer(part, at), at)
    assert standing(cast) == []


def test_a_mandate_for_another_act_is_none(cast):
    call, at = open_call(cast)
    mandate(cast.tenures["liaison"], "vote")
    with pytest.raises(Refused, match="no mandate"):
        answer(call, cast.lagoon, cast.viewer("liaison", at), at)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"choice": "perhaps"}, "no such answer"),
        ({"raw": " \n"}, "needs words"),
        ({"raw": "x" * 20_001}, "too long"),
    ],
)
def test_what_is_no_answer_is_refused(cast, facts, refusal):
    call, at = open_call(cast)
    with pytest.raises(Refused, match=refusal):
        answer(call, cast.lagoon, cast.viewer("delegate", at), at, **facts)
    assert (standing(cast), row_of(call, cast.lagoon).is_answered) == ([], False)


def test_the_last_moment_counts_and_the_deadline_does_not(cast):
    call, _at = open_call(cast)
    last = call.closes_at - timedelta(microseconds=1)
    answer(call, cast.lagoon, cast.viewer("delegate", last), last)
    with pytest.raises(Refused, match="time for answers is over"):
        answer(call, cast.harbour, cast.viewer("chair", last), call.closes_at)


def test_once_closed_not_even_what_was_sent_in_time_counts(cast):
    call, at = open_call(cast)
    actions.close_early(call, by=cast.staff, at=at)
    with pytest.raises(Refused, match="time for answers is over"):
        answer(call, cast.lagoon, cast.viewer("delegate", at), at)


def test_before_the_opening_nobody_answers(cast):
    call, at = open_call(cast)
    with pytest.raises(Refused, match="not open yet"):
        answer(call, cast.lagoon, cast.viewer("delegate", at), call.opens_at - DAY)


# --- taken back


def test_an_answer_is_withdrawn_and_the_row_waits_again(cast):
    call, at = open_call(cast)
    answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    actions.withdraw_answer(row_of(call, cast.lagoon), viewer=cast.viewer("delegate", at), at=at + DAY)
    assert (standing(cast), row_of(call, cast.lagoon).is_answered, tally(call, at).answered) == ([], False, 0)
    assert steps(call)["lagoon"] == "withdrawn"
    with pytest.raises(Refused, match="no answer to withdraw"):
        actions.withdraw_answer(row_of(call, cast.lagoon), viewer=cast.viewer("delegate", at), at=at + DAY)


# --- entered by the council's team


def test_the_team_enters_what_it_was_sent(cast):
    call, at = open_call(cast)
    row = row_of(call, cast.reef)
    viewer = cast.viewer("staff", at)
    actions.enter_answer(row, choice="answered", raw="Yes", evidence="Letter of 4 May", viewer=viewer, at=at)
    assert standing(cast) == [("ARD", "answered", "Yes", "Mara Quist", False)]
    # The society itself may change it; then the team does not.
    answer(call, cast.reef, cast.viewer("leaver", at), at)
    with pytest.raises(Refused, match="is not overwritten"):
        actions.enter_answer(row, choice="answered", raw="No", evidence="Call", viewer=viewer, at=at)


@pytest.mark.parametrize(
    ("part", "evidence", "refusal"), [("delegate", "x", "council's team"), ("staff", " ", "relies")]
)
def test_who_enters_for_another_is_of_the_team_and_says_why(cast, part, evidence, refusal):
    call, at = open_call(cast)
    row, viewer = row_of(call, cast.reef), cast.viewer(part, at)
    with pytest.raises(Refused, match=refusal):
        actions.enter_answer(row, choice="answered", raw="Yes", evidence=evidence, viewer=viewer, at=at)


# --- how far it is


def test_each_row_is_at_one_step_and_the_totals_add_up(cast):
    call, at = open_call(cast)
    answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    actions.mark_seen(row_of(call, cast.harbour), at=at)
    actions.rule_on(row_of(call, cast.reef), kind="strike", reason="Dues", by=cast.staff, at=at)
    assert steps(call) == {"lagoon": "answered", "harbour": "seen", "reef": "struck"}
    found = tally(call, at)
    assert (found.asked, found.answered, found.by_choice) == (2, 1, {"answered": 1})
