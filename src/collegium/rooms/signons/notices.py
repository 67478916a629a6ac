"""Who is told what of sign-on letters. Openings, reminders and closings are notices of their calls."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.queries import belonging
from collegium.core.access.standard import OFFICE
from collegium.core.calls.models import Answer
from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.trail.models import Event

from .choices import SIGNS
from .course import CLEARANCE, STATES, move_of
from .models import Letter, Signature
from .queries.speaking import signing_people


def _letter(event: Event) -> Letter:
    found: Letter = Letter.objects.get(pk=event.entry_id or 0)
    return found


def _signers(event: Event) -> set[int]:
    """Those who sign for the societies that have signed: on the list, or in any round so far while there is none."""
    letter = event.entry_id or 0
    listed = Signature.objects.filter(letter=letter)
    if listed.exists():
        found = set(listed.filter(ended_at=None, society__isnull=False).values_list("society_id", flat=True))
    else:
        signed = Answer.objects.filter(row__call__signon_round__letter=letter, choice__in=SIGNS, is_withdrawn=False)
        found = set(signed.values_list("row__organization_id", flat=True))
    return signing_people({pk for pk in found if pk}, event.at)


def _hosts(event: Event) -> set[int]:
    """Those who sign for its host; where the council hosts it, the team."""
    host = _letter(event).entry.society_id
    return signing_people([host], event.at) if host else set(belonging(OFFICE, event.at))


def _told(event: Event, group: str) -> bool:
    """Whether the table tells this group of the step."""
    steps = [move_of(event.facts["was"], event.facts["now"], by) for by in ("", "clock", "call")]
    return any(move is not None and group in move.told for move in steps)


class _OfLetter(Notice):
    by_letter = ByLetter.SENT
    is_direct = True


class _Moved(_OfLetter):
    event = "signon.moved"

    @classmethod
    def sentence(cls, event: Event) -> str:
        actor = event.actor.name if event.actor else _("The house")
        return str(cls.words % {"actor": actor, "state": STATES[event.facts["now"]].label})


class SignatureAskedAgain(_OfLetter):
    """To those who sign for the societies whose signature counts no more, and for no others: the call asks all."""

    name = "signons.SignatureAskedAgain"
    event = "signon.asked_again"
    label = gettext_lazy("A letter my society signed was changed in substance")
    words = gettext_lazy(
        "%(actor)s changed in substance a letter your society signed: it counts only if you sign again"
    )
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _signers(event)


class SignedTextChanged(_OfLetter):
    """To those who sign for the societies that have signed: their signature stays, and they may take it back."""

    name = "signons.SignedTextChanged"
    event = "signon.text_saved"
    label = gettext_lazy("The wording of a letter my society signed was changed")
    words = gettext_lazy("%(actor)s changed the wording of a letter your society signed; the signature stays")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if not event.facts["shown"] or event.facts["change"] == "substantive":
            return []
        return _signers(event)


class ProofMade(_OfLetter):
    """To all who still sign, and its host."""

    name = "signons.ProofMade"
    event = "signon.proof_made"
    label = gettext_lazy("There is a new proof of a letter my society signed")
    words = gettext_lazy("A name came off the letter: look at the new proof")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _signers(event) | _hosts(event)


class SignatoriesChanged(_OfLetter):
    """To its host: where a society withdrew from a sent letter, it decides whether the addressee is told."""

    name = "signons.SignatoriesChanged"
    event = "signature.withdrawn"
    also = ("signature.lapsed",)
    label = gettext_lazy("A society is off a letter my society hosts")
    words = gettext_lazy("A society is off the letter")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _hosts(event)

    @classmethod
    def sentence(cls, event: Event) -> str:
        if event.facts["phase"] == "sent":
            return _("A society withdrew from a letter that was sent: decide whether its addressee is told")
        return str(cls.words)


class SignedLetterMoved(_Moved):
    """To signers, where the table says so."""

    name = "signons.SignedLetterMoved"
    label = gettext_lazy("A letter my society signed goes on")
    words = gettext_lazy("%(actor)s moved on a letter your society signed: %(state)s")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return _signers(event) if _told(event, "signers") else []


class HostedLetterMoved(_Moved):
    """To its host, and to the council's team where it acts next."""

    name = "signons.HostedLetterMoved"
    label = gettext_lazy("A letter my society hosts goes on, or waits for the team")
    words = gettext_lazy("%(actor)s moved a letter on: %(state)s")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        told = _hosts(event) if _told(event, "host") else set()
        return told | (set(belonging(OFFICE, event.at)) if _told(event, "team") else set())


class LetterToClear(_Moved):
    """To the council's team, when a letter is submitted."""

    name = "signons.LetterToClear"
    label = gettext_lazy("A letter waits for clearance")
    words = gettext_lazy("%(actor)s submitted a letter for clearance")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return belonging(OFFICE, event.at) if event.facts["now"] == CLEARANCE else []


class OutsiderAsks(_OfLetter):
    """To the council's team."""

    name = "signons.OutsiderAsks"
    event = "outsider.verified"
    label = gettext_lazy("An outside organization asks to sign a letter")
    words = gettext_lazy("An outside organization asks to sign this letter: confirm or refuse it")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return belonging(OFFICE, event.at)
