"""Random lives of one matter: a position that asks for support, its ballots, and the letter that follows from it.

Societies lapse, change who speaks for them and take back what they signed; ballots are annulled and held again; the
officer goes on without support or takes the text back. After every step the house is held against `matter`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import RollRow
from collegium.core.groups.tests.cast import Cast, build_cast
from collegium.core.people import actions as people
from collegium.core.people.models import Mandate, Organization, Person
from collegium.core.people.tests.factories import LONG_AGO, make_person, make_tenure
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions as ballots
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.ballots.tests.scene import row_of as voting_row
from collegium.rooms.positions import actions as positions
from collegium.rooms.positions.models import Position
from collegium.rooms.positions.queries.publishing import digest_of_list, supporting_now
from collegium.rooms.positions.queries.support import ledger_of
from collegium.rooms.positions.tests.asking import SPEAKERS, asking_calls, mandates
from collegium.rooms.positions.tests.factories import in_state
from collegium.rooms.signons import actions as letters
from collegium.rooms.signons.models import Signature
from collegium.rooms.signons.tests import scene

from .matter import AT_LEAST, AT_MOST, DAY, SOCIETIES, VOTERS, Matter, Vote
from .refusing import did

WALKS, STEPS, WINDOW = 10, 120, 40
TERMS = {"at_least": AT_LEAST, "at_most": AT_MOST, "spares_touched": True}
NAMES = ("position.moved", "signon.moved", "signature.", "ballot.", "position.adoption_shaken")
HEADS = {"harbour": "chair", "lagoon": "delegate"}


class Walk:
    """The position, its ballots and its letter, who speaks for whom, and the model beside them."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance = cast, random.Random(seed)
        mandates(cast, "sign")
        self.speakers: dict[str, list[Person]] = {
            slug: [getattr(cast, part)] for slug, part in sorted(SPEAKERS.items())
        }
        self.position = in_state(cast, "sign-on", terms=TERMS)
        self.model = Matter(asking_calls(self.position)[0].opens_at)
        self.model.ask(WINDOW)
        far = (cast.at + 700 * DAY).date()
        self.letter = scene.drafted(cast, grounds=self.position.pk, is_advocacy=True, delivers_on=far, minimum=1)
        scene.move(cast, self.letter, "clearance", cast.at)
        self.ballots: list[Ballot] = []
        self.accepted = 0
        self.event = Event.objects.latest("pk").pk

    def next(self) -> str:
        """Mostly something that is due where the matter stands, at times anything at all."""
        return self.chance.choice(self.model.due() if self.chance.random() < 0.7 else DEEDS)

    # --- support

    def answer(self) -> list[str]:
        slug, choice = self.chance.choice(SOCIETIES), self.chance.choice(["support"] * 4 + ["decline", "neutral"])
        row = RollRow.objects.filter(call__in=asking_calls(self.position), organization=self._society(slug)).first()
        if row is None:
            assert not self.model.takes_stance(slug)
            return []
        who, speaks = self._speaker(slug)
        viewer = Viewer.of(who, at=self.model.now)
        done = self._did(lambda: calls.answer_call(row, choice=choice, viewer=viewer, at=self.model.now))
        assert done == (speaks and self.model.takes_stance(slug))
        if done:
            self.model.stances[slug] = choice
        return []

    def go_before_the_body(self) -> list[str]:
        """With the support it takes, or for a recorded reason without it."""
        reason = self.chance.choice(["", "", "It cannot wait."])
        may = self.model.is_supported or bool(reason)
        return self._move("ballot", may=self.model.state == "sign-on" and self.model.was_asked and may, reason=reason)

    def take_back(self) -> list[str]:
        may = (self.model.state == "sign-on" and self.model.was_asked) or (
            self.model.state == "ballot" and not self.model.is_decided
        )
        return self._move("disposition", may=may, reason="Too many are silent.")

    def ask_again(self) -> list[str]:
        ends = self.model.now + WINDOW * DAY
        moved = self._move("sign-on", may=self.model.state == "disposition", closes_at=ends)
        if moved:
            self.model.ask(WINDOW)
        return moved

    # --- the ballot

    def put(self) -> list[str]:
        opens_at, closes_at = self.model.now + DAY, self.model.now + 6 * DAY
        told: dict[str, Any] = {"opens_at": opens_at, "closes_at": closes_at, "zone": "UTC", **self._by()}
        made: list[Ballot] = []
        done = self._did(lambda: made.append(positions.put_to_ballot(self.position, body=self.cast.ceos, **told)))
        assert done == (self.model.state == "ballot" and not self.model.is_decided)
        if not done:
            return []
        ballots.announce_ballot(made[0], **self._by())
        self.ballots += made
        self.model.vote = Vote(opens_at, closes_at)
        return ["ballot.prepared", "ballot.announced"]

    def vote(self) -> list[str]:
        vote = self.model.vote
        if vote is None or not vote.is_open(self.model.now):
            return []
        slug, choice = self.chance.choice(VOTERS), self.chance.choice(["yes"] * 4 + ["no"])
        voter, ballot = getattr(self.cast, HEADS[slug]), self._ballot()
        viewer = Viewer.of(voter, at=self.model.now)
        told = {"choice": choice, "viewer": viewer, "at": self.model.now}
        assert self._did(lambda: ballots.cast_ballot(voting_row(ballot, voter), **told))
        vote.votes[slug] = choice
        return []

    def certify(self) -> list[str]:
        """By two; what was decided becomes of the position by itself."""
        vote = self.model.vote
        if vote is None:
            return []
        done = self._did(
            lambda: [ballots.certify_ballot(self._ballot(), **self._by(who)) for who in ("staff", "chair")]
        )
        assert done == (vote.is_counted and not vote.is_certified)
        if not done:
            return []
        vote.is_certified = True
        moved = self.model.state == "ballot" and bool(vote.outcome)
        self.model.state = vote.outcome if moved else self.model.state
        return ["ballot.verified"] * 2 + ["ballot.certified"] + ["position.moved"] * moved

    def annul(self) -> list[str]:
        """What was adopted by it is before the body again; what was published is marked."""
        vote = self.model.vote
        if vote is None or self.chance.random() < 0.6:
            return []
        ballots.annul_ballot(self._ballot(), reason="A fault in the notice.", **self._by())
        rested = vote.is_certified and bool(vote.outcome)
        back = rested and self.model.state == vote.outcome
        shaken = rested and self.model.state == "public"
        self.model.vote = None
        self.ballots.pop()
        if back:
            self.model.state = "ballot"
        follows = ["position.moved"] * back + ["position.adoption_shaken"] * shaken
        return ["ballot.annulled", *follows]

    def publish(self) -> list[str]:
        if self.model.state == "adopted" and (lines := supporting_now(self.position)):
            self._did(lambda: positions.confirm_supporters(self.position, digest=digest_of_list(lines), **self._by()))
        return self._move("public", may=self.model.state == "adopted")

    # --- the letter

    def circulate(self) -> list[str]:
        ends = self.model.now + 10 * DAY
        done = self._step("circulating", closes_at=ends, reason="It is urgent.")
        assert done == (self.model.letter == "clearance" and self.model.carries_advocacy)
        if not done:
            return []
        self.model.letter, self.model.letter_ends, self.model.letter_roll = "circulating", ends, self.model.members
        return ["signon.moved"]

    def sign(self) -> list[str]:
        slug = self.chance.choice(SOCIETIES)
        if slug not in self.model.letter_roll:
            return []
        who, speaks = self._speaker(slug)
        choice = self.chance.choice(["signed", "signed", "reserved", "declined"])
        told = {"raw": "Not for all." if choice == "reserved" else "", "facts": {"text": self._text()}}
        told |= {"viewer": Viewer.of(who, at=self.model.now), "at": self.model.now}
        row = scene.row_of(scene.fresh(self.letter), self._society(slug))
        done = self._did(lambda: calls.answer_call(row, choice=choice, **told))
        assert done == (speaks and self.model.signs and slug not in self.model.struck | self.model.left)
        if done:
            self.model.signed[slug] = choice
        return []

    def leave(self) -> list[str]:
        """A name comes off the list: without a trace before it is sent, marked after that."""
        slug = self.chance.choice(SOCIETIES)
        found = Signature.objects.filter(letter=self.letter, society=self._society(slug), ended_at=None).first()
        if found is None or self.chance.random() < 0.7:
            return []
        who, speaks = self._speaker(slug)
        viewer = Viewer.of(who, at=self.model.now)
        done = self._did(lambda: letters.withdraw_signature(found, viewer=viewer, at=self.model.now))
        assert done == (speaks and slug not in self.model.left and not self.model.is_locked)
        self.model.names -= {slug} if done else set()
        return ["signature.withdrawn"] if done else []

    def send(self) -> list[str]:
        """Assembled, and sent while what it follows from still carries it."""
        if self.model.letter == "closed":
            locks_at = self.model.now + 3 * DAY
            assert self._step("assembled", locks_at=locks_at)
            self.model.letter, self.model.letter_locks = "assembled", locks_at
            return ["signon.moved"]
        done = self._step("sent", reason="By courier.")
        may = self.model.is_locked and self.model.carries_advocacy and bool(self.model.names)
        assert done == may
        self.model.letter = "sent" if done else self.model.letter
        return ["signon.moved"] * done

    # --- who it is, and the clock

    def substitute(self) -> list[str]:
        """Another speaks for the society from today; who did so no longer does."""
        slug, at = self.chance.choice(SOCIETIES), self.model.now
        day = self._society(slug).day_of(at)
        held = Mandate.objects.get(tenure__person=self.speakers[slug][-1], act="sign", period__upper_inf=True)
        if held.period.lower >= day:
            return []
        people.end_mandate(held, last_day=day - DAY, by=None, at=at)
        person = make_person()
        tenure = make_tenure(person, self._society(slug), "elder")
        people.give_mandate(tenure, act="sign", starts_on=max(LONG_AGO, day), by=None, at=at)
        self.speakers[slug].append(person)
        return []

    def lapse(self) -> list[str]:
        """The membership of the one that votes nowhere ends: what it signed and is not sent goes."""
        if self.model.left or self.chance.random() < 0.7:
            return []
        society = self._society("reef")
        day = society.day_of(self.model.now)
        people.change_standing(society, status="suspended", from_day=day, by=None, at=self.model.now)
        self.model.left.add("reef")
        return self._tick()

    def wait(self) -> list[str]:
        self.model.now += DAY * self.chance.choice([1, 1, 2, 4, 15, 30])
        return self._tick()

    def _tick(self) -> list[str]:
        calls.advance_calls(at=self.model.now)
        ballots.advance_ballots(at=self.model.now)
        positions.take_due_steps(at=self.model.now)
        letters.advance_letters(at=self.model.now)
        self.model.ask_the_others()
        expected, vote = [], self.model.vote
        if vote is not None and not vote.is_counted and self.model.now >= vote.closes_at:
            vote.is_counted = True
            expected.append("ballot.counted")
        if self.model.letter == "circulating" and not self.model.signs:
            self.model.close_letter()
            expected.append("signon.moved")
        return expected + self._lapsed()

    def _lapsed(self) -> list[str]:
        found = []
        for slug in sorted(self.model.left):
            signed = self.model.signed.get(slug) in ("signed", "reserved")
            if self.model.letter == "circulating" and signed and slug not in self.model.struck:
                self.model.struck.add(slug)
                found.append("signature.lapsed")
            elif self.model.letter in ("closed", "assembled") and slug in self.model.names:
                self.model.names.remove(slug)
                found.append("signature.lapsed")
        return found

    # --- how it is done

    def _by(self, part: str = "staff") -> dict[str, Any]:
        return {"viewer": self.cast.viewer(part, self.model.now), "at": self.model.now}

    def _society(self, slug: str) -> Organization:
        found: Organization = getattr(self.cast, slug)
        return found

    def _speaker(self, slug: str) -> tuple[Person, bool]:
        """Mostly who speaks for the society, at times somebody who did."""
        who = self.chance.choice(self.speakers[slug]) if self.chance.random() < 0.2 else self.speakers[slug][-1]
        return who, who == self.speakers[slug][-1]

    def _ballot(self) -> Ballot:
        found: Ballot = Ballot.objects.loaded().get(pk=self.ballots[-1].pk)
        return found

    def _text(self) -> str:
        return scene.newest(self.letter).digest

    def _move(self, to: str, *, may: bool, **facts: Any) -> list[str]:
        done = self._did(lambda: positions.move_position(self.position, to=to, **self._by(), **facts))
        assert done == may
        self.model.state = to if done else self.model.state
        return ["position.moved"] * done

    def _step(self, to: str, **facts: Any) -> bool:
        return self._did(lambda: scene.move(self.cast, scene.fresh(self.letter), to, self.model.now, **facts))

    def _did(self, deed: Callable[[], Any]) -> bool:
        done = did(deed, self._whole)
        self.accepted += done
        return done

    def _whole(self) -> list[Any]:
        return [self._fresh().entry.state, scene.steps(self.letter), Event.objects.count(), Signature.objects.count()]

    def _fresh(self) -> Position:
        found: Position = Position.objects.select_related("entry").get(pk=self.position.pk)
        return found

    # --- held against the model

    def compare(self, names: list[str]) -> None:
        new = list(Event.objects.filter(pk__gt=self.event).order_by("pk"))
        told = [event.name for event in new if event.name.startswith(NAMES)]
        # Of each thing in their order; what the clock does to two of them at once has none.
        for thing in ("position.", "ballot.", "sign"):
            assert [name for name in told if name.startswith(thing)] == [one for one in names if one.startswith(thing)]
        self.event = new[-1].pk if new else self.event
        assert self._fresh().entry.state == self.model.state
        assert scene.fresh(self.letter).entry.state == self.model.letter
        on_letter = Signature.objects.filter(letter=self.letter, ended_at=None)
        assert {one.society.slug for one in on_letter.select_related("society")} == self.model.names
        self._compare_support()

    def _compare_support(self) -> None:
        """Totals add up to the roll; nobody's stance is lost."""
        ledger = ledger_of(self._fresh())
        assert ledger is not None
        assert {one.slug: one.name for one in ledger.stances if one.is_given} == self.model.stances
        given = Counter(self.model.stances.values())
        assert ledger.everybody.by_stance == given
        assert ledger.everybody.silent + given.total() == ledger.everybody.asked


DEEDS = ["answer", "go_before_the_body", "take_back", "ask_again", "put", "vote", "certify", "annul", "publish"]
DEEDS += ["circulate", "sign", "leave", "send", "substitute", "lapse", "wait"]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(WALKS))
def test_a_matter_goes_only_where_all_of_it_allows(seed):
    walk = Walk(build_cast(), seed)
    for _step in range(STEPS):
        walk.compare(getattr(walk, walk.next())())
    assert walk.accepted > STEPS / 10
