"""How letters fare: by society, by address, by day. Counts, moments and the words of servers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from collegium.core.mail.bounces.scoring import STALE
from collegium.core.mail.models import Mailing
from collegium.core.people.models import Organization
from collegium.core.people.queries import LIVE

from ...together import Row, Statement, moments, together

DAYS = 14
# No mailing has this number.
NONE = 2**62

# Of everybody who holds a seat now, with an open account: the addresses letters go to or could go to.
_FARED = """
WITH holders AS (
    SELECT DISTINCT s.organization_id AS society_id, t.person_id FROM people_tenure t
    JOIN people_seat s ON s.id = t.seat_id JOIN people_organization o ON o.entry_id = s.organization_id
    JOIN {person} p ON p.id = t.person_id AND p.closed_at IS NULL
    WHERE t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date),
fared AS (
    SELECT holders.society_id, a.id, a.email, a.user_id, h.since, h.said, h.last_at, h.suspended_at, h.probe_due_at,
        h.probe_id, COALESCE(h.suspended_at IS NOT NULL OR h.last_at > %s::timestamptz, false) AS failing
    FROM holders JOIN account_emailaddress a ON a.user_id = holders.person_id AND (a.primary OR a.verified) AND {live}
    LEFT JOIN mail_addresshealth h ON h.address_id = a.id)
"""


def _fared(at: datetime) -> Statement:
    sql = _FARED.format(person=get_user_model()._meta.db_table, live=LIVE.format(address="a", at="%s"))
    return sql, [at, at - STALE, at]


# A row for each society and one, without a name, for all together: whoever sits at two is counted there once.
_SOCIETIES = """
SELECT o.slug, e.title AS name, count(DISTINCT fared.id) AS addresses,
    count(DISTINCT fared.id) FILTER (WHERE failing) AS failing,
    count(DISTINCT fared.id) FILTER (WHERE suspended_at IS NOT NULL) AS suspended,
    min(since) FILTER (WHERE failing) AS since,
    mode() WITHIN GROUP (ORDER BY said) FILTER (WHERE failing AND said <> '') AS said
FROM fared JOIN people_organization o ON o.entry_id = fared.society_id JOIN entries_entry e ON e.id = o.entry_id
GROUP BY GROUPING SETS ((o.slug, e.title), ())
ORDER BY (count(*) FILTER (WHERE failing))::float / NULLIF(count(*), 0) DESC NULLS LAST, e.title"""
_BY_DAY = """
SELECT day::date::text AS day, COALESCE(went.sent, 0) AS sent, COALESCE(went.refused, 0) AS refused,
    COALESCE(back.n, 0) AS came_back, COALESCE(complained.n, 0) AS complaints
FROM generate_series(%s::date, %s::date, '1 day') AS day
LEFT JOIN (
    SELECT d.at::date AS of_day, count(*) FILTER (WHERE d.state = 'sent') AS sent,
        count(*) FILTER (WHERE d.state = 'refused') AS refused
    FROM mail_delivery d WHERE d.mailing_id >= %s GROUP BY d.at::date) AS went ON went.of_day = day
LEFT JOIN (SELECT b.at::date AS of_day, count(*) AS n FROM mail_bounce b WHERE b.at >= %s::date GROUP BY b.at::date)
    AS back ON back.of_day = day
LEFT JOIN (SELECT c.at::date AS of_day, count(*) AS n FROM mail_complaint c WHERE c.at >= %s::date GROUP BY c.at::date)
    AS complained ON complained.of_day = day
ORDER BY day DESC"""


def overview(at: datetime) -> dict[str, list[Row]]:
    """`societies` `{slug, name, addresses, failing, suspended, since, said}`, the worst first; `totals`; `days`."""
    fared, parameters = _fared(at)
    first = (at - timedelta(days=DAYS - 1)).date()
    found = together(
        societies=(fared + _SOCIETIES, parameters),
        days=(_BY_DAY, [first, at.date(), _first_mailing(first), first, first]),
    )
    rows = moments(found["societies"], "since")
    return {
        "societies": [row for row in rows if row["slug"] is not None],
        "totals": [row for row in rows if row["slug"] is None],
        "days": found["days"],
    }


def _first_mailing(first: date) -> int:
    """Mailings are few beside deliveries, and as old as their number is low: an index leads to their deliveries."""
    newer = Mailing.objects.filter(at__gte=datetime.combine(first, time.min, tzinfo=UTC)).order_by("pk")
    return newer.values_list("pk", flat=True).first() or NONE


_ADDRESSES = """
SELECT e.title AS society, o.slug, p.name, p.handle, fared.email, fared.since, fared.last_at, fared.suspended_at,
    fared.said, fared.probe_due_at, fared.probe_id IS NOT NULL AS is_tried
FROM fared JOIN people_organization o ON o.entry_id = fared.society_id JOIN entries_entry e ON e.id = o.entry_id
JOIN {person} p ON p.id = fared.user_id
WHERE fared.failing AND (%s = '' OR o.slug = %s)
ORDER BY e.title, fared.suspended_at IS NULL, p.name, fared.email"""


def addresses(at: datetime, society: str = "") -> Statement:
    """The addresses from which letters come back, of a society or of all, as a statement for a listing."""
    fared, parameters = _fared(at)
    sql = fared + _ADDRESSES.format(person=get_user_model()._meta.db_table)
    return sql, [*parameters, society, society]


MOMENTS = ("since", "last_at", "suspended_at", "probe_due_at")


def sheet_rows(rows: list[dict[str, Any]]) -> list[list[Any]]:
    """The same for a table: society, person, address, since when, suspended when, what the server said."""
    return [
        [row["society"], row["name"], row["email"], _day(row["since"]), _day(row["suspended_at"]), row["said"]]
        for row in rows
    ]


def _day(at: datetime | None) -> str:
    return at.date().isoformat() if at else ""


def society_name(slug: str) -> str | None:
    """What the organization is called; None if there is none."""
    return Organization.objects.filter(slug=slug).values_list("entry__title", flat=True).first()
