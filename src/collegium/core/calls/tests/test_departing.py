"""Whoever leaves is shown with the answers they have taken up or drafted, while these are still to be given."""

from __future__ import annotations

from datetime import date

from collegium.core.calls import actions
from collegium.core.calls.departing import belongings
from collegium.core.people import actions as people

from .scene import DAY, answer, open_call, row_of


def listed(cast, departure, at, part="liaison"):
    return [thing.label for thing in belongings(departure, cast.viewer(part, at))]


def begin(cast, at):
    return people.begin_departure(
        cast.peer, organization=cast.lagoon, last_day=date(2026, 5, 29), by=cast.liaison, at=at
    )


def keep(cast, row, at, part, seen=0):
    actions.keep_draft(row, choice="answered", raw=f"By {part}.", seen=seen, viewer=cast.viewer(part, at), at=at)


def test_what_somebody_took_up_is_listed_until_it_is_anothers_or_answered(cast):
    call, at = open_call(cast, title="Fees")
    departure, row = begin(cast, at), row_of(call, cast.lagoon)
    assert listed(cast, departure, at) == []
    actions.take_up(row, viewer=cast.viewer("peer", at), at=at)
    mine = ["Has taken up the answer to Fees"]
    assert listed(cast, departure, at) == listed(cast, departure, at, "staff") == mine
    assert listed(cast, departure, at + 30 * DAY) == []
    actions.take_up(row, viewer=cast.viewer("delegate", at), at=at)
    assert listed(cast, departure, at) == []
    actions.take_up(row, viewer=cast.viewer("peer", at), at=at)
    answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    assert listed(cast, departure, at) == []


def test_a_draft_is_listed_for_the_societys_people_alone(cast):
    call, at = open_call(cast, title="Fees")
    departure, row = begin(cast, at), row_of(call, cast.lagoon)
    keep(cast, row, at, "peer")
    assert listed(cast, departure, at) == ["Drafted the answer to Fees"]
    assert listed(cast, departure, at, "staff") == []
    keep(cast, row, at, "delegate", seen=1)
    assert listed(cast, departure, at) == []
