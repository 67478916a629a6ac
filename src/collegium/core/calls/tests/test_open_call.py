"""The roll is taken as of the opening, by whoever first needs it; what changes later is ruled on."""

from __future__ import annotations

from datetime import date

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls import actions
from collegium.core.calls.models import Call, Entitlement, RollRow
from collegium.core.calls.queries import Roll, able, roll_hash, tally
from collegium.core.calls.queries.checking import unsound_calls
from collegium.core.people import actions as people
from collegium.core.trail.models import Event

from .scene import DAY, another, answer, make_call, mandate, open_call, row_of


def roll(call: Call) -> list[tuple]:
    found = RollRow.objects.filter(call=call).order_by("organization__entry__title", "person__name")
    return [(str(row.addressee), row.standing, [one.person.name for one in row.entitled.all()]) for row in found]


MEMBERS_OF_THE_CAST = [
    ("Academy of Reef Dermatology", "member", ["Kekoa Lindgren"]),
    ("College of Harbour Surgeons", "member", ["Ruth Alder"]),
    ("Society of Lagoon Cardiology", "member", ["Ingvild Sorensen", "Ines Okafor"]),
]


def test_the_roll_holds_the_member_societies_with_primaries_before_alternates(cast):
    call, _at = open_call(cast)
    assert roll(call) == MEMBERS_OF_THE_CAST
    recorded = Event.objects.get(name="call.opened")
    assert recorded.facts == {"roll": call.roll_hash, "rows": 3}


def test_it_is_as_of_the_opening_however_late_somebody_comes(cast):
    call = make_call(cast)
    late = call.opens_at + 5 * DAY
    people.change_standing(cast.harbour, status="suspended", from_day=late.date(), by=None, at=cast.at)
    people.end_tenure(cast.tenures["delegate"], last_day=late.date() - DAY, by=None, at=cast.at)
    assert roll(actions.open_call(call, at=late)) == MEMBERS_OF_THE_CAST


def test_open_at_once_announces_and_takes_the_roll_in_one(cast):
    call = actions.open_at_once(make_call(cast, is_announced=False, opens_at=cast.at), by=cast.staff, at=cast.at)
    assert (call.announced_at, call.opened_at, roll(call)) == (cast.at, cast.at, MEMBERS_OF_THE_CAST)
    names = Event.objects.filter(name__in=["call.announced", "call.opened"]).order_by("pk")
    assert list(names.values_list("name", flat=True)) == ["call.announced", "call.opened"]
    over = make_call(cast, is_announced=False)
    with pytest.raises(Refused, match="Its end has passed"):
        actions.open_at_once(over, by=cast.staff, at=over.closes_at)
    assert Call.objects.get(pk=over.pk).announced_at is None


def test_it_is_taken_once(cast):
    call, at = open_call(cast)
    again = actions.open_call(call, at=at + DAY)
    assert (again.opened_at, again.roll_hash) == (call.opened_at, call.roll_hash)
    assert RollRow.objects.count() == 3


@pytest.mark.parametrize("state", ["draft", "early", "cancelled"])
def test_it_is_not_taken_before_its_time(cast, state):
    call = make_call(cast, is_announced=state != "draft")
    if state == "cancelled":
        actions.cancel_call(call, reason="Off", by=cast.staff, at=cast.at)
    actions.open_call(call, at=cast.at if state == "early" else cast.at + 2 * DAY)
    assert (RollRow.objects.count(), Call.objects.get().opened_at) == (0, None)


def test_the_hash_is_of_the_roll_and_a_changed_roll_is_found(cast):
    call, _at = open_call(cast)
    assert (roll_hash(call), list(unsound_calls())) == (call.roll_hash, [])
    Entitlement.objects.filter(person=cast.peer).delete()
    assert list(unsound_calls()) == [f"call {call.pk}: its roll is not the one whose hash was shown"]


