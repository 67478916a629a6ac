"""Issues and positions of the demo council, in every state; all of it is invented, and happened before today."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import RollRow
from collegium.core.groups.models import Group
from collegium.core.people.models import Organization, Person, Tenure
from collegium.core.trail.actions import without_waking

from .. import actions
from ..actions.issues import Answers
from ..course import STATES
from ..models import Comment, Issue, Position, Review
from ..queries.publishing import digest_of_list, supporting_now
from . import asked

ZONE = "America/New_York"
# What is needed where a text says nothing else of it.
TERMS = {"at_least": 12, "at_most": 3, "spares_touched": True, "dissent": "named", "silence": "counted"}
Moment = tuple[float, Any]


def load(at: datetime) -> None:
    """As those did it who are named; nobody is told what happened weeks ago."""
    with without_waking():
        issues = _Issues(at)
        for row in _read("issues.toml")["issue"]:
            issues.load(row)
        positions: dict[str, Position] = {}
        for path in sorted((Path(__file__).parent / "texts").glob("*.toml")):
            row = tomllib.loads(path.read_text(encoding="utf-8"))
            positions[path.stem] = _Way(row, at, issues.made, positions).walk()


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _person(handle: str) -> Person:
    found: Person = Person.objects.get(handle=handle)
    return found


def _tenure(handle: str, society: str, at: datetime) -> Tenure:
    """The person's seat there on the day: of several the one with a mandate to comment."""
    seats = Tenure.objects.filter(person__handle=handle, seat__organization__slug=society)
    mandated = seats.filter(mandates__act="comment", mandates__period__contains=at.date())
    found: Tenure = mandated.order_by("pk").first() or seats.latest("pk")
    return found


def _societies(slugs: list[str]) -> list[int]:
    return list(Organization.objects.filter(slug__in=slugs).values_list("pk", flat=True))


