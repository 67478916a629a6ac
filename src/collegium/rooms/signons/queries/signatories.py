"""Who signed, as a letter's page and its host see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Answer
from collegium.core.calls.queries import able_for

from ..choices import DECLINED, RESERVED, SIGNS
from ..course import LISTED
from ..models import Letter, Outsider, Signature
from ..rules.letters import is_host, is_team


@dataclass(frozen=True)
class Name:
    """A signatory in the list: what it is called, whose page that is, and what there is to say of it.

    `reservation` is rendered; `withdrawn_at` only where a sent letter was left. `mine` is the signature, where the
    viewer signs for the society and can take it back; `to_tell`, where its host has still to decide.
    """

    name: str
    url: str
    is_reserved: bool
    reservation: str = ""
    withdrawn_at: datetime | None = None
    line: str = ""
    officer: str = ""
    is_late: bool = False
    mine: Signature | None = None
    telling: Signature | None = None


@dataclass(frozen=True)
class Signatories:
    """Members first, then outside organizations, then later names; with the numbers as sent and today."""

    members: list[Name]
    outsiders: list[Name]
    late: list[Name]
    sent: int = 0
    today: int = 0
    declined: int | None = None
    silent: int | None = None

    @property
    def total(self) -> int:
        return len(self.members) + len(self.outsiders) + len(self.late)


def signatories(letter: Letter, viewer: Viewer) -> Signatories:
    """While it is open those who have signed so far, for who sees the call; from the close on the list."""
    if letter.entry.state in LISTED or letter.is_out:
        return _listed(letter, viewer)
    if letter.round is None or not viewer.is_among(MEMBERS) or not letter.state.asked:
        return Signatories([], [], [])
    return Signatories(_answered(letter, viewer), _confirmed(letter), [])


def _answered(letter: Letter, viewer: Viewer) -> list[Name]:
    """A withdrawn answer leaves no trace here."""
    assert letter.round is not None  # asked by whoever calls this
    found = Answer.objects.filter(row__call=letter.round.call_id, row__struck_at=None, ended_at=None, choice__in=SIGNS)
    rows = found.select_related("row__organization__entry").order_by("row__organization__entry__title", "pk")
    shows = _shows_reservations(letter, viewer)
    return [
        Name(
            answer.row.name,
            answer.row.organization.get_absolute_url() if answer.row.organization else "",
            answer.choice == RESERVED,
            answer.html if shows else "",
        )
        for answer in rows
    ]


def _confirmed(letter: Letter) -> list[Name]:
    assert letter.current is not None  # every letter begins with a text
    bound = letter.versions.filter(round=letter.round_id).values("digest")
    rows = letter.outsiders.filter(outcome=Outsider.Outcome.CONFIRMED, digest__in=bound).order_by("organization", "pk")
    return [Name(one.organization, "", False, officer=f"{one.officer}, {one.title}") for one in rows]


def _listed(letter: Letter, viewer: Viewer) -> Signatories:
    rows = Signature.objects.filter(letter=letter).select_related(
        "society__entry", "outsider", "answer__row__call", "answer__row__organization", "letter"
    )
    # What went before the letter was sent leaves no trace; what was withdrawn from a sent one stays, marked.
    kept = [one for one in rows if one.ended_at is None or (letter.is_out and one.was_sent)]
    kept.sort(key=lambda one: (one.place is None, one.place or 0, one.society_id is None, one.signer, one.pk))
    names = [(one, _name(one, letter, viewer)) for one in kept]
    numbers = _numbers(letter, kept, viewer)
    return Signatories(
        [name for one, name in names if one.society_id and not one.is_late],
        [name for one, name in names if one.outsider_id],
        [name for one, name in names if one.is_late],
        **numbers,
    )


def _numbers(letter: Letter, kept: list[Signature], viewer: Viewer) -> dict[str, Any]:
    sent = [one for one in kept if not one.is_late]
    told: dict[str, Any] = {"sent": len(sent), "today": sum(1 for one in kept if one.ended_at is None)}
    if letter.dissent == Letter.Dissent.COUNTED:
        told |= _dissent(letter)
    return told


def _dissent(letter: Letter) -> dict[str, int]:
    """Of the last round in which the letter itself was asked about: heads, never names."""
    rounds = letter.rounds.exclude(kind="addendum").order_by("-number")
    call = rounds.values_list("call", flat=True).first()
    rows = Answer.objects.filter(row__call=call, row__struck_at=None, ended_at=None)
    asked = letter.rounds.filter(call=call, call__roll__struck_at=None).values("call__roll").count()
    return {"declined": rows.filter(choice=DECLINED).count(), "silent": asked - rows.count()}


def _name(one: Signature, letter: Letter, viewer: Viewer) -> Name:
    shows = _shows_reservations(letter, viewer) and one.answer is not None
    withdrawn = one.ended_at if one.end == Signature.End.WITHDRAWN else None
    is_open = one.ended_at is None and can_leave(letter, viewer.at) and _speaks(one, viewer)
    return Name(
        name=one.name or one.signer,
        url=one.society.get_absolute_url() if one.society else "",
        is_reserved=one.is_reserved and (shows or letter.reservations != Letter.Reservations.INTERNAL),
        reservation=one.answer.html if shows and one.answer else "",
        withdrawn_at=withdrawn,
        line=one.line,
        officer=f"{one.outsider.officer}, {one.outsider.title}" if one.outsider else "",
        is_late=one.is_late,
        mine=one if is_open else None,
        telling=one if withdrawn and is_host(viewer, letter) else None,
    )


def can_leave(letter: Letter, at: datetime) -> bool:
    """Whether a name can still come off the list, or off what was sent."""
    return letter.is_out or (letter.entry.state in LISTED and (letter.locks_at is None or at < letter.locks_at))


def _speaks(one: Signature, viewer: Viewer) -> bool:
    if one.answer is None or one.society is None:
        return is_team(viewer)
    # Only one's own societies are asked about: a list of fifty is no fifty questions.
    if not viewer.belongs_to(one.society.audience_id):
        return False
    return able_for(one.answer.row, viewer.person_id, viewer.at) is not None


def _shows_reservations(letter: Letter, viewer: Viewer) -> bool:
    """In the letter or on its page everybody who sees it reads them; else its host and the council's team alone."""
    return letter.reservations != Letter.Reservations.INTERNAL or is_host(viewer, letter)


def visible_signature(letter: Letter, pk: int) -> Signature:
    """A signature of the letter that is shown there; otherwise Http404."""
    rows = Signature.objects.filter(letter=letter).select_related(
        "society__entry", "outsider", "answer__row__call", "letter__entry"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
