"""Forgetting deliveries of long ago: what came of them is known, and nothing refers to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

BATCH = 5_000
# Of one run: a house that begins to forget late does so in some nights.
MOST = 200

# Mailings stay, for answers refer to them; they are as old as their number is low. So the oldest deliveries are found
# by the index over mailing and person, which the newest never make longer.
_FORGET = """
DELETE FROM mail_delivery WHERE id IN (
    SELECT d.id FROM mail_delivery d
    WHERE d.mailing_id <= (
        SELECT m.id FROM mail_mailing m WHERE m.at < %(before)s::timestamptz ORDER BY m.id DESC LIMIT 1)
    AND d.at < %(before)s::timestamptz AND d.state IN ('sent', 'in_digest', 'dropped', 'unreachable', 'refused')
    ORDER BY d.mailing_id LIMIT %(batch)s)"""


def forget_deliveries(*, at: datetime) -> int:
    """Forget what was sent, refused or dropped before the time that is set; returns how many. What waits stays.

    Each batch is a transaction of its own, so that whoever sends never waits for long.
    """
    before, forgotten = at - timedelta(days=settings.MAIL_SENT_KEPT_FOR_DAYS), 0
    for _batch in range(MOST):
        with connection.cursor() as cursor:
            cursor.execute(_FORGET, {"before": before, "batch": BATCH})
            forgotten += cursor.rowcount
            if cursor.rowcount < BATCH:
                break
    return forgotten
