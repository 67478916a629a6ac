"""Who is to get a mailing: all of them in one statement, however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model

from collegium.core.access.queries import members_sql
from collegium.core.access.statements import prepared_cursor, row
from collegium.core.trail.models import Event

from ..registry import MailingKind, mailings

# To whoever belongs to those who see the entry now, has an open account and did not do it themselves: those who want
# every message of the place, unless they muted the entry, and those it is addressed to, unless they want nothing. What
# overrides reaches everybody who wants something. Whoever has a digest gets the rest there: decided here, once for each
# message and reader, whatever they choose afterwards.
_CHOOSE = """
WITH mailing AS (
    INSERT INTO mail_mailing (event_id, kind, entry_id, part, part_id, at)
    VALUES (%(event)s, %(kind)s, %(entry)s, %(part)s, %(part_id)s, %(at)s::timestamptz)
    ON CONFLICT (event_id, kind) DO NOTHING RETURNING id, at),
belonging AS ({members}),
wanting AS (
    SELECT p.id, COALESCE(c.level, g.default_level, 'every') AS level, p.id = ANY(%(addressed)s::bigint[]) AS addressed
    FROM belonging
    JOIN {person} p ON p.id = belonging.id AND p.closed_at IS NULL
    LEFT JOIN notices_preference c ON c.person_id = p.id AND c.place_id = %(place)s
    LEFT JOIN groups_group g ON g.entry_id = %(place)s
    WHERE p.id IS DISTINCT FROM %(actor)s::bigint)
INSERT INTO mail_delivery (mailing_id, person_id, state, due_at, at, attempts, answer)
SELECT mailing.id, w.id,
    CASE WHEN w.addressed OR w.level = 'every' OR %(overrides)s::boolean THEN 'waiting' ELSE 'gathered' END,
    mailing.at, mailing.at, 0, ''
FROM mailing, wanting w
WHERE w.level <> 'nothing' AND (
    w.addressed OR ((w.level <> 'mentions' OR %(overrides)s::boolean) AND NOT EXISTS (
        SELECT FROM notices_follow f WHERE f.person_id = w.id AND f.entry_id = %(entry)s AND f.state = 'muted')))
ORDER BY w.id"""


def address_to_many(event: Event, *, addressed: Iterable[int] = (), at: datetime) -> int:
    """Write whom an event is told by letter at once; a second run writes nothing. Returns how many are to get it.

    Runs after the notices of the event, in their transaction, and is handed whom they told by letter.
    """
    if event.name not in mailings or event.entry is None:
        return 0
    kind: MailingKind = mailings.get(event.name)
    part, part_id = event.facts.get("part", ""), event.facts.get("part_id", 0)
    with prepared_cursor() as cursor:
        cursor.execute(
            _CHOOSE.format(person=get_user_model()._meta.db_table, members=members_sql("%(audience)s", "%(at)s")),
            {
                "event": event.pk,
                "kind": kind.name,
                "entry": event.entry.pk,
                "place": event.entry.place_id or event.entry.pk,
                "audience": event.entry.audience_id,
                "part": part,
                "part_id": part_id,
                "at": at,
                "actor": event.actor_id,
                "addressed": sorted(addressed),
                "overrides": kind.overrides(event),
            },
        )
        written = cursor.rowcount
        if written:
            call()
    return int(written)


# Whoever sends is called once the transaction commits.
CHANNEL = "collegium_letters"
_CALL = "SELECT pg_notify(%s, '')"


def call() -> None:
    """Wake whoever sends, once this transaction commits."""
    row(_CALL, [CHANNEL])
