"""What a person does to their own addresses, from a signed-in session or with a code sent to the address."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.trail import actions as trail

from .. import events
from ..models import Person
from ..queries.addresses import live_addresses, spelled
from ..rules import check_choose_primary_address, check_remove_address
from .addresses import lock_address, make_primary, release_stale_address


@transaction.atomic
def verify_address(person: Person, *, email: str, at: datetime) -> EmailAddress:
    """The person showed a code sent to the address: it is theirs, and verified.

    Whoever had it and no longer signs in with it loses it. Refused if somebody else signs in with it.
    """
    email = email.strip().lower()
    lock_address(email)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    found = EmailAddress.objects.filter(spelled(email), user=person).first()
    if found is not None and found.verified:
        return found
    others = EmailAddress.objects.filter(spelled(email)).exclude(user=person)
    if live_addresses(at).filter(pk__in=others, verified=True).exists():
        raise Refused(_("Somebody else uses this address."))
    stale = others.exclude(pk__in=live_addresses(at).values("pk")).exists()
    release_stale_address(email, at=at, but=person)
    address = _verified(person, found.email if found else email)
    if not live_addresses(at).filter(user=person, primary=True).exists():
        make_primary(address)
    past = events.ADDRESS_TAKEN_OVER if stale else events.ADDRESS_ADDED
    trail.record(past, on=address, by=person, at=at, audience=OFFICE)
    return address


def _verified(person: Person, email: str) -> EmailAddress:
    """The row, verified; two persons at the same moment cannot both have it."""
    try:
        with transaction.atomic():
            address, _made = EmailAddress.objects.get_or_create(user=person, email=email, defaults={"verified": True})
            EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    except IntegrityError as error:
        raise Refused(_("Somebody else uses this address.")) from error
    address.verified = True
    return address


@transaction.atomic
def choose_primary_address(address: EmailAddress, *, by: Person, at: datetime) -> EmailAddress:
    """Letters go to this address from now on."""
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    locked = EmailAddress.objects.select_for_update(of=("self",)).get(pk=address.pk)
    check_choose_primary_address(locked, by, at)
    make_primary(locked)
    trail.record(events.ADDRESS_MADE_PRIMARY, on=locked, by=by, at=at, audience=OFFICE)
    return locked


@transaction.atomic
def remove_address(address: EmailAddress, *, by: Person, at: datetime) -> None:
    """Take an address from one's account; never the last one that signs in, nor the primary one."""
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    locked = EmailAddress.objects.select_for_update(of=("self",)).get(pk=address.pk)
    check_remove_address(locked, by, at)
    trail.record(events.ADDRESS_REMOVED, on=locked, by=by, at=at, audience=OFFICE)
    locked.delete()
