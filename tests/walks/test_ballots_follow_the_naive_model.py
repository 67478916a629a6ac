"""Random lives of an open ballot against the naive model: votes, substitutes, lapses, pauses, rulings, the clock."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.groups.tests.cast import Cast, build_cast
from collegium.core.people import actions as people
from collegium.core.people import models as registry
from collegium.core.people.models import Organization, Person
from collegium.core.people.tests.factories import LONG_AGO, make_organization, make_person, make_tenure
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.actions.preparing import Question
from collegium.rooms.ballots.models import Ballot, Count
from collegium.rooms.ballots.queries.counting import count
from collegium.rooms.ballots.rulesets import RuleSet

from .naive import STEP, Mandate, Model, day_of

WALKS, STEPS, SOCIETIES = 8, 110, 4
CHOICES = ("yes", "no", "abstain", "recused")
NAMES = ("call.", "answer.", "ballot.", "roll.", "recusal.")


class Walk:
    """One ballot, whoever may vote in it, and the model beside it."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance, self.now = cast, random.Random(seed), cast.at + timedelta(days=2)
        self.societies = [make_organization(f"Walk {n}", slug=f"walk-{n}") for n in range(SOCIETIES)]
        self.people: list[Person] = []
        opens_at, closes_at = cast.at + timedelta(days=1), cast.at + timedelta(days=15)
        self.model = Model(opens_at, closes_at, [])
        for society in self.societies:
            self.appoint(society, is_alternate=False, first=LONG_AGO)
            self.appoint(society, is_alternate=True, first=LONG_AGO)
        self.ballot = self._open(opens_at, closes_at)
        rows = RollRow.objects.filter(call=self.ballot.call_id)
        self.model.roll = sorted(rows.values_list("organization", flat=True))
        assert set(self.model.roll) > {society.pk for society in self.societies}  # there are some without anybody
        self.event = Event.objects.order_by("-pk")[0].pk

    def _open(self, opens_at: datetime, closes_at: datetime) -> Ballot:
        question = Question(
            title="Shall we?",
            raw="That we do.",
            body=self.cast.ceos,
            opens_at=opens_at,
            closes_at=closes_at,
            time_zone="UTC",
            seen_by=MEMBERS,
            addressed=Call.Addressed.SOCIETIES,
            ruleset=RuleSet(quorum="none"),
        )
        viewer, at = self.cast.viewer("staff"), self.cast.at
        ballot = actions.announce_ballot(actions.prepare_ballot(question, viewer=viewer, at=at), viewer=viewer, at=at)
        calls.open_call(ballot.call, at=self.now)
        return Ballot.objects.loaded().get(pk=ballot.pk)

    # --- steps; each says the names of the events it should leave, or None where it must be refused

    def appoint(self, society: Organization, *, is_alternate: bool, first: date) -> list[str]:
        """Somebody new may vote for the society, or deputize."""
        person = make_person()
        tenure = make_tenure(person, society, "elder")
        told = {"act": "vote", "is_alternate": is_alternate, "by": None, "at": self.now}
        mandate = people.give_mandate(tenure, starts_on=first, **told)
        self.people.append(person)
        self.model.mandates.append(Mandate(mandate.pk, person.pk, society.pk, is_alternate, first))
        return []

    def substitute(self) -> list[str]:
        society = self.chance.choice(self.societies)
        first = day_of(self.now) + timedelta(days=self.chance.choice([0, 0, 1]))
        return self.appoint(society, is_alternate=self.chance.random() < 0.5, first=first)

    def lapse(self) -> list[str]:
        """A mandate ends, today or tomorrow; what was voted with it stands."""
        running = [one for one in self.model.mandates if one.last is None and one.first <= day_of(self.now)]
        if not running:
            return []
        mandate = self.chance.choice(running)
        mandate.last = day_of(self.now) - timedelta(days=self.chance.choice([0, 1]))
        if mandate.last < mandate.first:
            mandate.last = mandate.first
        row = registry.Mandate.objects.select_related("tenure__seat__organization").get(pk=mandate.pk)
        people.end_mandate(row, last_day=mandate.last, by=None, at=self.now)
        return []

    def suspend(self) -> list[str]:
        """A society's membership lapses: the roll is that of the opening."""
        society = self.chance.choice(self.societies)
        status = self.chance.choice(["suspended", "member"])
        people.change_standing(society, status=status, from_day=day_of(self.now), by=None, at=self.now)
        return []

    def vote(self) -> list[str] | None:
        able = [one for one in self.people if self.model.able(one.pk, self._own(one).pk, self.now)]
        person = self.chance.choice(able if able and self.chance.random() < 0.9 else self.people)
        society = self._own(person) if self.chance.random() < 0.9 else self.chance.choice(self.societies)
        choice = self.chance.choice(CHOICES)
        row, viewer = self._row(society), Viewer.of(person, at=self.now)
        expected = self.model.may_vote(person.pk, society.pk, self.now)
        words = "We stand ourselves." if choice == "recused" else ""
        told = {"choice": choice, "raw": words, "viewer": viewer, "at": self.now}
        if not self._did(expected, lambda: actions.cast_ballot(row, **told)):
            return None
        return ["call.answered"] if self.model.vote(person.pk, society.pk, choice, self.now) else []

    def withdraw(self) -> list[str] | None:
        person = self.chance.choice(self.people)
        society = self._own(person)
        standing = self.model.votes.get(society.pk)
        expected = standing is not None and self.model.may_answer(person.pk, society.pk, self.now)
        row, viewer = self._row(society), Viewer.of(person, at=self.now)
        if not self._did(expected, lambda: calls.withdraw_answer(row, viewer=viewer, at=self.now)):
            return None
        del self.model.votes[society.pk]
        return ["answer.withdrawn"]

    def pause(self) -> list[str] | None:
        told = {"viewer": self.cast.viewer("staff", self.now), "at": self.now}
        if self.model.paused_at is None:
            expected = self.model.runs(self.now)
            if not self._did(expected, lambda: actions.pause_ballot(self.ballot, reason="A fault.", **told)):
                return None
            self.model.paused_at = self.now
            return ["ballot.paused"]
        if not self._did(not self.model.is_over, lambda: actions.resume_ballot(self.ballot, **told)):
            return None
        self.model.resume(self.now)
        return ["ballot.resumed"]

    def extend(self) -> list[str] | None:
        later = self.model.closes_at + timedelta(days=self.chance.choice([1, 3]))
        told = {"closes_at": later, "reason": "Boards meet.", "viewer": self.cast.viewer("staff", self.now)}
        expected = self.model.runs(self.now) and not self.model.was_extended
        if not self._did(expected, lambda: actions.extend_ballot(self.ballot, at=self.now, **told)):
            return None
        self.model.closes_at, self.model.was_extended = later, True
        return ["call.extended"]

    def rule(self) -> list[str] | None:
        """A society is taken off the roll, or put back; what it said is kept meanwhile."""
        society = self.chance.choice(self.societies)
        is_struck = society.pk in self.model.struck
        kind = self.chance.choice(["restore", "restore", "strike"] if is_struck else ["strike"])
        expected = not self.model.is_over and (kind == "restore" or not is_struck)
        told = {"kind": kind, "reason": "Looked at.", "by": self.cast.staff, "at": self.now}
        if not self._did(expected, lambda: calls.rule_on(self._row(society), **told)):
            return None
        self.model.struck ^= {society.pk}
        return ["roll.ruled"]

    def wait(self) -> list[str]:
        """Time passes, and the clock closes and counts what is due."""
        self.now += STEP * self.chance.choice([1, 1, 2, 4])
        calls.advance_calls(at=self.now)
        actions.advance_ballots(at=self.now)
        if self.model.is_over or self.model.paused_at is not None or self.now < self.model.closes_at:
            return []
        self.model.is_over = True
        return ["call.closed", "ballot.counted"]

    def _own(self, person: Person) -> Organization:
        theirs = next(one.society for one in self.model.mandates if one.person == person.pk)
        return next(society for society in self.societies if society.pk == theirs)

    def _row(self, society: Organization) -> RollRow:
        rows = RollRow.objects.select_related("call__entry", "organization__entry")
        return rows.get(call=self.ballot.call_id, organization=society)

    def _did(self, expected: bool, deed: Callable[[], Any]) -> bool:
        """Do it; it is refused exactly where the model refuses it."""
        refusal = ""
        try:
            with transaction.atomic():
                deed()
        except Refused as found:
            refusal = str(found)
        assert (refusal == "") == expected, refusal or "done, though the model refuses it"
        return expected

    # --- what must hold after every step

    def compare(self, names: list[str] | None) -> None:
        new = Event.objects.filter(pk__gt=self.event).order_by("pk")
        told = [event for event in new if event.name.startswith(NAMES)]
        assert [event.name for event in told if event.name != "call.reminded"] == (names or [])
        self.event = new.last().pk if new else self.event
        call = Call.objects.get(pk=self.ballot.call_id)
        assert call.closes_at == self.model.closes_at
        assert (call.closed_at is not None) == self.model.is_over
        kept = Answer.objects.filter(row__call=call).order_by("pk")
        assert list(kept.values_list("row__organization", "choice", "by")) == self.model.said
        stands = {row: (choice, by) for row, choice, by in _standing(kept)}
        assert stands == {society: (vote.choice, vote.by) for society, vote in self.model.votes.items()}
        answered = RollRow.objects.filter(call=call, is_answered=True).values_list("organization", flat=True)
        assert set(answered) == set(self.model.votes)
        self._add_up()

    def _add_up(self) -> None:
        ballot = Ballot.objects.loaded().get(pk=self.ballot.pk)
        tally = count(ballot).result["tally"]
        assert tally == self.model.tally()
        entitled = RollRow.objects.filter(call=ballot.call_id, struck_at=None).count()
        assert entitled == sum(tally.values()) == len(set(self.model.roll) - self.model.struck)
        counts = [found.result["tally"] for found in Count.objects.filter(ballot=ballot)]
        assert counts == ([tally] if self.model.is_over else [])


def _standing(kept: Any) -> Any:
    return kept.filter(ended_at=None).values_list("row__organization", "choice", "by")


WEIGHED = ["vote"] * 9 + ["wait"] * 4 + ["withdraw", "lapse", "substitute", "rule", "pause"] * 2 + ["suspend", "extend"]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(WALKS))
def test_a_ballot_follows_the_naive_model(seed):
    walk = Walk(build_cast(), seed)
    walk.compare([])
    for _step in range(STEPS):
        walk.compare(getattr(walk, walk.chance.choice(WEIGHED))())
    walk.now = walk.model.closes_at
    if walk.model.paused_at is not None:
        walk.compare(walk.pause())
        walk.now = walk.model.closes_at
    walk.compare(walk.wait())
    assert walk.model.is_over
    assert len(walk.model.said) > 3
