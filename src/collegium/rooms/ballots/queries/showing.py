"""Rows shaped for the pages of ballots: the list, one ballot as a reader stands to it, its roll, its receipts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core import paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse

from collegium.core.access.doors import get_visible
from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer, Call, Extension, RollRow
from collegium.core.calls.queries import able, page_of_roll
from collegium.core.entries.models import Entry

from ..choices import RECUSED
from ..models import Ballot, Certification, Contest, Paper, Pause, Recusal
from ..rules import is_teller, manages


def ballot_address(entry: Entry) -> str:
    return reverse("ballots:ballot", args=[entry.pk])


def ballots_about(entry: Entry, viewer: Viewer) -> QuerySet[Ballot]:
    """What was put to a vote about it, the newest first; for pages of rooms above."""
    return Ballot.objects.visible_to(viewer).loaded().filter(about=entry).order_by("-pk")


def the_ballot(viewer: Viewer, pk: int) -> Ballot:
    """With what its page says of it; Http404 if it is not there for the viewer."""
    found: Any = get_visible(Ballot.objects.loaded(), viewer, pk=pk)
    return found


# The rows of running calls the viewer may answer, whichever way the call addresses them.
_MINE = """
SELECT r.call_id, bool_and(r.is_answered) FROM calls_rollrow r JOIN calls_entitlement n ON n.row_id = r.id
JOIN ballots_ballot b ON b.call_id = r.call_id
WHERE n.person_id = %s AND r.struck_at IS NULL GROUP BY r.call_id
UNION ALL
SELECT r.call_id, r.is_answered FROM calls_rollrow r JOIN ballots_ballot b ON b.call_id = r.call_id
WHERE r.person_id = %s AND r.struck_at IS NULL"""


@dataclass(frozen=True, slots=True)
class Line:
    """A ballot in the list: where it stands, and whether the viewer was on its roll and has voted."""

    ballot: Ballot
    state: str
    is_mine: bool
    has_voted: bool

    @property
    def state_word(self) -> str:
        return str(Ballot.State(self.state).label)

    @property
    def waits(self) -> bool:
        """Whether it waits for the viewer's vote."""
        return self.state == Ballot.State.OPEN and self.is_mine and not self.has_voted


def lines(viewer: Viewer) -> list[Line]:
    """All ballots the viewer sees: those that wait for their vote, by their end, then the others, the newest first."""
    paused = Pause.objects.filter(ballot=OuterRef("pk"), ended_at=None)
    contested = Contest.objects.filter(ballot=OuterRef("pk"), ruling="")
    found = Ballot.objects.visible_to(viewer).loaded().annotate(stands=Exists(paused), contested=Exists(contested))
    me = viewer.person_id or 0
    mine: dict[int, bool] = dict(rows(_MINE, [me, me]))
    told = [
        Line(
            ballot,
            ballot.state_at(viewer.at, is_paused=ballot.stands, is_contested=ballot.contested),
            ballot.call_id in mine,
            mine.get(ballot.call_id, False),
        )
        for ballot in found.order_by("-call__closes_at", "-pk")
    ]
    return sorted(told, key=lambda line: (not line.waits, line.ballot.call.closes_at.timestamp() if line.waits else 0))


@dataclass(frozen=True, slots=True)
class MyRow:
    """A row the viewer may vote for now, with what stands of it; `is_barred` where a ruling keeps them from it."""

    row: RollRow
    is_alternate: bool
    answer: Answer | None
    is_barred: bool

    @property
    def is_recused(self) -> bool:
        return self.answer is not None and self.answer.choice == RECUSED

    @property
    def choice_word(self) -> str:
        """What stands, in words; nothing of a secret vote, which nobody can look up."""
        found = self.row.call.kind_of.choice(self.answer.choice) if self.answer else None
        return str(found.given) if found else ""


def my_rows(ballot: Ballot, viewer: Viewer) -> list[MyRow]:
    """For whom the viewer may vote at the moment."""
    if viewer.person_id is None:
        return []
    mine = {one.row_id: one for one in able(ballot.call, viewer.at, person_id=viewer.person_id)}
    standing = Answer.objects.filter(ended_at=None).select_related("by")
    upheld = Recusal.objects.filter(ballot=ballot, ruling=Recusal.Ruling.UPHELD)
    barred = set(upheld.values_list("organization_id", "person_id"))
    found = RollRow.objects.filter(pk__in=mine, struck_at=None).select_related("organization__entry", "person")
    told = found.prefetch_related(Prefetch("answers", queryset=standing, to_attr="standing_answers")).order_by("pk")
    made = []
    for row in told:
        row.call = ballot.call
        is_barred = not barred.isdisjoint({(row.organization_id, row.person_id), (None, viewer.person_id)})
        made.append(MyRow(row, mine[row.pk].is_alternate, next(iter(row.standing_answers), None), is_barred))
    return made


