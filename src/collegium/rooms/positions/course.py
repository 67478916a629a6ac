"""The way of a position as data: its states, and from which to which it goes, by whom and under which conditions.

Guards are names; `guards.py` says what each asks. Days and who acts are here too, so that a council with other rules
changes this table and no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Seen(StrEnum):
    """By whom a position is seen; it only ever widens."""

    INTERNAL = "internal"
    MEMBERS = "members"
    PUBLIC = "public"


class Holder(StrEnum):
    """Who has to act next."""

    TEAM = "team"
    DRAFTERS = "drafters"
    SOCIETIES = "societies"
    OFFICER = "officer"
    NOBODY = "nobody"


HOLDERS = {
    Holder.TEAM: _("the council's team"),
    Holder.DRAFTERS: _("the drafters"),
    Holder.SOCIETIES: _("the member societies"),
    Holder.OFFICER: _("the presiding officer"),
    Holder.NOBODY: "",
}


@dataclass(frozen=True, slots=True)
class Days:
    """How long a window is open at least; with an officer's reason not less than `fast`.

    The societies a position touches have `first` days before the others are asked, a fifth of the window at most.
    """

    least: int
    fast: int
    first: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """Where a position may stand: `tone` is that of its sign, `edits` says whether its drafters write meanwhile.

    `asks` is the kind of call through which societies are asked in its window.
    """

    name: str
    label: Any
    tone: str
    seen: Seen
    holder: Holder
    edits: bool = False
    window: Days | None = None
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A step: `who` is the name of a condition on persons, `guards` are conditions on the position, in this order.

    With `clock` the step is also taken by itself, once the guard of that name holds too. `told` names who hears of
    it.
    """

    was: tuple[str, ...]
    now: str
    label: Any
    who: str
    guards: tuple[str, ...] = ()
    needs_reason: bool = False
    clock: str = ""
    told: tuple[str, ...] = ()


# The kinds of calls positions make, and what is answered to the first.
COMMENT, SUPPORT, REVIEW = "position.comment", "position.support", "position.review"
COMMENTED, NOTHING = "commented", "nothing"

STATES = {
    state.name: state
    for state in (
        State("accepted", _("Accepted for work"), "wait", Seen.INTERNAL, Holder.TEAM),
        State("drafting", _("Drafting"), "part", Seen.INTERNAL, Holder.DRAFTERS, edits=True),
        State(
            "comment", _("Open for comment"), "open", Seen.MEMBERS, Holder.SOCIETIES, window=Days(30, 10), asks=COMMENT
        ),
        State("disposition", _("Comments are answered"), "part", Seen.MEMBERS, Holder.DRAFTERS, edits=True),
        State(
            "recirculation", _("Recirculated"), "open", Seen.MEMBERS, Holder.SOCIETIES, window=Days(10, 5), asks=COMMENT
        ),
        State(
            "sign-on",
            _("Open for support"),
            "open",
            Seen.MEMBERS,
            Holder.SOCIETIES,
            window=Days(14, 5, 3),
            asks=SUPPORT,
        ),
        State("ballot", _("Before the governing body"), "open", Seen.MEMBERS, Holder.OFFICER),
        State("adopted", _("Adopted"), "done", Seen.MEMBERS, Holder.TEAM),
        State("public", _("In force"), "done", Seen.PUBLIC, Holder.NOBODY),
        State("under-review", _("Under review"), "part", Seen.PUBLIC, Holder.TEAM),
        State("rescinded", _("Rescinded"), "off", Seen.PUBLIC, Holder.NOBODY),
        State("superseded", _("Superseded"), "off", Seen.PUBLIC, Holder.NOBODY),
        State("not-adopted", _("Not adopted"), "off", Seen.MEMBERS, Holder.NOBODY),
        State("deferred", _("Deferred"), "wait", Seen.INTERNAL, Holder.TEAM),
        State("withdrawn", _("Withdrawn"), "off", Seen.INTERNAL, Holder.NOBODY),
    )
}

# What has not come before the governing body yet.
_ON_ITS_WAY = ("accepted", "drafting", "comment", "disposition", "recirculation", "sign-on")
_ALL = ("societies", "drafters", "commenters")

