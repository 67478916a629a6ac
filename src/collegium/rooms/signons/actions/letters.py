"""Beginning a letter, its terms, and the day on which it is delivered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.models import Audience
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization
from collegium.core.trail import actions as trail

from .. import events
from ..course import BEFORE_DELIVERY, DRAFT, OPEN, STATES
from ..guards import delivery_begins
from ..models import Letter
from ..queries.speaking import in_standing
from ..rules import words
from ..rules.letters import check_change_terms, check_grounds, check_move_delivery, check_open_letter, check_terms
from ..terms import Terms, Wording
from .locking import lock_letter
from .reading import settle_readers
from .texts import first_version


@transaction.atomic
def open_letter(
    wording: Wording, *, terms: Terms, host: Organization | None = None, viewer: Viewer, at: datetime
) -> Letter:
    """Begin a letter with a first text; its host's people and the council's team alone see it."""
    check_open_letter(viewer, host)
    check_terms(terms, at)
    if host is not None and not in_standing([host.pk], at):
        raise Refused(_("A member society hosts it, or the council's team."))
    preparing = Audience.objects.create(kind="signon")
    entry = Entry.objects.create(
        kind="signon",
        title=words.check_subject(wording.subject),
        state=DRAFT,
        audience=preparing,
        society=host,
        author=viewer.person,
        created_at=at,
        touched_at=at,
    )
    letter = Letter(entry=entry, preparing_audience=preparing, holder=STATES[DRAFT].holder, holder_since=at)
    _settle(letter, terms)
    letter.save(force_insert=True, update_fields=None)
    first_version(letter, wording, viewer, at)
    settle_readers(letter)
    facts = {"host": host.pk if host else None}
    trail.record(events.LETTER_OPENED, on=letter, by=viewer.person, acting_for=host, at=at, facts=facts)
    return letter


def _settle(letter: Letter, terms: Terms) -> None:
    for name, value in terms.columns().items():
        setattr(letter, name, value)
    letter.ask = words.check_ask(terms.ask)
    check_grounds(letter)


@transaction.atomic
def change_terms(letter: Letter, *, terms: Terms, viewer: Viewer, at: datetime) -> Letter:
    """Change what is settled of it, before societies are asked."""
    locked = lock_letter(letter.pk)
    check_change_terms(viewer, locked)
    check_terms(terms, at)
    _settle(locked, terms)
    locked.save(update_fields=list(terms.columns()))
    trail.record(events.TERMS_CHANGED, on=locked, by=viewer.person, acting_for=locked.entry.society, at=at)
    return locked


@transaction.atomic
def move_delivery(letter: Letter, *, to: date, viewer: Viewer, at: datetime) -> Letter:
    """Deliver it on another day, with a whole day between the end of signing and that day."""
    locked = lock_letter(letter.pk)
    check_move_delivery(viewer, locked)
    if to == locked.delivers_on:
        raise Refused(_("It is delivered on this day already."))
    locked.delivers_on = to
    if to <= at.date() or (locked.round is not None and _ends_too_late(locked)):
        raise Refused(_("The day of delivery lies ahead, and at least one day after the end of signing."))
    locked.save(update_fields=["delivers_on"])
    trail.record(
        events.DELIVERY_MOVED,
        on=locked,
        by=viewer.person,
        acting_for=locked.entry.society,
        at=at,
        facts={"day": to.isoformat()},
    )
    return locked


def _ends_too_late(letter: Letter) -> bool:
    assert letter.round is not None  # asked by whoever calls this
    return letter.entry.state in OPEN and letter.round.call.closes_at > delivery_begins(letter) - BEFORE_DELIVERY
