"""Signed links in letters: they show a page, and change something only when a button on it is pressed."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core import signing

from collegium.core.people.models import AddressProposal
from collegium.core.people.queries import live_addresses

SALT = "account.proposal"
LASTS = timedelta(days=14)


def write(proposal: AddressProposal, to: str) -> str:
    """A token for whoever reads letters at the person's address `to`."""
    address = EmailAddress.objects.get(user=proposal.person_id, email__iexact=to)
    return signing.dumps([proposal.pk, address.pk], salt=SALT)


def read(token: str, at: datetime) -> AddressProposal | None:
    """The proposal, as long as the letter went to an address that still lives; None for every other token."""
    try:
        proposal, address = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    found = AddressProposal.objects.select_related("person", "proposed_by").filter(pk=proposal).first()
    if found is None or not live_addresses(at).filter(pk=address, user=found.person_id).exists():
        return None
    return found
