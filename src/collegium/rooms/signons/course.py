"""The way of a sign-on letter as data: its states, from which to which it goes, by whom and under which conditions.

Guards are names; `guards.py` says what each asks. A council with other rules changes this table and no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Seen(StrEnum):
    """By whom a letter is seen; it only ever widens."""

    INTERNAL = "internal"
    MEMBERS = "members"
    # As its own policy says.
    PUBLISHED = "published"


class Holder(StrEnum):
    """Who has to act next."""

    HOST = "host"
    POLICY = "policy"
    SOCIETIES = "societies"
    TEAM = "team"
    OFFICER = "officer"
    NOBODY = "nobody"


HOLDERS = {
    Holder.HOST: _("the host"),
    Holder.POLICY: _("the policy chair"),
    Holder.SOCIETIES: _("the member societies"),
    Holder.TEAM: _("the council's team"),
    Holder.OFFICER: _("the presiding officer"),
    Holder.NOBODY: "",
}


@dataclass(frozen=True, slots=True)
class State:
    """Where a letter may stand: `tone` is that of its sign.

    Its text may change where it `edits`; societies are `asked` through the call of its round. Nothing is `final` that
    a step leads on from. Whoever holds it should act within `due`.
    """

    name: str
    label: Any
    tone: str
    seen: Seen
    holder: Holder
    edits: bool = False
    asked: bool = False
    due: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A step: `who` is the name of a condition on persons, `guards` are conditions on the letter, in this order.

    What is `taken_by` something else nobody takes by hand: the clock closes what is open, a text changed in substance
    asks again. `told` names who hears of it.
    """

    was: tuple[str, ...]
    now: str
    label: Any
    who: str
    guards: tuple[str, ...] = ()
    needs_reason: bool = False
    taken_by: str = ""
    asks: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


DRAFT, CLEARANCE, CIRCULATING, RECONSENT = "draft", "clearance", "circulating", "reconsent"
CLOSED, ASSEMBLED, SENT = "closed", "assembled", "sent"
ADDING, ADDED, CANCELLED = "addendum-open", "addendum-closed", "cancelled"

_DAY = timedelta(days=1)
STATES = {
    state.name: state
    for state in (
        State(DRAFT, _("In draft"), "part", Seen.INTERNAL, Holder.HOST, edits=True),
        State(CLEARANCE, _("Being cleared"), "wait", Seen.INTERNAL, Holder.POLICY, edits=True, due=3 * _DAY),
        State(CIRCULATING, _("Open for signature"), "open", Seen.MEMBERS, Holder.SOCIETIES, edits=True, asked=True),
        State(
            RECONSENT,
            _("Changed: signatures are asked for again"),
            "open",
            Seen.MEMBERS,
            Holder.SOCIETIES,
            edits=True,
            asked=True,
        ),
        State(CLOSED, _("Closed for signature"), "wait", Seen.MEMBERS, Holder.TEAM, due=_DAY),
        State(ASSEMBLED, _("Assembled: the proof is out"), "part", Seen.MEMBERS, Holder.OFFICER),
        State(SENT, _("Sent"), "done", Seen.PUBLISHED, Holder.NOBODY),
        State(ADDING, _("Sent; later names are taken"), "open", Seen.PUBLISHED, Holder.SOCIETIES),
        State(ADDED, _("Sent, with an addendum"), "done", Seen.PUBLISHED, Holder.NOBODY),
        State(CANCELLED, _("Cancelled"), "off", Seen.INTERNAL, Holder.NOBODY),
    )
}
BEFORE_SENT = (DRAFT, CLEARANCE, CIRCULATING, RECONSENT, CLOSED, ASSEMBLED)
# Where societies may still change what they said, where the list stands, and where the letter is out.
OPEN, LISTED, OUT = (CIRCULATING, RECONSENT), (CLOSED, ASSEMBLED), (SENT, ADDING, ADDED)

MOVES = (
    Move((DRAFT,), CLEARANCE, _("Submit it for clearance"), "host", ("delivery_ahead",), told=("policy",)),
    Move((CLEARANCE,), DRAFT, _("Return it to the host"), "policy", needs_reason=True, told=("host",)),
    Move(
        (CLEARANCE,),
        CIRCULATING,
        _("Ask the societies to sign"),
        "policy",
        ("grounded", "supported", "window_fits"),
        asks=("end",),
        told=("host",),
    ),
    Move(OPEN, RECONSENT, _("Ask again for a changed text"), "host", taken_by="text", told=("signers",)),
    Move(OPEN, CLOSED, _("Close it"), "nobody", taken_by="clock", told=("host", "team")),
    Move(
        (CLOSED,),
        ASSEMBLED,
        _("Assemble it: fix names and order"),
        "team",
        ("members_still", "nothing_pending", "outsiders_ruled"),
        asks=("lock",),
        told=("signers", "host"),
    ),
    Move(
        (ASSEMBLED,),
        SENT,
        _("Send it"),
        "officer",
        ("grounded", "supported", "list_locked", "members_still", "minimum_reached", "nothing_pending"),
        needs_reason=True,
        told=("signers", "host"),
    ),
    Move((SENT,), ADDING, _("Take later names"), "host", ("takes_later",), told=()),
    Move((ADDING,), ADDED, _("Close the addendum"), "nobody", taken_by="clock", told=("signers", "host", "team")),
    Move((ADDING,), SENT, _("End it without an addendum"), "nobody", taken_by="clock"),
    Move((ADDING,), SENT, _("Call the addendum off"), "nobody", taken_by="call"),
    Move(OPEN, CANCELLED, _("Cancel its call"), "nobody", taken_by="call", told=("signers", "host")),
    Move(BEFORE_SENT, CANCELLED, _("Cancel it"), "host", needs_reason=True, told=("signers", "host")),
)

# Societies have so long at least, at first and when a text has changed; the end lies so long before the delivery.
LEAST_ASKED, LEAST_ASKED_AGAIN, BEFORE_DELIVERY = 3 * _DAY, 3 * _DAY, _DAY
# Who was not asked for longer than this to decide has no time to read a proof.
LEAST_LOCK = timedelta(hours=4)


def move_of(was: str, now: str, taken_by: str = "") -> Move | None:
    """The step from one state to another, if there is one that is taken so."""
    return next((move for move in MOVES if was in move.was and move.now == now and move.taken_by == taken_by), None)


def moves_from(was: str) -> list[Move]:
    """The steps there are from a state by hand."""
    return [move for move in MOVES if was in move.was and not move.taken_by]