class _Issues:
    """Issues as they were raised and decided."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.made: dict[str, Issue] = {}

    def load(self, row: dict[str, Any]) -> None:
        at = self.at - timedelta(days=row["days_ago"])
        ends = row.get("deadline_in_days")
        deadline = (self.at.replace(minute=0, second=0, microsecond=0) + timedelta(days=ends), ZONE) if ends else None
        issue = actions.raise_issue(
            title=row["title"],
            answers=Answers(row["answers"], _societies(row["touches"]), deadline),
            tenure=_tenure(row["person"], row["society"], at),
            viewer=Viewer.of(_person(row["person"]), at=at),
            at=at,
        )
        self.made[row["key"]] = issue
        for decision in row.get("triage", ()):
            self._decide(issue, decision)

    def _decide(self, issue: Issue, row: dict[str, Any]) -> None:
        at = self.at - timedelta(days=row["days_ago"])
        how: dict[str, Any] = {"reason": row["reason"], "viewer": Viewer.of(_person(row["by"]), at=at), "at": at}
        match row["outcome"]:
            case "accepted":
                actions.accept_issue(issue, **how)
            case "declined":
                actions.decline_issue(issue, **how)
            case "merged":
                actions.merge_issue(issue, into=self.made[row["into"]], **how)
            case "referred":
                actions.refer_issue(issue, to=Group.objects.get(slug=row["to"]), **how)


class _Way:
    """One position on its way: what was written, asked, said and decided, in the order of the days."""

    def __init__(
        self, row: dict[str, Any], at: datetime, issues: dict[str, Issue], others: dict[str, Position]
    ) -> None:
        self.row, self.at, self.issues, self.others = row, at, issues, others

    def walk(self) -> Position:
        row, at = self.row, self._ago(self.row["days_ago"])
        self.position = actions.open_position(
            title=row["title"],
            kind=row["kind"],
            lead=Organization.objects.get(slug=row["lead"]),
            issue=self.issues.get(row.get("issue", "")),
            viewer=self._viewer(row["by"], at),
            at=at,
        )
        self._prepare(at)
        for _days_ago, deed in sorted(self._deeds(), key=lambda one: -one[0]):
            deed()
        for review in Review.objects.filter(position=self.position, call__closed_at=None, call__closes_at__lte=self.at):
            calls.close_call(review.call, at=review.call.closes_at)
        return self.position

    def _ago(self, days: float) -> datetime:
        return self.at - timedelta(days=days)

    def _viewer(self, handle: str, at: datetime) -> Viewer:
        return Viewer.of(_person(handle), at=at)

    def _prepare(self, at: datetime) -> None:
        row, viewer = self.row, self._viewer(self.row["by"], at)
        if "issue" not in row:
            actions.name_touched(self.position, societies=_societies(row["touches"]), viewer=viewer, at=at)
        actions.set_terms(self.position, **(TERMS | row.get("terms", {})), viewer=viewer, at=at)
        for one in row["drafter"]:
            if "named_days_ago" not in one:
                self._drafter(one, at)

    def _drafter(self, row: dict[str, Any], at: datetime) -> None:
        """They declare their interests at once, unless they were named only lately."""
        tenure = _tenure(row["person"], row["society"], at)
        drafter = actions.name_drafter(self.position, tenure=tenure, viewer=self._viewer(self.row["by"], at), at=at)
        interests, own = row.get("interests", ""), self._viewer(row["person"], at)
        if "named_days_ago" not in row:
            actions.declare_interests(drafter, has_interests=bool(interests), words=interests, viewer=own, at=at)

    def _deeds(self) -> Iterator[Moment]:
        deeds = {
            "drafter": ("named_days_ago", self._later_drafter),
            "step": ("days_ago", self._step),
            "text": ("days_ago", self._text),
            "replaces": ("days_ago", self._replace),
            "embargo": ("days_ago", self._embargo),
            "said": ("days_ago", self._say),
        }
        of_comments = (
            ("days_ago", self._comment),
            ("answered_days_ago", self._dispose),
            ("satisfied_days_ago", self._satisfy),
        )
        deeds |= {"answers": ("days_ago", self._answers), "dissent": ("days_ago", self._dissent)}
        told = [(name, *deed) for name, deed in deeds.items()]
        for name, when, deed in (*told, *(("comment", *one) for one in of_comments)):
            yield from ((row[when], partial(deed, row)) for row in self.row.get(name, ()) if when in row)

    def _later_drafter(self, row: dict[str, Any]) -> None:
        self._drafter(row, self._ago(row["named_days_ago"]))

    def _step(self, row: dict[str, Any]) -> None:
        at = self._ago(row["days_ago"])
        ends = self._ago(row["closes_days_ago"]) if STATES[row["to"]].window else None
        closes_at = ends.replace(hour=21, minute=0, second=0, microsecond=0) if ends else None
        how: dict[str, Any] = {"reason": row.get("reason", ""), "closes_at": closes_at, "zone": ZONE}
        viewer = self._viewer(row.get("by", self.row["by"]), at)
        if row["to"] == "public" and (lines := supporting_now(self.position)):
            actions.confirm_supporters(self.position, digest=digest_of_list(lines), viewer=viewer, at=at)
        actions.move_position(self.position, to=row["to"], viewer=viewer, at=at, **how)

    def _text(self, row: dict[str, Any]) -> None:
        at, number = self._ago(row["days_ago"]), self.position.revisions.count()
        actions.save_text(
            self.position,
            title=row.get("title", self.row["title"]),
            raw=row["raw"],
            change=row.get("change", "first"),
            note=row.get("note", ""),
            base=number,
            viewer=self._viewer(row["by"], at),
            at=at,
        )

    def _comment(self, row: dict[str, Any]) -> None:
        at = self._ago(row["days_ago"])
        actions.make_comment(
            self.position,
            raw=row["raw"],
            tenure=_tenure(row["person"], row["society"], at),
            block=row.get("block"),
            quote=row.get("quote", ""),
            proposal=row.get("proposal", ""),
            viewer=self._viewer(row["person"], at),
            at=at,
        )

    def _made(self, row: dict[str, Any]) -> Comment:
        found: Comment = Comment.objects.get(consultation__position=self.position, raw=row["raw"])
        return found

    def _dispose(self, row: dict[str, Any]) -> None:
        at = self._ago(row["answered_days_ago"])
        how: dict[str, Any] = {"outcome": row["outcome"], "reason": row["reason"]}
        actions.dispose_comment(self._made(row), viewer=self._viewer(row["answered_by"], at), at=at, **how)

    def _satisfy(self, row: dict[str, Any]) -> None:
        at = self._ago(row["satisfied_days_ago"])
        how: dict[str, Any] = {"is_satisfied": row["satisfied"], "words": row.get("answer", "")}
        actions.answer_disposition(self._made(row), viewer=self._viewer(row["person"], at), at=at, **how)

    def _answers(self, row: dict[str, Any]) -> None:
        """Of the window that was opened before this day, all at once: each at its own moment."""
        asked.answer(self.position, row, self.at)

    def _dissent(self, row: dict[str, Any]) -> None:
        asked.dissent(self.position, row, self._ago(row["days_ago"]))

    def _replace(self, row: dict[str, Any]) -> None:
        at = self._ago(row["days_ago"])
        viewer, target = self._viewer(self.row["by"], at), self.others[row["key"]]
        actions.replace_position(self.position, target=target, viewer=viewer, at=at)
        if row.get("superseded"):
            actions.move_position(target, to="superseded", viewer=viewer, at=at)

    def _embargo(self, row: dict[str, Any]) -> None:
        at, ends_at = self._ago(row["days_ago"]), self._ago(row["ends_days_ago"])
        ends_at = ends_at.astimezone(ZoneInfo(ZONE)).replace(hour=9, minute=0, second=0, microsecond=0)
        how: dict[str, Any] = {"ends_at": ends_at, "zone": ZONE, "publishes": row["publishes"]}
        actions.set_embargo(self.position, viewer=self._viewer(row["by"], at), at=at, **how)

    def _say(self, row: dict[str, Any]) -> None:
        """A society answers in the review that is open."""
        at, society = self._ago(row["days_ago"]), Organization.objects.get(slug=row["society"])
        call = Review.objects.get(position=self.position, decided=None).call
        how: dict[str, Any] = {"choice": row["choice"], "raw": row.get("words", "")}
        asked = RollRow.objects.get(call=call, organization=society)
        calls.answer_call(asked, viewer=self._viewer(row["person"], at), at=at, **how)