def test_only_some_societies_can_be_asked_and_with_weights(cast):
    given = Roll(only=(cast.reef.pk, cast.lagoon.pk), weights={cast.reef.pk: 3})
    call, at = open_call(cast, roll=given)
    assert [row.weight for row in RollRow.objects.order_by("weight")] == [1, 3]
    assert (tally(call, at).asked, tally(call, at).asked_weight) == (2, 4)


def test_a_body_has_one_row_for_each_society_in_it(cast):
    call, at = open_call(cast, addressed="body", group=cast.ceos)
    assert roll(call) == [
        ("College of Harbour Surgeons", "member", ["Ruth Alder"]),
        ("Society of Lagoon Cardiology", "member", ["Ingvild Sorensen"]),
    ]
    answer(call, cast.harbour, cast.viewer("chair", at), at)
    assert tally(call, at).answered == 1


def test_members_of_a_group_stand_for_themselves(cast):
    call, _at = open_call(cast, addressed="members", group=cast.cfos)
    assert sorted(name for name, _standing, _who in roll(call)) == ["Ines Okafor", "Kekoa Lindgren", "Tomasz Halloran"]
    assert [who for _name, _standing, who in roll(call)] == [[name] for name, _s, _w in roll(call)]


def test_a_new_holder_may_answer_and_the_old_one_no_longer(cast):
    call, at = open_call(cast)
    people.end_tenure(cast.tenures["chair"], last_day=date(2026, 5, 5), by=None, at=cast.at)
    tenure = another(cast.harbour, "membership", "Neva Moor")
    mandate(tenure)
    who = {one.person_id for one in able(call, at, row_id=row_of(call, cast.harbour).pk)}
    assert who == {tenure.person_id}


# --- rulings


def test_a_ruling_takes_a_society_off_the_roll_and_puts_it_back(cast):
    call, at = open_call(cast)
    row = row_of(call, cast.reef)
    actions.rule_on(row, kind="strike", reason="Dues unpaid.", by=cast.staff, at=at)
    assert tally(call, at).asked == 2
    with pytest.raises(Refused, match="taken off the roll"):
        answer(call, cast.reef, cast.viewer("leaver", at), at)
    actions.rule_on(row, kind="restore", reason="Paid.", by=cast.staff, at=at)
    answer(call, cast.reef, cast.viewer("leaver", at), at)
    assert [(one.kind, one.reason) for one in row.rulings.all()] == [("strike", "Dues unpaid."), ("restore", "Paid.")]
    # What was shown stays what was shown.
    assert list(unsound_calls()) == []


@pytest.mark.parametrize(
    ("kind", "reason", "refusal"),
    [
        ("strike", " ", "Say why"),
        ("forgive", "Why not", "no such ruling"),
        ("restore", "Why not", "is on the roll"),
    ],
)
def test_a_ruling_that_is_none_is_refused(cast, kind, reason, refusal):
    call, at = open_call(cast)
    with pytest.raises(Refused, match=refusal):
        actions.rule_on(row_of(call, cast.reef), kind=kind, reason=reason, by=cast.staff, at=at)


def test_nothing_is_struck_twice_nor_after_the_end(cast):
    call, at = open_call(cast)
    row = row_of(call, cast.reef)
    actions.rule_on(row, kind="strike", reason="Dues", by=cast.staff, at=at)
    with pytest.raises(Refused, match="off the roll already"):
        actions.rule_on(row, kind="strike", reason="Dues", by=cast.staff, at=at)
    actions.close_call(call, at=call.closes_at)
    with pytest.raises(Refused, match="before the call is over"):
        actions.rule_on(row, kind="restore", reason="Paid", by=cast.staff, at=at)


def test_who_opened_the_call_first_is_noted(cast):
    call, at = open_call(cast)
    row = row_of(call, cast.reef)
    actions.mark_seen(row, at=at)
    actions.mark_seen(row, at=at + DAY)
    assert RollRow.objects.get(pk=row.pk).seen_at == at
