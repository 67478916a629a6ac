"""Societies that do not support a position say why, together; it stands beside it."""

from __future__ import annotations

import pytest

from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import MinorityStatement, MinorityVoice, Position
from collegium.rooms.positions.queries.support import ledger_of, public_support, statements_of

from .asking import asked_for_support, say
from .factories import fail_after, give_mandate, later, move, refused, write
from .publishing import confirm

pytestmark = pytest.mark.django_db
NOT_YOURS = "A minority statement is for societies that do not support it, once, by whoever has a mandate to sign."


@pytest.fixture
def position(cast) -> Position:
    """Harbour and Reef do not support it, Lagoon does."""
    found = asked_for_support(cast)
    say(cast, found, "lagoon", "support")
    say(cast, found, "harbour", "decline")
    say(cast, found, "reef", "decline")
    return found


def state(cast, position: Position, part: str = "chair", raw: str = "It asks *too little*.", **facts):
    facts.setdefault("tenure", cast.tenures[part])
    at = later(cast, 95)
    return actions.state_minority(position, raw=raw, viewer=cast.viewer(part, at), at=at, **facts)


def publish(cast, position: Position) -> None:
    for day, to in ((123, "ballot"), (130, "adopted")):
        move(cast, position, to, at=later(cast, day), reason="So.")
    confirm(cast, position, at=later(cast, 131))
    move(cast, position, "public", at=later(cast, 131), reason="So.")


def test_who_supports_it_after_all_stands_behind_no_statement(cast, position):
    state(cast, position)
    say(cast, position, "harbour", "support", days=100)
    assert statements_of(position, ledger_of(position)) == []
    say(cast, position, "harbour", "decline", days=101)
    assert len(statements_of(position, ledger_of(position))) == 1


def test_what_was_said_of_another_wording_does_not_come_back(cast, position):
    statement = state(cast, position)
    move(cast, position, "disposition", at=later(cast, 123), reason="So.")
    write(cast, position, "Plans answer within one day.", at=later(cast, 124), change="editorial")
    move(cast, position, "sign-on", at=later(cast, 125))
    assert Event.objects.filter(name="minority.lapsed", entry=position.pk).count() == 1
    say(cast, position, "harbour", "decline", days=132)
    assert statements_of(position, ledger_of(position)) == []
    # It can be said again, or stood behind again.
    facts = {"tenure": cast.tenures["chair"], "viewer": cast.viewer("chair", later(cast, 133)), "at": later(cast, 133)}
    actions.join_minority(statement, **facts)
    assert [one.statement for one in statements_of(position, ledger_of(position))] == [statement]


def test_state_minority_stands_beside_the_position(cast, position):
    statement = state(cast, position)
    assert statement.html == "<p>It asks <em>too little</em>.</p>"
    [said] = statements_of(position, ledger_of(position))
    assert [voice.society for voice in said.voices] == [cast.harbour]
    assert [one.statement for one in public_support(position).statements] == [statement]
    event = Event.objects.get(name="minority.stated")
    assert (event.entry_id, event.acting_for_id, event.facts) == (
        position.pk,
        cast.harbour.pk,
        {"statement": statement.pk},
    )


def test_state_minority_is_for_those_who_decline(cast, position):
    with refused(NOT_YOURS):
        state(cast, position, "delegate")
    with refused(NOT_YOURS):
        state(cast, position, "chair", tenure=None)
    with refused(NOT_YOURS):
        state(cast, position, "chair", tenure=cast.tenures["leaver"])
    with refused("Write the statement first."):
        state(cast, position, raw="  ")
    state(cast, position)
    with refused(NOT_YOURS):
        state(cast, position)


def test_state_minority_comes_before_publication(cast, position):
    publish(cast, position)
    with refused("A minority statement stands beside what is before the council, and not public yet."):
        state(cast, position)


def test_join_minority_and_leave_it_again(cast, position):
    statement = state(cast, position)
    at, viewer = later(cast, 96), cast.viewer("leaver", later(cast, 96))
    voice = actions.join_minority(statement, tenure=cast.tenures["leaver"], viewer=viewer, at=at)
    [said] = statements_of(position, ledger_of(position))
    assert [one.society.slug for one in said.voices] == ["harbour", "reef"]
    with refused(NOT_YOURS):
        actions.join_minority(statement, tenure=cast.tenures["leaver"], viewer=viewer, at=at)
    with refused("Only whom the society gave a mandate to sign does this for it."):
        actions.leave_minority(voice, viewer=cast.viewer("chair", at), at=at)
    actions.leave_minority(voice, viewer=viewer, at=at)
    with refused("The society no longer stands behind this."):
        actions.leave_minority(voice, viewer=viewer, at=at)
    actions.leave_minority(MinorityVoice.objects.get(society=cast.harbour), viewer=cast.viewer("chair", at), at=at)
    assert statements_of(position, ledger_of(position)) == []
    names = Event.objects.filter(name__startswith="minority.").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["minority.stated", "minority.joined", "minority.left", "minority.left"]


def test_what_is_published_is_not_left_any_more(cast, position):
    state(cast, position)
    publish(cast, position)
    viewer = cast.viewer("chair", later(cast, 132))
    with refused("This is published as it stands."):
        actions.leave_minority(MinorityVoice.objects.get(), viewer=viewer, at=viewer.at)


def test_minority_deeds_are_all_or_nothing(cast, position):
    fail_after(lambda: state(cast, position))
    statement = state(cast, position)
    give_mandate(cast, "newcomer", "sign")
    viewer = cast.viewer("leaver", later(cast, 96))
    fail_after(lambda: actions.join_minority(statement, tenure=cast.tenures["leaver"], viewer=viewer, at=viewer.at))
    chair = cast.viewer("chair", later(cast, 96))
    fail_after(lambda: actions.leave_minority(MinorityVoice.objects.get(), viewer=chair, at=chair.at))
    assert MinorityStatement.objects.count() == 1
