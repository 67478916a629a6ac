"""Whose a letter is: the owner of its From address, if our own mail server proved that it is from there."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings

from collegium.core.people.models import Person
from collegium.core.people.queries import live_addresses, spelled

from ..reading import Reading


class Sender(NamedTuple):
    """The person a letter names as its writer, whether that was proved, and the address it is from."""

    person: Person | None
    proved: bool
    address: EmailAddress | None = None


def sender_of(reading: Reading, *, at: datetime) -> Sender:
    """The owner of the one verified and living From address.

    It is proved by DMARC (RFC 7489), as the server of MAIL_AUTHSERV_ID found it and nobody else. In a demonstration,
    which is reached from this machine alone, everything is.
    """
    if reading.sender is None:
        return Sender(None, proved=False)
    # Which addresses are stale is asked of these alone.
    same = list(EmailAddress.objects.filter(spelled(reading.sender)).values_list("pk", flat=True))
    found = live_addresses(at).filter(pk__in=same).select_related("user", "health")
    if settings.MODE != "demo":
        found = found.filter(verified=True)
    address = found.order_by("-verified", "pk").first()
    return Sender(address.user if address else None, proved=_is_proved(reading), address=address)


def _is_proved(reading: Reading) -> bool:
    if settings.MODE == "demo":
        return True
    name = settings.MAIL_AUTHSERV_ID
    return bool(name) and reading.authentication(name).passed
