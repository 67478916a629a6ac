"""Writing digests: for everybody whose hour has come, in one statement."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from collegium.core.notices.models import DigestChoice

from ..mailings.choosing import call
from ..registry import DIGESTS

# One of the house's advisory locks: digests are written by one at a time.
WRITING = 0xD16E57

# A digest is due for whoever has something gathered that was there at their last hour (of the day, or of the day of the
# week they chose, in their zone) and is in none yet. So after days without a run there is one, not one for each day,
# and whoever changes hour, zone or cadence finds everything in the next. What was gathered before somebody came to want
# every message comes with the next day's; what they want nothing of any more goes nowhere. A name of a zone that the
# database does not know counts as UTC.
_WRITE = """
WITH zone AS MATERIALIZED (SELECT name FROM pg_timezone_names),
gathered AS MATERIALIZED (
    SELECT d.id, d.person_id, d.at, COALESCE(e.place_id, e.id) AS place_id
    FROM mail_delivery d JOIN mail_mailing m ON m.id = d.mailing_id JOIN entries_entry e ON e.id = m.entry_id
    WHERE d.state = 'gathered'),
person AS MATERIALIZED (
    SELECT p.id, p.closed_at, COALESCE(c.by_group, false) AS by_group, COALESCE(zone.name, 'UTC') AS zone,
        date_trunc('day', local.now) + make_interval(hours => COALESCE(c.hour, {hour})) AS today,
        date_trunc('week', local.now) + make_interval(
            days => COALESCE(c.weekday, {weekday}) - 1, hours => COALESCE(c.hour, {hour})) AS this_week
    FROM {person} p LEFT JOIN notices_digestchoice c ON c.person_id = p.id LEFT JOIN zone ON zone.name = p.time_zone
    CROSS JOIN LATERAL (SELECT %(at)s::timestamptz AT TIME ZONE COALESCE(zone.name, 'UTC') AS now) AS local
    WHERE p.id IN (SELECT person_id FROM gathered)),
wanted AS (
    SELECT DISTINCT g.person_id, g.place_id, p.by_group, p.zone, p.today, p.this_week,
        CASE WHEN p.closed_at IS NULL THEN COALESCE(c.level, gr.default_level, 'every') ELSE 'nothing' END AS level
    FROM gathered g JOIN person p ON p.id = g.person_id
    LEFT JOIN notices_preference c ON c.person_id = g.person_id AND c.place_id = g.place_id
    LEFT JOIN groups_group gr ON gr.entry_id = g.place_id),
told AS MATERIALIZED (
    SELECT person_id, place_id, level, CASE WHEN by_group THEN place_id END AS own_place,
        CASE level WHEN 'weekly' THEN 'weekly' ELSE 'daily' END AS cadence,
        CASE WHEN level = 'weekly' THEN CASE WHEN this_week AT TIME ZONE zone <= %(at)s::timestamptz
            THEN this_week AT TIME ZONE zone ELSE (this_week - interval '7 days') AT TIME ZONE zone END
        ELSE CASE WHEN today AT TIME ZONE zone <= %(at)s::timestamptz
            THEN today AT TIME ZONE zone ELSE (today - interval '1 day') AT TIME ZONE zone END END AS until
    FROM wanted),
due AS (
    SELECT t.person_id, t.cadence, t.own_place, t.until, min(g.at) AS since
    FROM told t JOIN gathered g ON g.person_id = t.person_id AND g.place_id = t.place_id AND g.at < t.until
    WHERE t.level NOT IN ('mentions', 'nothing')
    GROUP BY 1, 2, 3, 4),
digest AS (
    INSERT INTO mail_digest (mailing_id, person_id, cadence, place_id, since, until)
    SELECT nextval(pg_get_serial_sequence('mail_mailing', 'id')), due.person_id, due.cadence, due.own_place,
        COALESCE(before.until, due.since), due.until
    FROM due LEFT JOIN LATERAL (
        SELECT max(g.until) AS until FROM mail_digest g WHERE g.person_id = due.person_id AND g.cadence = due.cadence
        AND g.place_id IS NOT DISTINCT FROM due.own_place) AS before ON true
    WHERE before.until IS NULL OR before.until < due.until
    ON CONFLICT DO NOTHING RETURNING mailing_id, person_id, cadence, place_id, until),
mailing AS (
    INSERT INTO mail_mailing (id, kind, part, part_id, at)
    SELECT mailing_id, %(kind)s, '', 0, %(at)s::timestamptz FROM digest),
delivery AS (
    INSERT INTO mail_delivery (mailing_id, person_id, state, due_at, at, attempts, answer)
    SELECT mailing_id, person_id, 'waiting', %(at)s::timestamptz, %(at)s::timestamptz, 0, '' FROM digest),
settled AS (
    UPDATE mail_delivery d SET at = %(at)s::timestamptz, digest_id = s.digest_id,
        state = CASE WHEN s.digest_id IS NULL THEN 'dropped' ELSE 'in_digest' END
    FROM (
        SELECT g.id, digest.mailing_id AS digest_id FROM gathered g
        JOIN told t ON t.person_id = g.person_id AND t.place_id = g.place_id
        LEFT JOIN digest ON digest.person_id = t.person_id AND digest.cadence = t.cadence
            AND digest.place_id IS NOT DISTINCT FROM t.own_place AND g.at < digest.until
            AND t.level NOT IN ('mentions', 'nothing')
        WHERE digest.mailing_id IS NOT NULL OR t.level IN ('mentions', 'nothing')) AS s
    WHERE d.id = s.id)
SELECT count(*) FROM digest"""

# Of what is gathered the database knows no numbers, and would go through all of it for each person: it is to hash.
_HASH = "SELECT set_config('enable_nestloop', %s, true)"


@transaction.atomic
def write_due(*, at: datetime) -> int:
    """Write the digests that are due; a second run writes none. Returns how many."""
    sql = _WRITE.format(
        person=get_user_model()._meta.db_table, hour=DigestChoice.HOUR, weekday=int(DigestChoice.Weekday.MONDAY)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
        cursor.execute(_HASH, ["off"])
        cursor.execute(sql, {"at": at, "kind": DIGESTS})
        written = int(cursor.fetchone()[0])
        cursor.execute(_HASH, ["on"])
    if written:
        call()
    return written
