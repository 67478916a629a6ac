"""Where a person is reached by letter: the primary address, unless letters to it come back."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from collegium.core.people.models import Person
from collegium.core.people.queries import live_addresses, spelled

# For statements written by hand, told the alias of the address's row; whether it lives is asked beside it. An address
# that is neither the primary one nor verified is one that nobody has shown to be the person's.
REACHED = """({address}.primary OR {address}.verified) AND NOT EXISTS (
    SELECT FROM mail_addresshealth h WHERE h.address_id = {address}.id AND h.suspended_at IS NOT NULL)"""


def reached_addresses(at: datetime) -> QuerySet[EmailAddress]:
    """The same as a queryset."""
    known = live_addresses(at).filter(Q(primary=True) | Q(verified=True))
    return known.filter(health__suspended_at=None)


def reached_address(person: Person, at: datetime) -> EmailAddress | None:
    """The address the person's letters go to now; None if there is none."""
    return reached_addresses(at).filter(user=person).order_by("-primary", "-verified", "pk").first()


def instead_of(to: str, at: datetime) -> str | None:
    """Where a letter to this address goes: there, unless letters come back from it; then to another of its owner.

    None if they have no other. The owner is who signs in with it: whose it was before gets nothing of theirs.
    """
    owned = live_addresses(at).filter(spelled(to)).order_by("-verified", "pk").select_related("user", "health")
    found = owned.first()
    if found is None or not is_suspended(found):
        return to
    other = reached_address(found.user, at)
    return other.email if other else None


def is_suspended(address: EmailAddress) -> bool:
    """Whether letters to it came back so often that none are sent; `health` is best selected with the address."""
    return hasattr(address, "health") and address.health.suspended_at is not None


def addresses_of(email: str) -> list[int]:
    """The rows of an address: of its owner, and of those whose it was before."""
    return list(EmailAddress.objects.filter(spelled(email)).order_by("pk").values_list("pk", flat=True))
