"""What stands in a letter, a proof or an addendum, whatever it is drawn as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.core.people.models import Organization
from collegium.design.text import plain_text

from ..actions.listing import in_order
from ..guards import standing
from ..models import Letter, Signature, Version


@dataclass(frozen=True, slots=True)
class Content:
    """All words of a paper; `html` is the rendered text, empty for an addendum."""

    language: str
    council: str
    place: str
    head: str
    mark: str
    day: str
    addressed_to: list[str]
    subject: str
    html: str
    opening: str
    names_title: str
    names: list[str]
    outsiders_title: str
    outsiders: list[list[str]]
    reservations_title: str
    reservations: list[list[str]]
    foot: str
    base: str


def letter_content(letter: Letter, at: datetime, *, base: str, is_proof: bool = False) -> Content:
    """The letter as it would be sent at the moment, or its proof."""
    version = _version(letter)
    return _content(
        letter,
        standing(letter),
        at,
        base=base,
        html=version.html,
        mark=_("Proof %(number)s: not sent") % {"number": letter.proof} if is_proof else "",
    )


def addendum_content(letter: Letter, at: datetime, *, base: str) -> Content:
    """The later names, which belong to the letter as it was sent."""
    assert letter.sent_at is not None  # only a sent letter has one
    told = {"day": _day(letter, letter.sent_at)}
    opening = _("These societies have signed our letter of %(day)s since it was sent. The letter itself is unchanged.")
    return _content(letter, standing(letter, is_late=True), at, base=base, opening=opening % told, head=_("Addendum"))


def _content(
    letter: Letter,
    signatures: list[Signature],
    at: datetime,
    *,
    base: str,
    html: str = "",
    mark: str = "",
    opening: str = "",
    head: str = "",
) -> Content:
    version, council = _version(letter), Organization.objects.filter(kind=Organization.Kind.COUNCIL).first()
    ordered = in_order(signatures)
    return Content(
        language=(get_language() or "en").partition("-")[0],
        council=council.name if council else _("The council"),
        place=" · ".join(part for part in (council.city, council.website) if part) if council else "",
        head=head,
        mark=mark,
        day=_day(letter, at),
        addressed_to=version.addressed_to,
        subject=version.subject,
        html=html,
        opening=opening,
        names_title=_("Signed by"),
        names=[one.name or one.signer for one in ordered if one.society_id],
        outsiders_title=_("With them"),
        outsiders=[_outsider(one) for one in ordered if one.outsider],
        reservations_title=_("Reservations"),
        reservations=_reservations(letter, ordered),
        foot=_("Hash of the text that was signed (SHA-256): %(digest)s") % {"digest": version.digest},
        base=base,
    )


def _version(letter: Letter) -> Version:
    assert letter.current is not None  # every letter begins with a text
    return letter.current


def _outsider(signature: Signature) -> list[str]:
    outsider = signature.outsider
    assert outsider is not None  # asked by whoever calls this
    return [signature.name or outsider.organization, f"{outsider.officer}, {outsider.title}"]


def _reservations(letter: Letter, signatures: list[Signature]) -> list[list[str]]:
    if letter.reservations != Letter.Reservations.PRINTED:
        return []
    return [
        [one.name or one.signer, plain_text(one.answer.html)] for one in signatures if one.is_reserved and one.answer
    ]


def _day(letter: Letter, at: datetime) -> str:
    return date_format(at.astimezone(ZoneInfo(letter.time_zone)), "j F Y")
