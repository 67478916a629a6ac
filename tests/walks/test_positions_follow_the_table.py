"""Random ways of positions: only steps of the table, one event each, no comment lost, nothing of what is refused."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from collegium.core.groups.tests.cast import Cast, build_cast
from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.course import MOVES, STATES
from collegium.rooms.positions.models import Comment, Position, Revision, Step
from collegium.rooms.positions.tests.factories import give_mandate, in_state, write

from .refusing import did

WALKS, STEPS = 6, 40
# Written here once more by hand: a table that lets one go back to where it was not asked would be found.
NEVER = {("public", "drafting"), ("withdrawn", "comment"), ("not-adopted", "adopted"), ("rescinded", "public")}
ENDS = ("withdrawn", "deferred")
NAMES = ("position.", "comment.", "drafter.")
ACTORS = ("staff", "second_staff", "chair", "peer", "delegate", "outsider")


class Walk:
    """A position, and what was accepted of all that was tried on it."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance, self.now = cast, random.Random(seed), cast.at
        give_mandate(cast)
        self.position = in_state(cast, "drafting")
        self.state = "drafting"
        self.steps = list(self._steps())
        self.comments: list[str] = []
        self.texts = list(self._texts())
        self.event = Event.objects.order_by("-pk")[0].pk

    def _steps(self) -> Any:
        return Step.objects.filter(position=self.position).order_by("pk").values_list("was", "now")

    def _texts(self) -> Any:
        return Revision.objects.filter(position=self.position).order_by("number").values_list("number", "digest")

    def move(self) -> list[str]:
        onward = [one.now for one in MOVES if self.state in one.was]
        if self.chance.random() < 0.95:
            onward = [to for to in onward if to not in ENDS]
        to = self.chance.choice(onward if onward and self.chance.random() < 0.7 else sorted(set(STATES) - set(ENDS)))
        part = self.chance.choice(("staff", "staff", "staff", *ACTORS))
        told: dict[str, Any] = {"viewer": self.cast.viewer(part, self.now), "at": self.now, "reason": "Agreed."}
        if STATES[to].window:
            told["closes_at"] = self.now + timedelta(days=self.chance.choice([3, 40]))
        if not self._did(lambda: actions.move_position(self.position, to=to, **told)):
            return []
        assert any(self.state in one.was and one.now == to for one in MOVES)
        assert (self.state, to) not in NEVER
        self.steps.append((self.state, to))
        self.state = to
        return ["position.moved"]

    def comment(self) -> list[str]:
        part, raw = self.chance.choice(("delegate", "delegate", *ACTORS)), f"Too long, {len(self.comments)}."
        told = {"raw": raw, "block": 2, "quote": "", "viewer": self.cast.viewer(part, self.now), "at": self.now}
        tenure = self.cast.tenures.get(part, self.cast.tenures["delegate"])
        if not self._did(lambda: actions.make_comment(self.position, tenure=tenure, **told)):
            return []
        assert self.state in ("comment", "recirculation")
        self.comments.append(raw)
        return ["comment.made"]

    def dispose(self) -> list[str]:
        found = Comment.objects.filter(consultation__position=self.position).order_by("disposition", "pk").last()
        if found is None:
            return []
        told = {"outcome": "part", "reason": "As far as it goes.", "at": self.now}
        viewer = self.cast.viewer(self.chance.choice(("peer", *ACTORS)), self.now)
        done = self._did(lambda: actions.dispose_comment(found, viewer=viewer, **told))
        return ["comment.disposed"] if done else []

    def write(self) -> list[str]:
        raw = f"Plans answer in {self.now:%j} days, {len(self.texts)}.\n\nRefusals are reviewed."
        part = self.chance.choice(("peer", "peer", *ACTORS))
        if not self._did(lambda: write(self.cast, self.position, raw, by=part, at=self.now)):
            return []
        assert STATES[self.state].edits
        self.texts.append((self.texts[-1][0] + 1, self._texts().last()[1]))
        return ["position.text_revised"]

    def wait(self) -> list[str]:
        self.now += timedelta(days=self.chance.choice([1, 5, 41]))
        return []

    def _did(self, deed: Callable[[], Any]) -> bool:
        return did(deed, self._whole)

    def _whole(self) -> list[Any]:
        return [
            Position.objects.filter(pk=self.position.pk).values()[0],
            list(self._steps()),
            list(self._texts()),
            list(Comment.objects.filter(consultation__position=self.position).order_by("pk").values()),
            Event.objects.count(),
        ]

    def compare(self, names: list[str]) -> None:
        new = list(Event.objects.filter(pk__gt=self.event).order_by("pk"))
        about = [event for event in new if event.name.startswith(NAMES)]
        assert [event.name for event in about] == names
        assert [event.at for event in about] == [self.now] * len(names)
        self.event = new[-1].pk if new else self.event
        found = Position.objects.select_related("entry").get(pk=self.position.pk)
        assert found.entry.state == self.state
        assert list(self._steps()) == self.steps
        assert list(self._texts()) == self.texts
        kept = Comment.objects.filter(consultation__position=self.position).order_by("pk")
        assert list(kept.values_list("raw", flat=True)) == self.comments


WEIGHED = ["move"] * 8 + ["wait"] * 5 + ["comment"] * 3 + ["dispose"] * 3 + ["write"]


def test_what_may_never_happen_is_in_no_table():
    assert [(was, one.now) for one in MOVES for was in one.was if (was, one.now) in NEVER] == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(WALKS))
def test_a_position_goes_only_where_the_table_leads(seed):
    walk = Walk(build_cast(), seed)
    for _step in range(STEPS):
        walk.compare(getattr(walk, walk.chance.choice(WEIGHED))())
    assert len(walk.steps) > 2
