"""Asking societies through calls while a window is open; parts of a step, of a comment, and of the calls themselves.

Whoever answers holds the call and then the position; so does whoever moves the position on (`hold_asked` first).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.actions.answers import open_to
from collegium.core.calls.actions.locking import lock_call, standing_answer
from collegium.core.calls.models import Call, Extension, RollRow
from collegium.core.calls.queries import Roll
from collegium.core.people.queries import member_societies
from collegium.core.trail import actions as trail

from .. import events
from ..course import COMMENT, COMMENTED, STATES, SUPPORT, State
from ..guards import Attempt
from ..models import MinorityVoice, Position, Terms, Window, WindowCall
from ..queries.asking import calls_of, commenters, has_commented, row_of
from ..wording import LONGEST_TITLE, hash_line


def hold_asked(position: Position) -> None:
    """Nobody answers the calls of its window meanwhile."""
    for call in calls_of(position):
        lock_call(call.pk)


# --- the window opens


def open_window(position: Position, state: State, attempt: Attempt, *, by: Any) -> None:
    """Freeze the newest revision until the moment, and ask societies about it."""
    if state.window is None or attempt.closes_at is None:
        return
    assert position.current is not None  # societies are asked about a text
    is_fast = attempt.closes_at - attempt.at < timedelta(days=state.window.least)
    window = Window.objects.create(
        position=position,
        state=state.name,
        revision=position.current,
        opens_at=attempt.at,
        closes_at=attempt.closes_at,
        zone=attempt.zone,
        questions=attempt.questions,
        fast_reason=attempt.reason if is_fast else "",
    )
    if state.asks == SUPPORT:
        _lapse_statements(position, at=attempt.at)
    for roll, is_first, opens_at in _rolls(position, state, window):
        call = calls.draft_call(
            state.asks,
            title=_title(position, state),
            raw=_question(window, is_first=is_first),
            opens_at=opens_at,
            closes_at=window.closes_at,
            time_zone=window.zone,
            seen_by=MEMBERS,
            by=by,
            at=attempt.at,
            roll=roll,
            about=position.entry,
        )
        WindowCall.objects.create(window=window, call=call, is_first=is_first)
        calls.open_at_once(call, by=by, at=attempt.at)


def _lapse_statements(position: Position, *, at: datetime) -> None:
    """They were about the wording of before: whoever still does not support it says why once more."""
    standing = MinorityVoice.objects.filter(statement__position=position, left_at=None)
    if standing.update(left_at=at):
        trail.record(events.MINORITY_LAPSED, on=position, by=None, at=at)


def _rolls(position: Position, state: State, window: Window) -> list[tuple[Roll, bool, datetime]]:
    """Who is asked when: of a text asked about again who commented; whom it touches before the others."""
    assert state.window is not None  # for whom a window is opened
    members = set(member_societies(window.opens_at).values_list("pk", flat=True))
    if state.name == "recirculation" and (asked := members.intersection(commenters(position))):
        return [(Roll(only=tuple(sorted(asked))), False, window.opens_at)]
    touched = members.intersection(position.touches.values_list("society_id", flat=True))
    if not touched or not state.window.first:
        return [(Roll(), False, window.opens_at)]
    those = tuple(sorted(touched))
    first = (Roll(only=those), True, window.opens_at)
    if touched == members:
        return [first]
    ahead = min(timedelta(days=state.window.first), (window.closes_at - window.opens_at) / 5)
    return [first, (Roll(but=those), False, window.opens_at + ahead)]


def _title(position: Position, state: State) -> str:
    words = {COMMENT: _("Comments on: %(title)s"), SUPPORT: _("Support for: %(title)s")}[state.asks]
    return words % {"title": position.entry.title[:LONGEST_TITLE]}


def _question(window: Window, *, is_first: bool) -> str:
    """What is asked, bound to the wording by its hash."""
    position, revision = window.position, window.revision
    words = {
        COMMENT: _("What does your society say to [%(title)s](%(url)s), in the wording of revision %(number)s?"),
        SUPPORT: _("Where does your society stand on [%(title)s](%(url)s), in the wording of revision %(number)s?"),
    }[STATES[window.state].asks]
    first = _("Your society is among those it touches: it is asked before the others.") if is_first else ""
    printed = _printed(position) if STATES[window.state].asks == SUPPORT else ""
    digest = hash_line(revision)
    told = {
        "title": position.entry.title,
        "url": settings.BASE_URL + position.get_absolute_url(),
        "number": revision.number,
    }
    return "\n\n".join(part for part in (words % told, first, window.questions, printed, digest) if part)


def _printed(position: Position) -> str:
    """What becomes of the words of a reservation, where everybody is to read them."""
    if not Terms.objects.filter(position=position, reservations=Terms.Reservations.PRINTED).exists():
        return ""
    return _("If you support it with a reservation, what you write is published with the position.")


# --- it moves, and ends


def follow_extension(extension: Extension) -> None:
    """The window has one end: it moves with any of its calls, and the others move along."""
    asked = WindowCall.objects.select_related("window").get(call=extension.call)
    window = asked.window
    window.closes_at = extension.closes_at
    window.save(update_fields=["closes_at"])
    how: dict[str, Any] = {"reason": extension.reason, "by": extension.by, "at": extension.at}
    for other in WindowCall.objects.filter(window=window).exclude(pk=asked.pk).select_related("call"):
        if other.call.closes_at != extension.closes_at:
            calls.extend_call(other.call, closes_at=extension.closes_at, **how)


def end_asking(position: Position, *, by: Any, at: datetime) -> None:
    """The position has gone on: its calls are closed, or cancelled where their time was not over."""
    reason = _("The position goes on without it: %(state)s.") % {"state": STATES[position.entry.state].label}
    for call in calls_of(position):
        if call.is_over or not call.kind.startswith("position."):
            continue
        if at >= call.closes_at:
            calls.close_call(calls.open_call(call, at=at), at=at)
        else:
            calls.cancel_call(call, reason=reason, by=by, at=at)


def check_ends_with_its_state(call: Call) -> None:
    """Refused while the position is where societies are asked: its own page says how that ends."""
    window = call.position_window.window
    if Position.objects.get(pk=window.position_id).entry.state == window.state:
        raise Refused(_("Withdraw or defer the position: what societies are asked about it ends with that."))


# --- comments and answers


def hold_row(position: Position, society: int, at: datetime) -> RollRow | None:
    """The society's row of the call that is open, held before the position is."""
    row = row_of(position, society, at)
    return open_to(row, at=at)[1] if row is not None else None


def answer_by_commenting(row: RollRow | None, *, viewer: Viewer, at: datetime) -> None:
    """Who has commented has answered what was asked."""
    if row is None or row.call.kind != COMMENT:
        return
    standing = standing_answer(row)
    if standing is None or standing.choice != COMMENTED:
        calls.answer_call(row, choice=COMMENTED, viewer=viewer, at=at)


def unanswer_by_withdrawing(row: RollRow | None, *, viewer: Viewer, at: datetime) -> None:
    """Who has no comment left has not answered yet."""
    if row is None or row.organization is None or has_commented(row.call, row.organization):
        return
    standing = standing_answer(row)
    if standing is not None and standing.choice == COMMENTED:
        calls.withdraw_answer(row, viewer=viewer, at=at)
