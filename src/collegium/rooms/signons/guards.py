"""What has to hold before a letter goes a step further, by the names the table of steps uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.core.access.errors import Refused
from collegium.core.calls.wording import said

from . import course, registry
from .models import Letter, Outsider, Signature, Version
from .queries.speaking import in_standing


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step somebody wants to take: where to, when, why, until when societies are asked or the list may change."""

    now: str
    at: datetime
    reason: str = ""
    closes_at: datetime | None = None
    locks_at: datetime | None = None


def check_guard(name: str, letter: Letter, attempt: Attempt) -> None:
    """Refused unless the condition of this name holds; another room may have told what it means."""
    guard = registry.guards.get(name) if name in registry.guards else GUARDS[name]
    guard(letter, attempt)


def delivery_begins(letter: Letter) -> datetime:
    """The first moment of the day of delivery, where the letter's clock is."""
    return datetime.combine(letter.delivers_on, time(), tzinfo=ZoneInfo(letter.time_zone))


def delivery_ahead(letter: Letter, attempt: Attempt) -> None:
    if delivery_begins(letter) - course.BEFORE_DELIVERY - course.LEAST_ASKED <= attempt.at:
        raise Refused(
            _("The delivery is too near: societies need three days, and a day lies between end and delivery.")
        )


def grounded(letter: Letter, attempt: Attempt) -> None:
    """It follows from what the council holds at present, or says something new."""
    ground = letter.grounds
    if ground is not None and not holds(ground.kind, letter):
        raise Refused(_("The position it follows from is not held any more: name another, or mark it as new."))


def holds(kind: str, letter: Letter) -> bool:
    return kind in registry.grounds and bool(registry.grounds.get(kind)(letter.grounds))


def supported(letter: Letter, attempt: Attempt) -> None:
    """Advocacy that says something new: without a count of support an officer's reason stands for it."""
    if letter.is_new and letter.is_advocacy and not attempt.reason:
        raise Refused(_("It is advocacy that no adopted position covers: say on what support it goes out."))


def window_fits(letter: Letter, attempt: Attempt) -> None:
    check_end(letter, attempt.closes_at, attempt.at, course.LEAST_ASKED)


def check_end(letter: Letter, closes_at: datetime | None, at: datetime, least: timedelta) -> None:
    """Long enough for societies to answer, and a whole day before the day of delivery."""
    if closes_at is None:
        raise Refused(_("Say until when the societies can sign."))
    if closes_at - at < least:
        words = ngettext("Societies need at least %(n)d day.", "Societies need at least %(n)d days.", least.days)
        raise Refused(words % {"n": least.days})
    check_before_delivery(letter, closes_at)


def check_before_delivery(letter: Letter, closes_at: datetime) -> None:
    if closes_at > delivery_begins(letter) - course.BEFORE_DELIVERY:
        raise Refused(_("It has to close at least one day before the day of delivery."))


def signed_in_round(letter: Letter) -> list[str]:
    """Hashes a signature of the present round may be bound to."""
    return list(Version.objects.filter(round=letter.round_id).values_list("digest", flat=True))


def standing(letter: Letter, *, is_late: bool = False) -> list[Signature]:
    """The signatures that stand, in their order."""
    found = Signature.objects.filter(letter=letter, ended_at=None, is_late=is_late)
    return list(found.select_related("society__entry", "outsider", "answer__row"))


def nothing_pending(letter: Letter, attempt: Attempt) -> None:
    """Every signature is bound to a text of the last round."""
    bound = set(signed_in_round(letter))
    if any(signature.digest not in bound for signature in standing(letter)):
        raise Refused(_("A signature is bound to another text."))


def members_still(letter: Letter, attempt: Attempt) -> None:
    """The house takes off by itself who has left; until then nothing goes out in their name."""
    left = lapsed(letter, attempt.at)
    if left:
        words = _("%(name)s is no longer a member: its signature comes off the letter, and a new proof is made.")
        raise Refused(words % {"name": left[0].signer})


def lapsed(letter: Letter, at: datetime) -> list[Signature]:
    """The signatures on the list of societies that are no longer members."""
    found = [signature for signature in standing(letter) if signature.society_id]
    members = in_standing([signature.society_id or 0 for signature in found], at)
    return [signature for signature in found if signature.society_id not in members]


def list_locked(letter: Letter, attempt: Attempt) -> None:
    """Whoever was told that a signature can be withdrawn until then has that long."""
    if letter.locks_at is not None and attempt.at < letter.locks_at:
        words = _("Signatures can be withdrawn until %(moment)s: it is sent after that.")
        raise Refused(words % {"moment": said(letter.locks_at, letter.time_zone)})


def outsiders_ruled(letter: Letter, attempt: Attempt) -> None:
    waiting = Outsider.objects.filter(letter=letter, verified_at__isnull=False, outcome="").count()
    if waiting:
        words = ngettext(
            "%(n)d outside organization waits for a decision.",
            "%(n)d outside organizations wait for a decision.",
            waiting,
        )
        raise Refused(words % {"n": waiting})


def minimum_reached(letter: Letter, attempt: Attempt) -> None:
    """Of societies: outside organizations do not count."""
    found = sum(1 for signature in standing(letter) if signature.society_id)
    if found < letter.minimum:
        words = _("%(found)d societies have signed, and it needs %(minimum)d.")
        raise Refused(words % {"found": found, "minimum": letter.minimum})


def takes_later(letter: Letter, attempt: Attempt) -> None:
    if letter.late_until is None:
        raise Refused(_("Its terms take no later names."))
    if letter.late_until - attempt.at < timedelta(hours=1):
        raise Refused(_("The time for later names is over."))


GUARDS: dict[str, Callable[[Letter, Attempt], None]] = {
    guard.__name__: guard
    for guard in (
        delivery_ahead,
        grounded,
        supported,
        window_fits,
        nothing_pending,
        members_still,
        outsiders_ruled,
        list_locked,
        minimum_reached,
        takes_later,
    )
}