MOVES = (
    Move(
        ("accepted",),
        "drafting",
        _("Begin drafting"),
        "chair",
        ("has_lead", "has_drafters", "interests_declared"),
        told=("drafters",),
    ),
    Move(
        ("drafting",),
        "comment",
        _("Ask the societies to comment"),
        "chair",
        ("has_text", "touches_named", "terms_set", "window_long_enough"),
        told=("drafters",),
    ),
    Move(
        ("comment", "recirculation"),
        "disposition",
        _("Answer the comments"),
        "chair",
        ("window_over",),
        clock="window_over",
        told=("drafters", "commenters"),
    ),
    Move(
        ("disposition",),
        "recirculation",
        _("Recirculate"),
        "chair",
        ("comments_disposed", "changed_in_substance", "window_long_enough"),
        told=("commenters",),
    ),
    Move(
        ("disposition",),
        "sign-on",
        _("Ask the societies for support"),
        "chair",
        ("comments_disposed", "unchanged_in_substance", "window_long_enough"),
        told=("drafters", "commenters"),
    ),
    Move(
        ("sign-on",),
        "ballot",
        _("Bring it before the governing body"),
        "presiding",
        ("window_over", "supported"),
        told=("drafters", "societies"),
    ),
    Move(
        ("sign-on",),
        "disposition",
        _("Take it back to the drafters"),
        "chair",
        ("window_over",),
        needs_reason=True,
        told=_ALL,
    ),
    Move(
        ("ballot",),
        "adopted",
        _("Record its adoption"),
        "presiding",
        ("decided",),
        needs_reason=True,
        clock="certified_so",
        told=_ALL,
    ),
    Move(
        ("ballot",),
        "not-adopted",
        _("Record that it failed"),
        "presiding",
        ("decided",),
        needs_reason=True,
        clock="certified_so",
        told=_ALL,
    ),
    Move(("ballot",), "disposition", _("Return it to the drafters"), "presiding", ("decided",), True, told=_ALL),
    Move(
        ("adopted",),
        "public",
        _("Publish"),
        "communications",
        ("embargo_over", "supporters_confirmed"),
        clock="embargo_ended",
        told=_ALL,
    ),
    Move(("adopted", "not-adopted"), "ballot", _("Vote again"), "house", (), True, clock="annulled", told=_ALL),
    Move(
        ("public",),
        "under-review",
        _("Review it"),
        "holding",
        needs_reason=True,
        clock="review_due",
        told=("team", "drafters"),
    ),
    Move(("under-review",), "public", _("Reaffirm"), "presiding", ("review_heard",), True, told=_ALL),
    Move(
        ("public", "under-review"),
        "rescinded",
        _("Rescind"),
        "presiding",
        ("review_heard",),
        needs_reason=True,
        clock="voted_down",
        told=_ALL,
    ),
    Move(
        ("public", "under-review"),
        "superseded",
        _("Say that another has replaced it"),
        "communications",
        ("successor_in_force",),
        clock="successor_in_force",
        told=_ALL,
    ),
    Move(_ON_ITS_WAY, "withdrawn", _("Withdraw"), "chair", needs_reason=True, told=("drafters", "commenters")),
    Move(_ON_ITS_WAY, "deferred", _("Defer"), "chair", ("deferred_once",), True, told=("drafters", "commenters")),
    Move(("deferred",), "drafting", _("Take it up again"), "chair", ("has_drafters",), told=("drafters",)),
    Move(("deferred",), "withdrawn", _("Withdraw"), "chair", needs_reason=True, told=("drafters", "commenters")),
)

# Years from publication or reaffirmation until a review is due, and until the position is no longer relied on.
REVIEW_YEARS, SUNSET_YEARS = 3, 5
# States in which comments are taken; after the window they count as late.
TAKES_COMMENTS = ("comment", "disposition", "recirculation")
# States in which the position is to be cited.
PUBLISHED = ("public", "under-review", "rescinded", "superseded")
# And of these, what the council goes on holding.
IN_FORCE = ("public", "under-review")
# Days for which societies are asked whether the council goes on holding it.
REVIEW_DAYS = 60


def latest_dates(at: datetime) -> tuple[date, date]:
    """The last days of what is published, or reaffirmed, at the moment: for its review, and for relying on it."""
    year = timedelta(days=365)
    return (at + REVIEW_YEARS * year).date(), (at + SUNSET_YEARS * year).date()


def move_of(was: str, now: str) -> Move | None:
    """The step from one state to another, if there is one."""
    return next((move for move in MOVES if was in move.was and move.now == now), None)


def moves_from(was: str) -> list[Move]:
    """The steps there are from a state."""
    return [move for move in MOVES if was in move.was]
