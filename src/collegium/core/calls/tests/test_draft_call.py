"""A call is prepared, changed, announced, extended, cancelled: who sees it when, and what is refused."""

from __future__ import annotations

import pytest

from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS, OFFICE
from collegium.core.calls import actions
from collegium.core.calls.models import Call
from collegium.core.calls.queries import Roll
from collegium.core.entries.models import Entry
from collegium.core.trail.models import Event

from .scene import DAY, answer, make_call, open_call


def events(call: Call) -> list[str]:
    return list(Event.objects.filter(entry=call.entry).order_by("pk").values_list("name", flat=True))


def words(call: Call) -> dict:
    return {
        "title": call.entry.title,
        "raw": call.raw,
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        "time_zone": call.time_zone,
    }


def seen_by(cast, part: str, call: Call) -> bool:
    return Entry.objects.visible_to(cast.viewer(part)).filter(pk=call.pk).exists()


def test_it_is_the_teams_until_it_is_announced(cast):
    call = make_call(cast, is_announced=False)
    assert [seen_by(cast, part, call) for part in ("staff", "delegate", None)] == [True, False, False]
    actions.announce_call(call, by=cast.staff, at=cast.at)
    assert [seen_by(cast, part, call) for part in ("staff", "delegate", None)] == [True, True, False]
    assert events(call) == ["call.drafted", "entry.audience_changed", "entry.audience_changed", "call.announced"]


def test_it_is_changed_only_before_its_announcement(cast):
    call = make_call(cast, is_announced=False)
    changed = actions.change_call(call, **words(call) | {"title": "Another", "raw": "New"}, by=cast.staff, at=cast.at)
    assert (changed.entry.title, changed.html.strip()) == ("Another", "<p>New</p>")
    actions.announce_call(call, by=cast.staff, at=cast.at)
    with pytest.raises(Refused, match="announced already"):
        actions.change_call(call, **words(call), by=cast.staff, at=cast.at)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"kind": "nonsense"}, "no such kind of call"),
        ({"title": "  "}, "Give it a title"),
        ({"closes": 0}, "close after it opens"),
        ({"closes": 900}, "within two years"),
        ({"time_zone": "Mars/Olympus"}, "not a time zone"),
        ({"addressed": "everybody"}, "no such kind of roll"),
        ({"addressed": "body"}, "Say which group"),
        ({"roll": Roll(kinds=("club",))}, "no such kind or standing"),
        ({"roll": Roll(weights={1: 0})}, "A weight is a whole number"),
    ],
)
def test_what_makes_no_call_is_refused(cast, facts, reason):
    before = Entry.objects.count()
    days = facts.pop("closes", 11)
    with pytest.raises(Refused, match=reason):
        make_call(cast, facts.pop("kind", "consultation"), closes_at=cast.at + (days or 1) * DAY, **facts)
    assert Entry.objects.count() == before


def test_what_is_over_before_it_is_announced_is_refused(cast):
    call = make_call(cast, is_announced=False)
    with pytest.raises(Refused, match="Its end has passed"):
        actions.announce_call(call, by=cast.staff, at=call.closes_at)
    assert call.entry.audience_id == OFFICE


# --- the deadline


def test_the_deadline_is_moved_for_a_reason_and_kept_track_of(cast):
    call, at = open_call(cast)
    later = call.closes_at + 3 * DAY
    moved = actions.extend_call(call, closes_at=later, reason=" Boards meet. ", by=cast.staff, at=at)
    assert (moved.closes_at, [row.reason for row in moved.extensions.all()]) == (later, ["Boards meet."])
    assert Event.objects.get(name="call.extended").facts == {
        "from": call.closes_at.isoformat(),
        "to": later.isoformat(),
    }


def test_it_becomes_shorter_only_while_nobody_has_answered(cast):
    call, at = open_call(cast)
    sooner = actions.extend_call(call, closes_at=call.closes_at - DAY, reason="Haste", by=cast.staff, at=at)
    answer(sooner, cast.lagoon, cast.viewer("delegate", at), at)
    with pytest.raises(Refused, match="can only become longer"):
        actions.extend_call(call, closes_at=call.closes_at - 2 * DAY, reason="Haste", by=cast.staff, at=at)


@pytest.mark.parametrize(
    ("days", "reason", "refusal"),
    [
        (12, " ", "Say why"),
        (11, "Why not", "the deadline already"),
        (1, "Why not", "has to lie ahead"),
        (1000, "Why not", "within two years"),
    ],
)
def test_a_deadline_that_is_none_is_refused(cast, days, reason, refusal):
    call, at = open_call(cast)
    with pytest.raises(Refused, match=refusal):
        actions.extend_call(call, closes_at=cast.at + days * DAY, reason=reason, by=cast.staff, at=at)


def test_past_the_deadline_nothing_is_extended(cast):
    call, _at = open_call(cast)
    with pytest.raises(Refused, match="has passed"):
        actions.extend_call(call, closes_at=call.closes_at + DAY, reason="Late", by=cast.staff, at=call.closes_at)


# --- off


def test_a_cancelled_call_takes_no_answers_and_says_why(cast):
    call, at = open_call(cast)
    actions.cancel_call(call, reason="The ministry withdrew its draft.", by=cast.staff, at=at)
    call.refresh_from_db()
    assert (call.state_at(at), call.cancelled_for) == ("cancelled", "The ministry withdrew its draft.")
    with pytest.raises(Refused, match="was cancelled"):
        answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    with pytest.raises(Refused, match="over already"):
        actions.cancel_call(call, reason="Again", by=cast.staff, at=at)


def test_a_call_is_not_cancelled_without_a_reason(cast):
    call, at = open_call(cast)
    with pytest.raises(Refused, match="Say why"):
        actions.cancel_call(call, reason=" ", by=cast.staff, at=at)
    assert Entry.objects.visible_to(cast.viewer("delegate")).get(pk=call.pk).audience_id == MEMBERS
