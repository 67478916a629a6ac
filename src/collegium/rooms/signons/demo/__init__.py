"""Letters of the demo council in every state; all of it is invented, and happened before today."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from django.db.models import Q

from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import RollRow
from collegium.core.calls.queries import able
from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization, Person
from collegium.core.people.queries import present_tenures
from collegium.core.trail.actions import without_waking

from .. import actions, course
from ..models import Letter, Signature
from ..terms import Terms, Wording

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEAM = "bridget-oyelaran"
# Over how many days a letter is prepared before societies are asked.
PREPARED = 5


def load(at: datetime) -> None:
    """As those did it who are named; nobody is told what happened weeks ago."""
    tables = tomllib.loads((Path(__file__).parent / "letters.toml").read_text(encoding="utf-8"))
    with without_waking():
        for row in tables["letter"]:
            _Way(row, at).walk()


class _Way:
    """One letter on its way: prepared, asked about, changed, closed, sent, left."""

    def __init__(self, row: dict[str, Any], at: datetime) -> None:
        self.row, self.at = row, at
        self.team: Person = Person.objects.get(handle=TEAM)
        self.asked_at = self._noon(row.get("asked", 0))

    def _noon(self, days_ago: float) -> datetime:
        """At 14:00 UTC of a day so many days ago."""
        return (self.at - days_ago * DAY).replace(hour=14, minute=0, second=0, microsecond=0)

    def _viewer(self, at: datetime) -> Viewer:
        return Viewer.of(self.team, at=at)

    def walk(self) -> Letter:
        began = self._noon(self.row["began"])
        self.letter = actions.open_letter(
            self._wording(self.row["text"]),
            terms=self._terms(),
            host=self._host(),
            viewer=self._viewer(began),
            at=began,
        )
        state = self.row["state"]
        if state != course.DRAFT:
            self._move("clearance", began + DAY)
        if state not in (course.DRAFT, course.CLEARANCE):
            self._ask()
            getattr(self, f"_{state.replace('-', '_')}", lambda: None)()
        return self.letter

    def _host(self) -> Organization | None:
        slug = self.row.get("host")
        return Organization.objects.get(slug=slug) if slug else None

    def _wording(self, raw: str) -> Wording:
        names = ("addressee", "office", "address", "subject")
        return Wording(raw=raw.strip(), **{name: self.row[name] for name in names if name in self.row})

    def _terms(self) -> Terms:
        row = self.row
        grounds = Entry.objects.filter(kind="position", title=row["follows"]).first() if "follows" in row else None
        late = row.get("late_until")
        return Terms(
            ask=row["ask"],
            delivers_on=(self.at + row["delivers"] * DAY).date(),
            time_zone="America/New_York",
            grounds=grounds.pk if grounds else None,
            late_until=self._noon(-late) if late is not None else None,
            **row.get("terms", {}),
        )

    def _move(self, to: str, at: datetime, **facts: Any) -> None:
        actions.move_letter(self.letter, to=to, viewer=self._viewer(at), at=at, **facts)

    def _ask(self) -> None:
        until = self.asked_at + self.row["window"] * DAY
        self._move("circulating", self.asked_at, closes_at=until, reason=self.row.get("support", ""))
        self._sign(self.row.get("answers", []), self.asked_at + 20 * HOUR)

    def _fresh(self) -> Letter:
        found: Letter = Letter.objects.select_related("current", "round__call__entry").get(pk=self.letter.pk)
        return found

    def _sign(self, said: list[str], begin: datetime) -> None:
        """One society after the other, some hours apart, each by whoever may sign for it; the last ones are silent."""
        letter = self._fresh()
        assert letter.round is not None
        assert letter.current is not None
        rows = RollRow.objects.filter(call=letter.round.call).order_by("organization__entry__title")
        rows = rows.select_related("organization__entry", "call__entry")
        quiet = self.row.get("quiet", [])
        asked = [row for row in rows if row.organization and row.organization.slug not in quiet]
        for number, (row, words) in enumerate(
            zip(asked[: self.row.get("many", 99)], cycle(said or [""]), strict=False)
        ):
            at = begin + number * 3 * HOUR
            may = able(letter.round.call, at, row_id=row.pk)
            if may and words and at < min(self.at, letter.round.call.closes_at):
                choice, _colon, raw = words.partition(": ")
                viewer = Viewer.of(Person.objects.get(pk=may[0].person_id), at=at)
                told: dict[str, Any] = {"choice": choice, "raw": raw, "facts": {"text": letter.current.digest}}
                calls.answer_call(row, **told, viewer=viewer, at=at)

    # --- by state

    def _circulating(self) -> None:
        self._from_outside()

    def _from_outside(self) -> None:
        """Organizations that wait, and one that is confirmed."""
        if not self.row.get("outside"):
            return
        at = self.asked_at + 2 * DAY
        actions.open_outside(self.letter, viewer=self._viewer(at), at=at)
        digest = self._fresh().current.digest  # type: ignore[union-attr]  # every letter begins with a text
        for number, one in enumerate(self.row["outside"]):
            moment = at + number * HOUR
            told = {name: one[name] for name in ("organization", "officer", "title", "email")}
            outsider = actions.ask_to_sign(self.letter, **told, digest=digest, at=moment)
            actions.consent(outsider, digest=digest, at=moment + HOUR / 2)
            if one.get("confirmed"):
                actions.confirm_outsider(outsider, viewer=self._viewer(moment + HOUR), at=moment + HOUR)

    def _reconsent(self) -> None:
        change = self.row["change"]
        at, letter = self._noon(change["days_ago"]), self._fresh()
        assert letter.current is not None
        wording = self._wording(self.row["text"].replace(change["old"], change["new"]))
        actions.save_text(
            letter,
            wording,
            base=letter.current.number,
            change="substantive",
            note=change["note"],
            closes_at=at + change["window"] * DAY,
            viewer=self._viewer(at),
            at=at,
        )
        self._sign(change["answers"], at + 5 * HOUR)

    def _cancelled(self) -> None:
        self._move("cancelled", self.asked_at + 3 * DAY, reason=self.row["reason"])

    def _closed(self) -> datetime:
        self._from_outside()
        letter = self._fresh()
        assert letter.round is not None
        end = letter.round.call.closes_at
        calls.close_call(letter.round.call, at=end)
        return end

    def _assembled(self) -> datetime:
        end = self._closed() + 2 * HOUR
        self._move("assembled", end, locks_at=end + 2 * DAY)
        return end

    def _sent(self) -> datetime:
        at = self._assembled() + 2 * DAY
        self._move("sent", at, reason=self.row["delivered"])
        if "left" in self.row:
            self._leave(self.row["left"])
        return at

    def _leave(self, row: dict[str, Any]) -> None:
        at = self._noon(row["days_ago"])
        found = Signature.objects.filter(letter=self.letter, society__slug=row["society"]).first()
        if found is None or found.society is None:
            return
        signing = Q(mandates__act="sign", mandates__period__contains=at.date(), mandates__is_alternate=False)
        tenure = present_tenures(at).filter(signing, seat__organization=found.society).order_by("pk")[0]
        actions.withdraw_signature(found, line=row["line"], viewer=Viewer.of(tenure.person, at=at), at=at)
        told = {"told": "yes", "how": row["told"], "viewer": self._viewer(at + DAY), "at": at + DAY}
        actions.decide_on_telling(found, **told)

    def _addendum_open(self) -> datetime:
        at = self._sent() + DAY
        self._move("addendum-open", at)
        self.row["many"] = 2
        self._sign(["signed"], at + DAY)
        return at

    def _addendum_closed(self) -> None:
        self._addendum_open()
        letter = self._fresh()
        assert letter.round is not None
        end = letter.round.call.closes_at
        calls.close_call(letter.round.call, at=end)
        at = end + DAY
        actions.deliver_addendum(self.letter, how=self.row["added"], viewer=self._viewer(at), at=at)