@dataclass(frozen=True)
class Page:
    """A ballot as its reader stands to it."""

    ballot: Ballot
    state: str
    mine: list[MyRow]
    runs: bool
    presides: bool
    verifies: bool
    pause: Pause | None
    recusals: list[Recusal]
    contests: list[Contest]
    certifications: list[Certification]
    extensions: list[Extension]
    options: list[Any] = field(default_factory=list)

    @property
    def state_word(self) -> str:
        return str(Ballot.State(self.state).label)

    @property
    def sees_result(self) -> bool:
        """Counted for those who verify it, certified for those who were entitled, published for everybody."""
        ballot = self.ballot
        if ballot.annulled_at is not None or ballot.counted_at is None:
            return ballot.counted_at is not None and self.verifies
        entitled = ballot.certified_at is not None and bool(self.mine)
        return self.verifies or entitled or ballot.published_at is not None

    @property
    def takes_recusals(self) -> bool:
        """Whether the reader may ask for one now."""
        is_before = self.state in (Ballot.State.ANNOUNCED, Ballot.State.OPEN, Ballot.State.PAUSED)
        return is_before and bool(self.mine or self.runs)

    @property
    def takes_votes(self) -> bool:
        return self.state == Ballot.State.OPEN


def page_of(ballot: Ballot, viewer: Viewer) -> Page:
    """All that its page says, but for the result."""
    runs = manages(viewer, ballot)
    pause = Pause.objects.filter(ballot=ballot, ended_at=None).select_related("by").first()
    contests = list(Contest.objects.filter(ballot=ballot).select_related("by", "row__organization__entry", "ruled_by"))
    is_contested = any(not contest.ruling for contest in contests)
    recusals = Recusal.objects.filter(ballot=ballot).select_related("organization__entry", "person", "by", "ruled_by")
    return Page(
        ballot=ballot,
        state=ballot.state_at(viewer.at, is_paused=pause is not None, is_contested=is_contested),
        mine=my_rows(ballot, viewer),
        runs=runs,
        presides=ballot.is_run_by(viewer),
        verifies=runs or is_teller(viewer, ballot),
        pause=pause,
        recusals=list(recusals),
        contests=contests,
        certifications=list(Certification.objects.filter(ballot=ballot).select_related("by", "count")),
        extensions=list(Extension.objects.filter(call=ballot.call_id).select_related("by")),
        options=list(ballot.options.all()),
    )


@dataclass(frozen=True, slots=True)
class Seat:
    """A line of the roll: who may vote, in their order, and whether it has; None where that is not told."""

    name: str
    standing: str
    weight: int
    entitled: list[str]
    is_struck: bool
    has_voted: bool | None


def seats_of(ballot: Ballot, *, shows_turnout: bool, page: str | None = None) -> paginator.Page[Seat]:
    """A page of the roll as it was taken, in the order of the register."""
    found: paginator.Page[Any] = page_of_roll(ballot.call, page)
    found.object_list = [
        Seat(
            str(row.addressee),
            row.standing,
            row.weight,
            [one.person.name for one in row.entitled.all()],
            row.struck_at is not None,
            row.is_answered if shows_turnout else None,
        )
        for row in found
    ]
    return found


def shows_turnout(ballot: Ballot) -> bool:
    """Of a secret ballot who has voted is told only afterwards, and only if there was a quorum."""
    if ballot.call.closed_at is None:
        return False
    return not ballot.is_secret or (
        ballot.counted_at is not None and ballot.outcome not in (Ballot.Outcome.NO_QUORUM, Ballot.Outcome.NO_RESULT)
    )


def receipts_of(ballot: Ballot) -> list[str]:
    """The codes of all votes that were in the box, in an order that says nothing."""
    return list(Paper.objects.filter(ballot=ballot).order_by("key").values_list("key", flat=True))


def row_for(ballot: Ballot, viewer: Viewer, pk: int) -> MyRow | None:
    """The row, if the viewer may vote for it now."""
    return next((mine for mine in my_rows(ballot, viewer) if mine.row.pk == pk), None)


def due_to_open(ballot: Ballot, at: datetime) -> bool:
    """Whether its time has come and nobody has needed its roll yet."""
    call = ballot.call
    return call.opened_at is None and call.state_at(at) == Call.State.OPEN
