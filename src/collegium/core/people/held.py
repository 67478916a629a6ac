"""What becomes of people's own columns, and of those of the floors below, when two accounts are joined."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.notices.models import DigestChoice

from .models import AddressProposal, AddressTie, Leaving
from .queries.addresses import spelled
from .registry import Held, drop

RECORD = "says who asked to join what, and would say nothing once both are one"


def _addresses(stays: int, other: int, _at: datetime) -> None:
    """The staying account keeps its primary address; what both have is verified if either is."""
    theirs = EmailAddress.objects.filter(user=other)
    theirs.filter(primary=True).update(primary=False)
    for address in theirs.select_related("tie"):
        mine = EmailAddress.objects.filter(spelled(address.email), user=stays).first()
        if mine is not None:
            _bring_together(mine, address)


def _bring_together(mine: EmailAddress, theirs: EmailAddress) -> None:
    if hasattr(theirs, "tie") and not hasattr(mine, "tie"):
        AddressTie.objects.filter(pk=theirs.tie.pk).update(address=mine)
    verified = mine.verified or theirs.verified
    EmailAddress.objects.filter(pk=theirs.pk).delete()
    EmailAddress.objects.filter(pk=mine.pk).update(verified=verified)


def _decline_proposals(_stays: int, other: int, _at: datetime) -> None:
    """What was proposed for the one account was never meant to sign in to the other."""
    waiting = [AddressProposal.State.PROPOSED, AddressProposal.State.DELAYED]
    AddressProposal.objects.filter(person=other, state__in=waiting).update(state=AddressProposal.State.DECLINED)


def _seen(theirs: Any, mine: Any, at: Any) -> bool:
    """Told twice of the same: seen once is seen."""
    if mine.seen_at is None and theirs.seen_at is not None:
        type(mine).objects.filter(pk=mine.pk).update(seen_at=theirs.seen_at)
    return drop(theirs, mine, at)


def _one_choice(stays: int, other: int, _at: Any) -> None:
    """There is one choice of digests each, and that of the account that stays is kept."""
    if DigestChoice.objects.filter(person=stays).exists():
        DigestChoice.objects.filter(person=other).delete()


BELOW = (
    Held("account.EmailAddress.user", _("Addresses"), first=_addresses),
    Held("mfa.Authenticator.user", apart="one's passkeys and codes are those of the account that stays"),
    Held("usersessions.UserSession.user", apart="sessions of the joined account end"),
    Held("access.NamedPerson.person", once=("audience",)),
    Held("access.Admission.person", apart="written anew from its sources"),
    Held("trail.Event.actor", apart="the trail is sealed: whoever did something then did it"),
    Held("notices.Preference.person", _("Choices of what to hear of"), once=("place",)),
    Held("notices.SwitchedOff.person", once=("notice",)),
    Held("notices.LetterSwitch.person", once=("notice",)),
    Held("notices.DigestChoice.person", first=_one_choice),
    Held("notices.Follow.person", _("Followed and muted pages"), once=("entry",)),
    Held("notices.Notification.person", _("Notifications"), once=("event", "notice"), twin=_seen),
    Held("entries.Entry.author", _("Topics opened")),
    Held("entries.Link.by"),
    Held("entries.Passage.author"),
    Held("files.Attachment.by", _("Files")),
)

PEOPLE = (
    Held("people.Person.merged_into", _("Accounts joined before")),
    Held("people.Tenure.person", _("Seats, held now or before")),
    Held("people.Tenure.recorded_by"),
    Held("people.AddressProposal.person", first=_decline_proposals),
    Held("people.AddressProposal.proposed_by"),
    Held("people.AddressProposal.decided_by"),
    Held("people.Departure.person", _("Departures"), once=("organization",), only=Q(state="open")),
    Held("people.Departure.begun_by"),
    Held("people.Handover.successor"),
    Held("people.Attestation.attested_by", _("Confirmations of a society’s seats")),
    Held("people.Contact.person"),
    Held("people.Contact.by"),
    Held("people.ProposedRemoval.by"),
    Held("people.RosterImport.by"),
    Held("people.RosterImport.confirmed_by"),
    Held("people.Joining.stays", apart=RECORD),
    Held("people.Joining.other", apart=RECORD),
    Held("people.Joining.begun_by", apart=RECORD),
)


def _one_succession(stays: int, other: int, _at: datetime) -> None:
    """Of two departures that the one tenure would follow, the first says so."""
    if Leaving.objects.filter(succession=stays).exists():
        Leaving.objects.filter(succession=other).update(succession=None)


TENURES = (
    Held("people.Mandate.tenure", _("Mandates"), once=("act", "period")),
    Held("people.Leaving.tenure", once=("departure",)),
    Held("people.Leaving.succession", first=_one_succession),
    Held("people.ProposedRemoval.tenure", once=("attestation",)),
)

HELD = (*BELOW, *PEOPLE, *TENURES)
