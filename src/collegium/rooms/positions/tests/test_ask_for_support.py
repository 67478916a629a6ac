"""Societies are asked where they stand: those a position touches first, on a roll, and what was answered is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls import actions as calls
from collegium.core.calls.models import RollRow
from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Position, Step
from collegium.rooms.positions.queries.support import is_supported, ledger_of, public_support, rule_in_words, supporters

from .asking import asked_for_support, asking_calls, mandates, say
from .factories import fail_after, in_state, later, make_position, move, refused, set_terms

pytestmark = pytest.mark.django_db
TOO_FEW = "1 society supports it, it takes 2."


@pytest.fixture
def position(cast) -> Position:
    return asked_for_support(cast)


def names(call) -> list[str]:
    on_it = RollRow.objects.filter(call=call).order_by("organization__slug")
    return list(on_it.values_list("organization__slug", flat=True))


def test_whom_it_touches_is_asked_before_the_others(cast, position):
    first, others = asking_calls(position)
    assert (first.opens_at, others.opens_at) == (later(cast, 82), later(cast, 85))
    assert first.closes_at == others.closes_at == position.windows.last().closes_at
    assert names(first) == ["lagoon"]
    assert names(others) == []
    calls.open_due_calls(at=later(cast, 85))
    assert names(others) == ["harbour", "reef"]
    assert position.presented.digest in first.raw
    assert "before the others" in first.raw
    assert "before the others" not in others.raw


def test_all_are_asked_at_once_where_it_touches_nobody_who_is_a_member(cast):
    position = in_state(cast, "disposition")
    position.touches.all().delete()
    move(cast, position, "sign-on", at=later(cast, 82))
    [call] = asking_calls(position)
    assert names(call) == ["harbour", "lagoon", "reef"]


def test_a_short_window_leaves_the_touched_a_fifth_of_it(cast):
    position = in_state(cast, "disposition")
    move(
        cast, position, "sign-on", at=later(cast, 82), closes_at=later(cast, 87), reason="The agency decides in a week."
    )
    _first, others = asking_calls(position)
    assert others.opens_at == later(cast, 83)


def test_stances_are_counted_beside_those_of_whom_it_touches(cast, position):
    say(cast, position, "lagoon", "reservation", "Within *four* hours.")
    say(cast, position, "harbour", "decline")
    ledger = ledger_of(position)
    assert ledger is not None
    found = [(one.slug, one.is_touched, one.name, one.by) for one in ledger.stances]
    assert found == [
        ("lagoon", True, "reservation", "Ingvild Sorensen"),
        ("reef", False, "unseen", ""),
        ("harbour", False, "decline", "Ruth Alder"),
    ]
    assert (ledger.everybody.in_favour, ledger.everybody.against, ledger.everybody.silent) == (1, 1, 1)
    assert (ledger.touched.asked, ledger.touched.in_favour, ledger.touched.silent) == (1, 1, 0)
    assert [(one.slug, stance, words) for one, stance, words in supporters(position)] == [
        ("lagoon", "reservation", "Within *four* hours.")
    ]


@pytest.mark.parametrize(
    ("terms", "answers", "missing"),
    [
        ({"at_least": 2}, {"lagoon": "support", "harbour": "neutral"}, TOO_FEW),
        ({"at_least": 2}, {"lagoon": "support", "harbour": "support"}, ""),
        (
            {"at_most": 0},
            {"lagoon": "support", "harbour": "decline"},
            "1 society is against it, at most 0 may be.",
        ),
        ({"at_most": 1}, {"lagoon": "support", "harbour": "decline"}, ""),
        (
            {},
            {"lagoon": "decline", "harbour": "support"},
            "Of the societies it touches these are against it: Society of Lagoon Cardiology.",
        ),
        ({"spares_touched": False}, {"lagoon": "decline", "harbour": "support"}, ""),
        ({"at_least": 1}, {}, "0 societies support it, it takes 1."),
    ],
)
def test_the_gate_opens_when_the_rule_set_before_holds(cast, terms, answers, missing):
    mandates(cast, "sign")
    position = in_state(cast, "disposition", terms=terms)
    move(cast, position, "sign-on", at=later(cast, 82))
    for society, choice in answers.items():
        say(cast, position, society, choice)
    at = later(cast, 123)
    assert is_supported(position) == (missing == "")
    if missing:
        with refused(f"{missing} Say why it goes on all the same."):
            move(cast, position, "ballot", at=at)
        move(cast, position, "ballot", at=at, reason="The board of Lagoon meets next week.")
        assert Step.objects.last().reason == "The board of Lagoon meets next week."
    else:
        move(cast, position, "ballot", at=at)
    assert Position.objects.get().entry.state == "ballot"


def test_the_calls_end_with_the_state(cast, position):
    say(cast, position, "lagoon", "support")
    move(cast, position, "ballot", at=later(cast, 123), reason="Enough.")
    assert [call.closed_at for call in asking_calls(position)] == [later(cast, 123)] * 2
    with pytest.raises(Refused, match="The time for answers is over"):
        say(cast, position, "harbour", "support", days=124)
    ended = Event.objects.filter(name__in=["call.closed", "position.moved"]).order_by("-pk")[:3]
    assert [event.name for event in ended] == ["position.moved", "call.closed", "call.closed"]


def test_withdrawing_the_position_cancels_what_is_asked(cast, position):
    move(cast, position, "withdrawn", at=later(cast, 90), reason="The rule was dropped.")
    for call in asking_calls(position):
        assert (call.cancelled_at, call.cancelled_for) == (
            later(cast, 90),
            "The position goes on without it: Withdrawn.",
        )


def test_a_call_of_a_position_is_not_cancelled_alone(cast, position):
    [first, _others] = asking_calls(position)
    with refused("Withdraw or defer the position: what societies are asked about it ends with that."):
        calls.cancel_call(first, reason="No.", by=cast.staff, at=later(cast, 90))


def test_moving_one_end_moves_all(cast, position):
    first, _others = asking_calls(position)
    until = later(cast, 140)
    calls.extend_call(first, closes_at=until, reason="A holiday.", by=cast.staff, at=later(cast, 90))
    assert {call.closes_at for call in asking_calls(position)} == {until}
    assert position.windows.last().closes_at == until
    with refused("The societies still have time: the window has not closed."):
        move(cast, position, "ballot", at=later(cast, 123), reason="Enough.")


def test_too_little_support_goes_back_to_the_drafters(cast, position):
    move(cast, position, "disposition", at=later(cast, 123), reason="Nobody supports it.")
    assert Position.objects.get().entry.state == "disposition"
    move(cast, position, "sign-on", at=later(cast, 124))
    assert ledger_of(position).window == position.windows.last()


# --- the terms


def test_set_terms_says_beforehand_what_is_needed(cast):
    position = make_position(cast)
    terms = set_terms(cast, position, at_least=2, at_most=1)
    words = "at least 2 societies for it, at most 1 against it, none of the societies it touches against it"
    assert rule_in_words(terms) == words
    terms = set_terms(cast, position, at_least=1, at_most=None, spares_touched=False)
    assert rule_in_words(terms) == "at least 1 society for it"
    event = Event.objects.filter(name="position.terms_set").latest("pk")
    assert event.facts == {
        "at_least": 1,
        "at_most": None,
        "spares_touched": False,
        "dissent": "named",
        "silence": "counted",
        "reservations": "members",
    }


def test_set_terms_refuses_what_cannot_be(cast):
    position = make_position(cast)
    for facts in ({"at_least": 0}, {"at_least": 10_001}, {"at_most": -1}):
        with refused("At least one society for it; whole numbers up to 10000."):
            set_terms(cast, position, **facts)
    with refused("Say how dissent and silence are told."):
        set_terms(cast, position, dissent="loudly")
    with refused("Say how reservations are told."):
        set_terms(cast, position, reservations="sung")


def test_set_terms_is_for_who_moves_positions_and_before_anybody_is_asked(cast):
    position = make_position(cast)
    told = {"at_least": 1, "at_most": None, "spares_touched": True, "dissent": "named", "silence": "named"}
    for part in ("peer", "delegate", "liaison"):
        with refused("Only the council's team and its policy chair can do this."):
            actions.set_terms(position, viewer=cast.viewer(part), at=cast.at, **told)
    with refused("Societies were asked already: what is needed was said before and stays."):
        set_terms(cast, in_state(cast, "comment"))


def test_nobody_is_asked_before_the_terms_are_set(cast):
    position = in_state(cast, "drafting", terms=None)
    words = "Say first how much support it needs, and how dissent is told: societies know it beforehand."
    with refused(words):
        move(cast, position, "comment")


def test_set_terms_is_all_or_nothing(cast):
    position = make_position(cast)
    fail_after(lambda: set_terms(cast, position))


def test_what_is_published_follows_the_terms(cast):
    mandates(cast, "sign")
    for dissent, silence in (("named", "counted"), ("counted", "named")):
        position = in_state(cast, "disposition", terms={"dissent": dissent, "silence": silence})
        move(cast, position, "sign-on", at=later(cast, 82))
        say(cast, position, "lagoon", "support")
        say(cast, position, "harbour", "decline")
        told = public_support(position)
        assert [one.slug for one in told.supporters] == ["lagoon"]
        assert (told.counts.against, told.counts.silent) == (1, 1)
        assert [one.slug for one in told.against or []] == (["harbour"] if dissent == "named" else [])
        assert [one.slug for one in told.silent or []] == (["reef"] if silence == "named" else [])
    assert public_support(make_position(cast)) is None


def test_extending_and_answering_keep_the_window_whole(cast, position):
    """What is answered after the first end and before the new one counts."""
    first, _others = asking_calls(position)
    until = later(cast, 122) + timedelta(days=5)
    calls.extend_call(first, closes_at=until, reason="A storm.", by=cast.staff, at=later(cast, 121))
    say(cast, position, "reef", "support", days=125)
    move(cast, position, "ballot", at=later(cast, 128))
    assert ledger_of(position).everybody.in_favour == 1
