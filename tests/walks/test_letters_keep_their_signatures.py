"""Random lives of sign-on letters: no signature is lost or bound to a text unseen; no file that was sent changes.

The model says in its own words who may sign when, what a change in substance does to those who signed, which names come
onto the list at the close, and who leaves it afterwards. After every step the house is held against it: the state, each
standing answer with the hash it is bound to, the list, the events in their order, the files.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from collegium.core.calls import actions as calls
from collegium.core.calls.models import Answer, RollRow
from collegium.core.groups.tests.cast import Cast, build_cast
from collegium.core.people import actions as people
from collegium.core.people.models import Organization
from collegium.core.trail.models import Event
from collegium.rooms.signons import actions
from collegium.rooms.signons.models import Paper, Signature
from collegium.rooms.signons.tests import scene

from .refusing import did

WALKS, STEPS = 6, 60
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SIGNS = ("signed", "reserved")
SPEAKERS = {"delegate": "lagoon", "chair": "harbour", "leaver": "reef"}
NAMES = ("signon.", "signature.")


class Walk:
    """A letter that is open for signature, and what the model says of it."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance = cast, random.Random(seed)
        for part in SPEAKERS:
            tenure = cast.tenures[part]
            people.give_mandate(tenure, act="sign", starts_on=tenure.starts_on, by=None, at=cast.at)
        far = (cast.at + 90 * DAY).date()
        self.letter, self.now = scene.open_letter(cast, edits="all", delivers_on=far, minimum=1)
        self.state, self.closes_at = "circulating", cast.at + 10 * DAY
        self.locks_at: datetime | None = None
        self.digests, self.written = [scene.newest(self.letter).digest], 0
        # Society -> what it answered and the hash that is bound to, in the present round; who was taken off its roll.
        self.said: dict[str, tuple[str, str]] = {}
        self.asked, self.struck, self.left = set(SPEAKERS.values()), set[str](), set[str]()
        # Society -> the hash it signed, as the list stands since the close; how many names went off it.
        self.list: dict[str, str] = {}
        self.gone = 0
        self.files: list[str] = []
        self.event = Event.objects.latest("pk").pk

    def society(self, slug: str) -> Organization:
        found: Organization = getattr(self.cast, slug)
        return found

    # --- what is tried

    def sign(self) -> list[str]:
        part = self.chance.choice(list(SPEAKERS))
        own, text = SPEAKERS[part], self.digests[-1 if self.chance.random() < 0.8 else 0]
        choice = self.chance.choice(["signed", "signed", "reserved", "declined"])
        if own not in self.asked:
            return []
        told = {"choice": choice, "raw": f"Number {len(self.digests)}." if choice == "reserved" else "", "text": text}
        done = self._did(lambda: scene.sign(self.cast, scene.fresh(self.letter), part, self.now, **told))
        may = self._is_open() and own not in self.struck | self.left and text == self.digests[-1]
        assert done == may
        if done:
            self.said[own] = (choice, text)
        return []

    def take_back(self) -> list[str]:
        part = self.chance.choice(list(SPEAKERS))
        own = SPEAKERS[part]
        if own not in self.asked:
            return []
        row = scene.row_of(scene.fresh(self.letter), self.society(own))
        done = self._did(lambda: calls.withdraw_answer(row, viewer=self.cast.viewer(part, self.now), at=self.now))
        assert done == (self._is_open() and own in self.said and own not in self.struck)
        if done:
            del self.said[own]
        return []

    def write(self) -> list[str]:
        """A slip of the pen, or another substance: then all are asked again, and nobody has signed."""
        change = self.chance.choice(["editorial", "editorial", "substantive"])
        raw = f"Dear Director,\n\nPlans should answer within {self.written} hours."
        self.written += 1
        letter = scene.fresh(self.letter)
        part = self.chance.choice(["staff", "staff", "delegate"])
        done = self._did(lambda: scene.save(self.cast, letter, raw, self.now, by=part, change=change))
        assert done == (self._is_open() and part == "staff")
        if not done:
            return []
        self.digests.append(scene.newest(self.letter).digest)
        if change == "editorial":
            return ["signon.text_saved"]
        self.said, self.struck, self.asked = {}, set(), set(SPEAKERS.values()) - self.left
        self.closes_at, self.digests = self.now + 4 * DAY, self.digests[-1:]
        return [*self._moved("reconsent", only_from="circulating"), "signon.asked_again", "signon.text_saved"]

    def wait(self) -> list[str]:
        self.now += self.chance.choice([HOUR, HOUR, DAY, 3 * DAY])
        return self._tick()

    def lapse(self) -> list[str]:
        """A membership ends: what is open loses the signature, what was sent keeps it."""
        slug = self.chance.choice(list(SPEAKERS.values()))
        if self.left or self.chance.random() < 0.6:
            return []
        people.change_standing(
            self.society(slug), status="suspended", from_day=self.society(slug).day_of(self.now), by=None, at=self.now
        )
        self.left.add(slug)
        return self._tick()

    def assemble(self) -> list[str]:
        done = self._did(lambda: self._step("assembled", locks_at=self.now + DAY))
        assert done == (self.state == "closed")
        if done:
            self.locks_at = self.now + DAY
        return self._moved("assembled") if done else []

    def send(self) -> list[str]:
        done = self._did(lambda: self._step("sent", reason="By courier."))
        is_locked = self.locks_at is not None and self.now >= self.locks_at
        assert done == (self.state == "assembled" and is_locked and bool(self.list))
        if not done:
            return []
        self.files = self._files()
        assert len(self.files) == 2
        return self._moved("sent")

    def leave(self) -> list[str]:
        """A society takes its name off the list: without a trace before the letter is sent, marked after that."""
        part = self.chance.choice(list(SPEAKERS))
        own = SPEAKERS[part]
        found = Signature.objects.filter(letter=self.letter, society=self.society(own), ended_at=None).first()
        assert (found is not None) == (own in self.list)
        if found is None:
            return []
        viewer = self.cast.viewer(part, self.now)
        done = self._did(lambda: actions.withdraw_signature(found, viewer=viewer, at=self.now))
        is_locked = self.state == "assembled" and self.locks_at is not None and self.now >= self.locks_at
        assert done == (not is_locked)
        if not done:
            return []
        return ["signature.withdrawn", *self._off(own)]

    def cancel(self) -> list[str]:
        if self.chance.random() < 0.9:
            return []
        done = self._did(lambda: self._step("cancelled", reason="It is off."))
        assert done == (self.state in ("circulating", "reconsent", "closed", "assembled"))
        return self._moved("cancelled") if done else []

    # --- what follows by itself

    def _tick(self) -> list[str]:
        """Time passes for the house, and for the model."""
        calls.advance_calls(at=self.now)
        actions.advance_letters(at=self.now)
        expected = []
        if self.state in ("circulating", "reconsent") and self.now >= self.closes_at:
            self.list = {
                slug: text
                for slug, (choice, text) in self.said.items()
                if choice in SIGNS and slug not in self.struck | self.left
            }
            expected = self._moved("closed")
        for slug in sorted(self.left):
            expected += self._lapsed(slug)
        return expected

    def _lapsed(self, slug: str) -> list[str]:
        if self.state in ("circulating", "reconsent"):
            if self.said.get(slug, ("", ""))[0] not in SIGNS or slug in self.struck:
                return []
            self.struck.add(slug)
            return ["signature.lapsed"]
        if self.state in ("closed", "assembled") and slug in self.list:
            return ["signature.lapsed", *self._off(slug)]
        return []

    def _off(self, slug: str) -> list[str]:
        del self.list[slug]
        self.gone += 1
        return ["signon.proof_made"] if self.state == "assembled" else []

    def _moved(self, to: str, only_from: str = "") -> list[str]:
        moved = not only_from or self.state == only_from
        self.state = to if moved else self.state
        return ["signon.moved"] if moved else []

    def _is_open(self) -> bool:
        return self.state in ("circulating", "reconsent") and self.now < self.closes_at

    def _step(self, to: str, **facts: Any) -> Any:
        return scene.move(self.cast, scene.fresh(self.letter), to, self.now, **facts)

    def _did(self, deed: Callable[[], Any]) -> bool:
        return did(deed, self._whole)

    def _whole(self) -> list[Any]:
        of_letter = {"row__call__signon_round__letter": self.letter.pk}
        return [
            list(Answer.objects.filter(**of_letter).order_by("pk").values()),
            list(Signature.objects.filter(letter=self.letter).order_by("pk").values()),
            scene.steps(self.letter),
            Event.objects.count(),
        ]

    def _files(self) -> list[str]:
        return [hashlib.sha256(one.content).hexdigest() for one in Paper.objects.filter(letter=self.letter)]

    # --- held against the model

    def compare(self, names: list[str]) -> None:
        new = Event.objects.filter(pk__gt=self.event).order_by("pk")
        assert [event.name for event in new if event.name.startswith(NAMES)] == names
        self.event = Event.objects.latest("pk").pk
        letter = scene.fresh(self.letter)
        assert letter.entry.state == self.state
        self._compare_answers(letter)
        kept = Signature.objects.filter(letter=letter)
        stands = {one.society.slug: one.digest for one in kept.filter(ended_at=None).select_related("society")}
        assert stands == self.list
        assert kept.filter(ended_at__isnull=False).count() == self.gone
        assert self._files() == self.files

    def _compare_answers(self, letter: Any) -> None:
        """Totals add up to the roll, and each standing answer is bound to the text its society was shown."""
        roll = RollRow.objects.filter(call=scene.present(letter).call_id).select_related("organization")
        rows = {row.pk: row.organization.slug for row in roll}
        assert set(rows.values()) == self.asked
        assert {row.organization.slug for row in roll if row.struck_at} == self.struck
        answers = Answer.objects.filter(row__in=rows, ended_at=None)
        assert {rows[one.row_id]: (one.choice, one.facts["text"]) for one in answers} == self.said
        silent = [row for row in roll if not row.is_answered]
        assert len(silent) + len(self.said) == len(roll)


WEIGHED = ["sign"] * 8 + ["write"] * 3 + ["wait"] * 4 + ["take_back", "lapse", "assemble", "send", "leave", "cancel"]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(WALKS))
def test_a_letter_keeps_what_was_signed(seed):
    walk = Walk(build_cast(), seed)
    for _step in range(STEPS):
        walk.compare(getattr(walk, walk.chance.choice(WEIGHED))())
    assert len(scene.steps(walk.letter)) > 2
