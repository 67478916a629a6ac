"""A signature taken back once the letter has closed, and one that lapses with its society's membership."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import RollRow, Ruling
from collegium.core.trail import actions as trail

from .. import events
from ..choices import SIGNS
from ..course import ASSEMBLED, LISTED, OPEN
from ..guards import lapsed
from ..models import Letter, Signature
from ..queries.speaking import in_standing
from ..rules.signatures import check_tell_withdrawal, check_withdraw_signature
from ..rules.words import check_line, check_needed_line
from .listing import assemble
from .locking import lock_letter


@transaction.atomic
def withdraw_signature(signature: Signature, *, line: str = "", viewer: Viewer, at: datetime) -> Signature:
    """Take a society's name off.

    Before the letter is sent it leaves no trace on it, and signers get a new proof. After that the file stays as it
    was sent; the letter's page says that the society has withdrawn, when, and in its own line why.
    """
    line = check_line(line)
    letter = lock_letter(signature.letter_id)
    locked = _locked(signature)
    check_withdraw_signature(viewer, letter, locked, at)
    locked.line = line if letter.is_out else ""
    _end(letter, locked, Signature.End.WITHDRAWN, viewer.person, at)
    return locked


def _locked(signature: Signature) -> Signature:
    rows = Signature.objects.select_for_update(of=("self",))
    return rows.select_related("society__entry", "outsider", "answer__row__call", "letter__entry").get(pk=signature.pk)


def _end(letter: Letter, signature: Signature, how: str, by: Any, at: datetime) -> None:
    signature.end, signature.ended_at, signature.ended_by = how, at, by
    signature.save(update_fields=["end", "ended_at", "ended_by", "line"])
    if letter.entry.state == ASSEMBLED:
        assemble(letter)
    event = events.SIGNATURE_WITHDRAWN if how == Signature.End.WITHDRAWN else events.SIGNATURE_LAPSED
    phase = "sent" if letter.is_out else letter.entry.state
    facts = {"signature": signature.pk, "society": signature.society_id, "phase": phase, "proof": letter.proof}
    # What leaves no trace on the letter is for its society and the team; what the page tells, for whoever sees it.
    audience = {} if letter.is_out or signature.society is None else {"audience": signature.society.audience_id}
    trail.record(event, on=signature, by=by, acting_for=signature.society, at=at, facts=facts, **audience)
    if letter.entry.state == ASSEMBLED:
        # Without a name: who left is theirs to say.
        trail.record(events.PROOF_MADE, on=letter, by=None, at=at, facts={"proof": letter.proof})


@transaction.atomic
def decide_on_telling(signature: Signature, *, told: str, how: str = "", viewer: Viewer, at: datetime) -> Signature:
    """The host decides whether the addressee hears of a withdrawal from a sent letter; how is kept where it does."""
    if told not in Signature.Told.values:
        raise Refused(_("Say whether the addressee is told."))
    how = check_needed_line(how) if told == Signature.Told.YES else check_line(how)
    letter = lock_letter(signature.letter_id)
    locked = _locked(signature)
    check_tell_withdrawal(viewer, letter, locked)
    locked.told, locked.told_how, locked.told_by, locked.told_at = told, how, viewer.person, at
    locked.save(update_fields=["told", "told_how", "told_by", "told_at"])
    facts = {"signature": locked.pk, "told": told}
    trail.record(
        events.WITHDRAWAL_TOLD, on=locked, by=viewer.person, acting_for=letter.entry.society, at=at, facts=facts
    )
    return locked


# --- lapsing


@transaction.atomic
def lapse_signatures(letter: Letter, *, at: datetime) -> int:
    """Take off those whose society is no longer a member, if the letter was not sent; returns how many."""
    if not _has_lapsed(letter, at):
        return 0
    locked = lock_letter(letter.pk)
    if locked.entry.state in OPEN:
        return _lapse_on_call(locked, at)
    left = lapsed(locked, at) if locked.entry.state in LISTED else []
    for signature in left:
        _end(locked, _locked(signature), Signature.End.LAPSED, None, at)
    return len(left)


def _has_lapsed(letter: Letter, at: datetime) -> bool:
    """Looked at first without a lock: mostly there is nothing to do, and signers would wait for it."""
    if letter.entry.state in OPEN:
        return bool(_gone(letter, at))
    return letter.entry.state in LISTED and bool(lapsed(letter, at))


def _gone(letter: Letter, at: datetime) -> list[RollRow]:
    signed = {"answers__ended_at": None, "answers__choice__in": SIGNS}
    rows = RollRow.objects.filter(call__signon_round=letter.round_id, struck_at=None, is_answered=True, **signed)
    found = list(rows.select_related("organization__entry", "call__entry").order_by("pk"))
    members = in_standing([row.organization_id or 0 for row in found], at)
    return [row for row in found if row.organization_id not in members]


def _lapse_on_call(letter: Letter, at: datetime) -> int:
    """By a ruling on the roll, which stands in its log."""
    taken = 0
    for row in _gone(letter, at):
        with suppress(Refused):
            reason = _("It is no longer a member society.")
            calls.rule_on(row, kind=Ruling.Kind.STRIKE, reason=reason, by=None, at=at)
            facts = {"society": row.organization_id, "phase": letter.entry.state, "proof": 0}
            trail.record(events.SIGNATURE_LAPSED, on=letter, by=None, acting_for=row.organization, at=at, facts=facts)
            taken += 1
    return taken
