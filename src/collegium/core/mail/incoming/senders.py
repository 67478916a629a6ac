"""Whose a letter is: the owner of its From address, if our own mail server proved that it is from there."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model

from collegium.core.access.columns import Columns
from collegium.core.access.statements import row
from collegium.core.people.domains import spellings
from collegium.core.people.models import Person
from collegium.core.people.queries import LIVE

from ..reading import Reading

WITHIN = timedelta(hours=1)
_PERSON = Columns(
    Person, "p", "id", "handle", "name", "credentials", "time_zone", "joined_at", "closed_at", "merged_into_id"
)
# One round trip: how many letters came from there lately, whether it is anybody's or not, and whose it is.
_SENDER = """
SELECT (SELECT count(*) FROM mail_incoming
        WHERE sender = %(sender)s AND handled_at > %(since)s::timestamptz AND state <> 'recorded'), owner.*
FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
    SELECT {person_columns}, CASE WHEN h.suspended_at IS NOT NULL THEN a.id END AS suspended
    FROM account_emailaddress a JOIN {person} p ON p.id = a.user_id AND p.closed_at IS NULL
    LEFT JOIN mail_addresshealth h ON h.address_id = a.id
    WHERE upper(a.email) = ANY(ARRAY(SELECT upper(s.spelled) FROM unnest(%(spellings)s::text[]) AS s (spelled)))
    AND (a.verified OR %(any)s::boolean) AND {live}
    ORDER BY a.verified DESC, a.id LIMIT 1) AS owner ON true"""


@cache
def _sender() -> str:
    return _SENDER.format(
        person_columns=_PERSON.sql,
        person=get_user_model()._meta.db_table,
        live=LIVE.format(address="a", at="%(at)s"),
    )


class Sender(NamedTuple):
    """The person a letter names as its writer, and whether that was proved.

    With how many letters from its address were handled lately, and the key of the address where it is suspended.
    """

    person: Person | None
    proved: bool
    lately: int = 0
    suspended: int | None = None


def sender_of(reading: Reading, *, at: datetime) -> Sender:
    """The owner of the one verified and living From address.

    It is proved by DMARC (RFC 7489), as the server of MAIL_AUTHSERV_ID found it and nobody else. In a demonstration,
    which is reached from this machine alone, everything is.
    """
    if reading.sender is None:
        return Sender(None, proved=False)
    told = {"at": at, "since": at - WITHIN, "sender": kept(reading), "any": settings.MODE == "demo"}
    found = row(_sender(), told | {"spellings": spellings(reading.sender)})
    assert found is not None  # it counts in any case
    lately, *owner = found
    person = _PERSON.take(owner, 0)[0] if owner[0] is not None else None
    return Sender(person, _is_proved(reading), lately, owner[-1])


def kept(reading: Reading) -> str:
    """The address it is from, as it is kept with a letter."""
    return (reading.sender or "")[:320]


def _is_proved(reading: Reading) -> bool:
    if settings.MODE == "demo":
        return True
    name = settings.MAIL_AUTHSERV_ID
    return bool(name) and reading.authentication(name).passed
