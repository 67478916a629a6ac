"""Fifty societies answer in the last second while the deadline moves and the call closes: each is counted or told."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions
from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.groups.tests.meeting import Other
from collegium.core.people.models import Person
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.core.trail.models import Event

from .scene import DAY, answer, make_call, mandate, open_call, row_of

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)
MANY = 50


class Crowd:
    """Deeds begun at the same moment, each on a connection of its own; what came of each."""

    def __init__(self) -> None:
        self.deeds: list = []
        self.came: dict[str, object] = {}

    def add(self, name: str, deed) -> None:
        self.deeds.append((name, deed))

    def run(self) -> dict[str, object]:
        start = threading.Barrier(len(self.deeds))
        threads = [threading.Thread(target=self._do, args=(start, *one)) for one in self.deeds]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        return self.came

    def _do(self, start: threading.Barrier, name: str, deed) -> None:
        try:
            connection.ensure_connection()
            start.wait(60)
            self.came[name] = deed() or "done"
        except Refused as refused:
            self.came[name] = refused
        finally:
            connections.close_all()


def fifty(cast) -> list[tuple[str, Person]]:
    found = []
    for number in range(MANY - 3):
        society = make_organization(f"Society of Shoal {number:02}", slug=f"shoal-{number:02}")
        person = make_person(f"Delegate {number:02}")
        mandate(make_tenure(person, society, "delegate"))
        found.append((society.slug, person))
    return [*found, ("lagoon", cast.delegate), ("harbour", cast.chair), ("reef", cast.leaver)]


def say(slug: str, person: Person, call: Call, at: datetime):
    row = RollRow.objects.select_related("call__entry", "organization__entry").get(call=call, organization__slug=slug)
    return actions.answer_call(row, choice="answered", raw="Yes.", viewer=Viewer.of(person, at=at), at=at)


def test_each_answer_is_counted_or_refused_and_never_both(cast):
    people = fifty(cast)
    call, _at = open_call(cast)
    crowd, last = Crowd(), call.closes_at - SECOND
    for slug, person in people:
        crowd.add(slug, lambda slug=slug, person=person: say(slug, person, call, last))
    crowd.add("close", lambda: actions.close_call(call, at=call.closes_at))
    crowd.add(
        "extend",
        lambda: actions.extend_call(call, closes_at=call.closes_at + DAY, reason="Late", by=cast.staff, at=last),
    )
    came = crowd.run()
    assert len(came) == MANY + 2
    counted = {slug for slug, _person in people if isinstance(came[slug], Answer)}
    refused = {slug for slug, _person in people if isinstance(came[slug], Refused)}
    assert counted | refused == {slug for slug, _person in people}
    standing = Answer.objects.filter(row__call=call, ended_at=None).values_list("row__organization__slug", flat=True)
    answered = RollRow.objects.filter(call=call, is_answered=True).values_list("organization__slug", flat=True)
    recorded = Event.objects.filter(name="call.answered").values_list("acting_for__slug", flat=True)
    assert sorted(standing) == sorted(answered) == sorted(recorded) == sorted(counted)
    # Whoever was first, the other was told: extended, it does not close yet; closed, it is not extended any more.
    call.refresh_from_db()
    assert [isinstance(came[name], Refused) for name in ("close", "extend")] in ([False, True], [True, False])
    assert (call.closed_at is None) == isinstance(came["close"], Refused)
    if call.closed_at is None:
        assert refused == set()
    assert Event.objects.get(name__in=["call.closed", "call.extended"])


def test_who_closes_waits_for_answers_under_way_and_counts_them(cast):
    call, _at = open_call(cast)
    last = call.closes_at - SECOND
    answering = Other(lambda: answer(call, cast.lagoon, cast.viewer("delegate", last), last)).hold()
    closing = Other(lambda: actions.close_call(call, at=call.closes_at)).start()
    assert closing.is_waiting
    answering.let_go()
    closing.let_go()
    assert Event.objects.get(name="call.closed").facts["answered"] == 1


def test_who_answers_while_it_is_closed_is_told(cast):
    call, _at = open_call(cast)
    last = call.closes_at - SECOND
    closing = Other(lambda: actions.close_call(call, at=call.closes_at)).hold()
    answering = Other(lambda: answer(call, cast.lagoon, cast.viewer("delegate", last), last)).start()
    assert answering.is_waiting
    closing.let_go()
    with pytest.raises(Refused, match="time for answers is over"):
        answering.let_go()


def test_two_answers_do_not_wait_for_each_other(cast):
    call, at = open_call(cast)
    first = Other(lambda: answer(call, cast.lagoon, cast.viewer("delegate", at), at)).hold()
    second = Other(lambda: answer(call, cast.harbour, cast.viewer("chair", at), at)).start()
    assert not second.is_waiting
    first.let_go()
    second.let_go()


def test_whoever_needs_the_roll_first_takes_it_and_it_is_taken_once(cast):
    call = make_call(cast)
    first = Other(lambda: actions.open_call(call, at=call.opens_at)).hold()
    second = Other(lambda: actions.advance_calls(at=call.opens_at)).start()
    assert second.is_waiting
    first.let_go()
    second.let_go()
    assert (RollRow.objects.count(), Event.objects.filter(name="call.opened").count()) == (3, 1)


def test_primary_and_alternate_at_once_leave_one_answer_the_primarys(cast):
    call, at = open_call(cast)
    first = Other(lambda: answer(call, cast.lagoon, cast.viewer("delegate", at), at, raw="Primary.")).hold()
    second = Other(lambda: answer(call, cast.lagoon, cast.viewer("peer", at), at, raw="Alternate.")).start()
    assert second.is_waiting
    first.let_go()
    with pytest.raises(Refused, match="an alternate cannot change that"):
        second.let_go()
    assert row_of(call, cast.lagoon).answers.get(ended_at=None).raw == "Primary."
