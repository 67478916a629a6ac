"""Taking a batch of deliveries to send, and noting what became of them.

Claiming looks again, in its own statement, whether each person may still see what they are to get, and where they are
reached now: between saying something and sending it a tenure may have ended. What a notice tells, whoever it is told to
may see: pages open to all, and of what is statutory also what they only read. A digest looks at each of its things
when it is composed. A batch is small, so that a sender that
dies has at most one batch go out twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection

from collegium.core.access.queries import belongs_sql
from collegium.core.access.standard import PUBLIC
from collegium.core.access.statements import prepared_cursor, rows
from collegium.core.notices.registry import notices
from collegium.core.people.domains import to_write_to
from collegium.core.people.queries import LIVE

from ..bounces.failing import Failed
from ..bounces.reaching import REACHED
from ..models import Delivery

BATCH = 20
# A claim older than this is nobody's: no relay takes as long for a batch.
ABANDONED = timedelta(minutes=15)
# The waits before the next attempts; the last comes two days after the first (RFC 5321, 4.5.4.1: four or five days at
# the most; a peer's question is old by then).
WAITS = [timedelta(minutes=wait) for wait in (1, 5, 15, 60, 180, 360, 720, 1440)]


class Claimed(NamedTuple):
    """A delivery in hand: whose it is, and where to; the address as mail servers take it, or as it is kept."""

    id: int
    mailing_id: int
    person_id: int
    email: str
    name: str
    attempts: int
    address_id: int


_CLAIM = """
WITH due AS (
    SELECT d.id, d.mailing_id, d.person_id FROM mail_delivery d
    WHERE d.state = 'waiting' AND d.due_at <= %(at)s::timestamptz
    ORDER BY d.due_at, d.id LIMIT {batch} FOR UPDATE SKIP LOCKED),
looked AS (
    SELECT due.id, p.name, address.email, address.id AS address_id,
        p.closed_at IS NULL AND (m.entry_id IS NULL OR {belongs}
            OR (e.audience_id = {public} AND m.kind = ANY(%(notices)s::text[]))) AS may_see
    FROM due JOIN mail_mailing m ON m.id = due.mailing_id LEFT JOIN entries_entry e ON e.id = m.entry_id
    JOIN {person} p ON p.id = due.person_id
    LEFT JOIN LATERAL (
        SELECT a.id, a.email FROM account_emailaddress a
        WHERE a.user_id = p.id AND {live} AND {reached}
        ORDER BY a.primary DESC, a.verified DESC, a.id LIMIT 1) AS address ON true)
UPDATE mail_delivery d SET at = %(at)s::timestamptz, attempts = d.attempts + 1,
    state = CASE WHEN NOT looked.may_see THEN 'dropped' WHEN looked.email IS NULL THEN 'unreachable' ELSE 'claimed' END
FROM looked WHERE looked.id = d.id
RETURNING d.state, d.id, d.mailing_id, d.person_id, looked.email, looked.name, d.attempts,
    looked.address_id"""


@cache
def _claim() -> str:
    reads = "m.kind = ANY(%(statutory)s::text[])"
    return _CLAIM.format(
        batch=BATCH,
        person=get_user_model()._meta.db_table,
        live=LIVE.format(address="a", at="%(at)s"),
        reached=REACHED.format(address="a"),
        belongs=belongs_sql("p.id", "e.audience_id", "%(at)s", reads=reads),
        public=PUBLIC,
    )


def claim(*, at: datetime) -> tuple[list[Claimed], bool]:
    """Take the next deliveries that are due, oldest first; and whether there were any, were they to be sent or not."""
    known = list(notices.all())
    told = {
        "at": at,
        "notices": [notice.name for notice in known],
        "statutory": [notice.name for notice in known if notice.is_statutory],
    }
    found = rows(_claim(), told)
    mine = [Claimed(*taken) for state, *taken in found if state == Delivery.State.CLAIMED]
    mine = [one if one.email.isascii() else one._replace(email=to_write_to(one.email) or one.email) for one in mine]
    return sorted(mine), bool(found)


class Outcome(NamedTuple):
    """What became of a delivery, what the relay said to it, and whether that is a bounce."""

    delivery: Claimed
    state: str
    answer: str = ""
    failed: Failed | None = None


_NOTE = """
UPDATE mail_delivery d SET state = o.state, at = %(at)s::timestamptz, due_at = COALESCE(o.due_at, d.due_at),
    answer = o.answer, attempts = o.attempts
FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(answers)s::text[], %(due)s::timestamptz[], %(attempts)s::int[])
    AS o (id, state, answer, due_at, attempts)
WHERE d.id = o.id AND d.state = 'claimed'"""


def note(outcomes: Iterable[Outcome], *, at: datetime) -> list[Outcome]:
    """Write what became of claimed deliveries; what is tried again is due later each time, up to a last.

    Returns what was written.
    """
    noted = [_given_up(outcome) for outcome in outcomes]
    if not noted:
        return noted
    again = [o.state == Delivery.State.WAITING for o in noted]
    with prepared_cursor() as cursor:
        cursor.execute(
            _NOTE,
            {
                "at": at,
                "ids": [o.delivery.id for o in noted],
                "states": [str(o.state) for o in noted],
                "answers": [o.answer[:200] for o in noted],
                "due": [at + WAITS[o.delivery.attempts - 1] if a else None for o, a in zip(noted, again, strict=True)],
                "attempts": [o.delivery.attempts for o in noted],
            },
        )
    return noted


def _given_up(outcome: Outcome) -> Outcome:
    if outcome.state == Delivery.State.WAITING and outcome.delivery.attempts > len(WAITS):
        return outcome._replace(state=Delivery.State.REFUSED)
    return outcome


_RETURN = """UPDATE mail_delivery SET state = 'waiting', attempts = attempts - 1, at = %s
WHERE state = 'claimed' AND (id = ANY(%s::bigint[]) OR at < %s)"""


def give_back(deliveries: Iterable[Claimed], *, at: datetime) -> None:
    """Let these wait again as if never tried: the relay could not be reached, which says nothing of them."""
    with connection.cursor() as cursor:
        cursor.execute(_RETURN, [at, [delivery.id for delivery in deliveries], at - ABANDONED])


def take_back_abandoned(*, at: datetime, all_of_them: bool = False) -> int:
    """Let what a dead sender had claimed wait again; all of it where the caller is known to be the only sender."""
    with connection.cursor() as cursor:
        cursor.execute(_RETURN, [at, [], at if all_of_them else at - ABANDONED])
        return int(cursor.rowcount)


_NEXT = "SELECT min(due_at) FROM mail_delivery WHERE state = 'waiting'"


def next_due() -> datetime | None:
    """When the next delivery is due, or None if none waits."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT)
        due: datetime | None = cursor.fetchone()[0]
    return due
