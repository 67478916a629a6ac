"""Outside organizations: the page where they sign, what their officers confirm, what the council's team decides."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..course import CLOSED
from ..guards import signed_in_round
from ..models import Letter, Outsider, OutsiderConsent
from ..models.outsiders import VERIFIED_WITHIN
from ..rules.outsiders import (
    check_close_outside,
    check_consent,
    check_decide_outsider,
    check_open_outside,
    takes_outsiders,
)
from ..rules.words import check_needed_line
from .listing import list_outsider
from .locking import lock_letter


@transaction.atomic
def open_outside(letter: Letter, *, viewer: Viewer, at: datetime) -> Letter:
    """Whoever is given the link reads the letter and can sign it for an outside organization."""
    locked = lock_letter(letter.pk)
    check_open_outside(viewer, locked)
    locked.outside_key = secrets.token_urlsafe(24)
    locked.save(update_fields=["outside_key"])
    trail.record(events.OUTSIDE_OPENED, on=locked, by=viewer.person, acting_for=locked.entry.society, at=at)
    return locked


@transaction.atomic
def close_outside(letter: Letter, *, viewer: Viewer, at: datetime) -> Letter:
    """The link leads nowhere any more; who has signed stays."""
    locked = lock_letter(letter.pk)
    check_close_outside(viewer, locked)
    locked.outside_key = ""
    locked.save(update_fields=["outside_key"])
    trail.record(events.OUTSIDE_CLOSED, on=locked, by=viewer.person, acting_for=locked.entry.society, at=at)
    return locked


@transaction.atomic
def ask_to_sign(
    letter: Letter, *, organization: str, officer: str, title: str, email: str, digest: str, at: datetime
) -> Outsider:
    """Somebody says that their organization signs; nothing is known before their address is verified.

    Who asks again with the same address has one row: what was typed last holds until it is verified.
    """
    locked = lock_letter(letter.pk)
    if not takes_outsiders(locked):
        raise Refused(_("This letter takes no more signatures."))
    check_consent(locked, digest)
    known = Outsider.objects.select_for_update().filter(letter=locked, email__iexact=email).first()
    told = {"organization": organization, "officer": officer, "title": title, "digest": digest, "asked_at": at}
    if known is None:
        return Outsider.objects.create(letter=locked, email=email, **told)
    if known.verified_at is None:
        for name, value in told.items():
            setattr(known, name, value)
        known.save(update_fields=list(told))
    return known


@transaction.atomic
def consent(outsider: Outsider, *, digest: str, at: datetime) -> Outsider:
    """The officer confirms from a letter to their address that the organization signs this text, or a changed one."""
    letter = lock_letter(outsider.letter_id)
    locked = Outsider.objects.select_for_update().get(pk=outsider.pk)
    check_consent(letter, digest)
    if locked.outcome == Outsider.Outcome.REFUSED:
        raise Refused(_("The council's team has refused this organization."))
    is_first = locked.verified_at is None
    if is_first and at - locked.asked_at > VERIFIED_WITHIN:
        raise Refused(_("The link has run out: sign again."))
    if not is_first and locked.digest == digest:
        return locked
    locked.verified_at, locked.digest = locked.verified_at or at, digest
    locked.save(update_fields=["verified_at", "digest"])
    OutsiderConsent.objects.create(outsider=locked, digest=digest, at=at)
    locked.letter = letter
    event = events.OUTSIDER_VERIFIED if is_first else events.OUTSIDER_CONSENTED
    trail.record(event, on=locked, by=None, at=at, facts={"digest": digest})
    return locked


@transaction.atomic
def confirm_outsider(outsider: Outsider, *, viewer: Viewer, at: datetime) -> Outsider:
    """The council's team knows the organization and its officer: it is listed, after the members."""
    letter, locked = _held(outsider, viewer)
    _decide(locked, Outsider.Outcome.CONFIRMED, "", viewer, at)
    if letter.entry.state == CLOSED and locked.digest in signed_in_round(letter):
        list_outsider(locked, at)
    trail.record(events.OUTSIDER_CONFIRMED, on=locked, by=viewer.person, at=at)
    return locked


@transaction.atomic
def refuse_outsider(outsider: Outsider, *, reason: str, viewer: Viewer, at: datetime) -> Outsider:
    """It does not sign, for a reason its officer is told."""
    reason = check_needed_line(reason)
    _letter, locked = _held(outsider, viewer)
    _decide(locked, Outsider.Outcome.REFUSED, reason, viewer, at)
    trail.record(events.OUTSIDER_REFUSED, on=locked, by=viewer.person, at=at)
    return locked


def _held(outsider: Outsider, viewer: Viewer) -> tuple[Letter, Outsider]:
    letter = lock_letter(outsider.letter_id)
    locked = Outsider.objects.select_for_update().get(pk=outsider.pk)
    check_decide_outsider(viewer, letter, locked)
    locked.letter = letter
    return letter, locked


def _decide(outsider: Outsider, outcome: str, reason: str, viewer: Viewer, at: datetime) -> None:
    outsider.outcome, outsider.reason = outcome, reason
    outsider.decided_by, outsider.decided_at = viewer.person, at
    outsider.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])


def forget_unverified(*, at: datetime) -> int:
    """What nobody confirmed in time was never part of the council's books; returns how many."""
    found, _rows = Outsider.objects.filter(verified_at=None, asked_at__lt=at - VERIFIED_WITHIN).delete()
    return found
