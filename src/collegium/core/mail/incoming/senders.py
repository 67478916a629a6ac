"""Whose a letter is: the owner of its From address, if our own mail server proved that it is from there."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model

from collegium.core.access.statements import row
from collegium.core.people.domains import spellings
from collegium.core.people.models import Person
from collegium.core.people.queries import LIVE

from ..reading import Reading

_OWNED = """
SELECT a.id FROM account_emailaddress a JOIN {person} p ON p.id = a.user_id AND p.closed_at IS NULL
WHERE upper(a.email) = ANY(ARRAY(SELECT upper(s.spelled) FROM unnest(%(spellings)s::text[]) AS s (spelled)))
AND (a.verified OR %(any)s::boolean) AND {live}
ORDER BY a.verified DESC, a.id LIMIT 1"""


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
    found = row(
        _OWNED.format(person=get_user_model()._meta.db_table, live=LIVE.format(address="a", at="%(at)s")),
        {"at": at, "spellings": spellings(reading.sender), "any": settings.MODE == "demo"},
    )
    address = EmailAddress.objects.select_related("user", "health").get(pk=found[0]) if found else None
    return Sender(address.user if address else None, proved=_is_proved(reading), address=address)


def _is_proved(reading: Reading) -> bool:
    if settings.MODE == "demo":
        return True
    name = settings.MAIL_AUTHSERV_ID
    return bool(name) and reading.authentication(name).passed
