"""Addresses: only the owner adds, verifies or removes one; others may propose.

An address is allauth's `EmailAddress` row. Adding, verifying and removing by the owner happen on allauth's own pages,
from a signed-in session; here is what the house adds to them.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..models import AddressProposal, AddressTie, Organization, Person
from ..queries.addresses import is_live, live_owner, spelled
from ..rules import check_confirm_address, check_override_address, check_propose_address

DELAY = timedelta(hours=72)

# One of the house's advisory locks: one at a time asks who owns an address and takes it.
ADDRESS = 0xADD5


@transaction.atomic
def add_first_address(person: Person, *, email: str, at: datetime) -> EmailAddress:
    """The address a person was registered with; Refused if somebody signs in with it, or if the person has one."""
    email = email.strip().lower()
    if EmailAddress.objects.filter(user=person).exists():
        raise Refused(_("This person has an address; propose another instead."))
    _refuse_taken(email, at=at)
    release_stale_address(email, at=at)
    return EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)


def _refuse_taken(email: str, *, at: datetime, but: Person | None = None) -> None:
    lock_address(email)
    owner = live_owner(email, at)
    if owner is not None and owner != but:
        raise Refused(_("Somebody else uses this address."))


def lock_address(email: str) -> None:
    """Whether an address lives depends on the clock, so no constraint can hold that it has one owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [ADDRESS, email])


def tie_address(address: EmailAddress, *, organization: Organization) -> AddressTie:
    """Say that the address belongs to the organization: it lives as long as its owner's tenures there."""
    tie, _made = AddressTie.objects.update_or_create(address=address, defaults={"organization": organization})
    return tie


@transaction.atomic
def propose_address(person: Person, *, email: str, by: Person, at: datetime) -> AddressProposal:
    """Propose an address for somebody else. It signs nobody in until it takes effect."""
    email = email.strip().lower()
    check_propose_address(person, email, by, at)
    _refuse_taken(email, at=at)
    open_states = [AddressProposal.State.PROPOSED, AddressProposal.State.DELAYED]
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if AddressProposal.objects.filter(person=person, email=email, state__in=open_states).exists():
        raise Refused(_("This address was already proposed."))
    proposal = AddressProposal.objects.create(person=person, email=email, proposed_by=by, proposed_at=at)
    trail.record(events.ADDRESS_PROPOSED, on=proposal, by=by, at=at, audience=OFFICE, facts={"person": person.pk})
    return proposal


@transaction.atomic
def confirm_address(proposal: AddressProposal, *, by: Person, at: datetime) -> EmailAddress:
    """The owner confirms, from the present address or a signed-in session: the address is theirs from now on."""
    locked = AddressProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    check_confirm_address(locked, by)
    trail.record(events.ADDRESS_CONFIRMED, on=locked, by=by, at=at, audience=OFFICE, facts={"person": by.pk})
    return _put_in_effect(locked, decided_by=by, at=at)


@transaction.atomic
def decline_address(proposal: AddressProposal, *, by: Person, at: datetime) -> AddressProposal:
    """The owner declines, also during the delay."""
    locked = AddressProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    check_confirm_address(locked, by)
    locked.state, locked.decided_by = AddressProposal.State.DECLINED, by
    locked.save(update_fields=["state", "decided_by"])
    trail.record(events.ADDRESS_DECLINED, on=locked, by=by, at=at, audience=OFFICE, facts={"person": by.pk})
    return locked


@transaction.atomic
def override_address(proposal: AddressProposal, *, viewer: Viewer, reason: str, at: datetime) -> AddressProposal:
    """The present address is lost: the council's team lets the new one take effect after 72 hours."""
    locked = AddressProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    check_override_address(viewer, locked, reason)
    locked.state = AddressProposal.State.DELAYED
    locked.decided_by, locked.reason, locked.effective_at = viewer.person, reason, at + DELAY
    locked.save(update_fields=["state", "decided_by", "reason", "effective_at"])
    trail.record(
        events.ADDRESS_OVERRIDDEN,
        on=locked,
        by=viewer.person,
        at=at,
        audience=OFFICE,
        facts={"person": locked.person_id},
    )
    return locked


@transaction.atomic
def put_delayed_addresses_in_effect(*, at: datetime) -> int:
    """Those whose delay is over; returns how many. One that somebody else took meanwhile is declined."""
    due = AddressProposal.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=AddressProposal.State.DELAYED, effective_at__lte=at
    )
    done = 0
    for proposal in due:
        try:
            make_primary(_put_in_effect(proposal, decided_by=proposal.decided_by, at=at))
            past = events.ADDRESS_TOOK_EFFECT
            done += 1
        except Refused:
            proposal.state = AddressProposal.State.DECLINED
            proposal.save(update_fields=["state"])
            past = events.ADDRESS_LAPSED
        trail.record(past, on=proposal, by=None, at=at, audience=OFFICE, facts={"person": proposal.person_id})
    return done


def _put_in_effect(proposal: AddressProposal, *, decided_by: Any, at: datetime) -> EmailAddress:
    _refuse_taken(proposal.email, at=at, but=proposal.person)
    release_stale_address(proposal.email, at=at, but=proposal.person)
    proposal.state, proposal.decided_by = AddressProposal.State.DONE, decided_by
    proposal.save(update_fields=["state", "decided_by"])
    has_primary = EmailAddress.objects.filter(user=proposal.person, primary=True).exists()
    address, _made = EmailAddress.objects.get_or_create(
        user=proposal.person, email=proposal.email, defaults={"verified": False, "primary": not has_primary}
    )
    return address


def make_primary(address: EmailAddress) -> None:
    """Letters go to this address and no longer to the one before."""
    EmailAddress.objects.filter(user=address.user_id, primary=True).exclude(pk=address.pk).update(primary=False)
    EmailAddress.objects.filter(pk=address.pk).update(primary=True)


def release_stale_address(email: str, *, at: datetime, but: Person | None = None) -> None:
    """Take an address that no longer lives from whoever had it, so that a successor may verify it."""
    for address in EmailAddress.objects.filter(spelled(email)).exclude(user=but):
        if not is_live(address, at):
            address.delete()


def drop_addresses(person: Person) -> None:
    """All addresses of a closed account, and what was proposed for it."""
    EmailAddress.objects.filter(user=person).delete()
    waiting = [AddressProposal.State.PROPOSED, AddressProposal.State.DELAYED]
    AddressProposal.objects.filter(person=person, state__in=waiting).update(state=AddressProposal.State.DECLINED)
