"""Reading how addresses fare."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from collegium.core.notices.registry import notices
from collegium.core.people.queries import LIVE

from ..registry import letters
from .models import Complaint
from .reaching import REACHED

# The primary one, or any if there is no other at which its owner is reached.
_FAILING = """
SELECT a.id, a.email, h.since, h.said FROM account_emailaddress a
JOIN mail_addresshealth h ON h.address_id = a.id AND h.suspended_at IS NOT NULL
WHERE a.user_id = %s AND {live} AND (a.primary OR NOT EXISTS (
    SELECT FROM account_emailaddress other WHERE other.user_id = a.user_id AND {other_live} AND {reached}))
ORDER BY a.primary DESC, a.id LIMIT 1"""


def failing_statement(person_id: int | None, at: datetime) -> tuple[str, list[Any]]:
    """The suspended address `{id, email, since, said}` a person has to know of, as SQL with its parameters."""
    sql = _FAILING.format(
        live=LIVE.format(address="a", at="%s"),
        other_live=LIVE.format(address="other", at="%s"),
        reached=REACHED.format(address="other"),
    )
    return sql, [person_id, at, at]


def complaints_of(person_id: int) -> list[dict[str, Any]]:
    """What was stopped after a complaint, newest first, each group or kind of letter once: `{label, at}`."""
    found = Complaint.objects.filter(person=person_id, has_stopped=True).select_related("place").order_by("-at", "-pk")
    newest: dict[str, dict[str, Any]] = {}
    for row in found[:50]:
        label = row.place.title if row.place else label_of(row.kind)
        newest.setdefault(label, {"label": label, "at": row.at})
    return list(newest.values())


def label_of(kind: str) -> str:
    """What a kind of letter is called."""
    if kind in notices:
        return str(notices.get(kind).label)
    return str(letters.get(kind).label) if kind in letters else kind
