"""How far a call is: row by row for the council's team, as totals for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum

from collegium.core.access.statements import rows

from ..models import Answer, Call
from .rolls import counted

# A row's standing answer, the last that was withdrawn, and when somebody was last reminded by hand. What a society
# drafts stays its own: that it does is all that is said.
_PROGRESS = """
SELECT r.id, COALESCE(e.title, p.name) AS name, o.slug, o.acronym, r.standing, r.weight, r.is_answered,
    r.struck_at, r.seen_at, r.taken_at, taker.name AS taken_by, d.entry_id IS NOT NULL AS is_drafted,
    a.choice, a.raw, a.at AS answered_at, a.is_alternate, answerer.name AS answered_by, a.source,
    (SELECT max(w.ended_at) FROM calls_answer w WHERE w.row_id = r.id AND w.is_withdrawn) AS withdrawn_at,
    (SELECT max(n.at) FROM calls_reminder n WHERE n.row_id = r.id) AS nudged_at,
    (SELECT string_agg(q.name, ', ' ORDER BY x.rank) FROM calls_entitlement x JOIN people_person q ON q.id = x.person_id
     WHERE x.row_id = r.id) AS entitled
FROM calls_rollrow r
LEFT JOIN people_organization o ON o.entry_id = r.organization_id
LEFT JOIN entries_entry e ON e.id = r.organization_id
LEFT JOIN people_person p ON p.id = r.person_id
LEFT JOIN people_person taker ON taker.id = r.taken_by_id
LEFT JOIN calls_draft d ON d.row_id = r.id
LEFT JOIN calls_answer a ON a.row_id = r.id AND a.ended_at IS NULL
LEFT JOIN people_person answerer ON answerer.id = a.by_id
WHERE r.call_id = %s ORDER BY r.is_answered, name, r.id"""
_COLUMNS = (
    "id",
    "name",
    "slug",
    "acronym",
    "standing",
    "weight",
    "is_answered",
    "struck_at",
    "seen_at",
    "taken_at",
    "taken_by",
    "is_drafted",
    "choice",
    "raw",
    "answered_at",
    "is_alternate",
    "answered_by",
    "source",
    "withdrawn_at",
    "nudged_at",
    "entitled",
)


class Standing:
    """How far one addressee is: none of them is another, and silence is no answer."""

    STRUCK, ANSWERED, WITHDRAWN, REVIEW, SEEN, UNSEEN, UNABLE = (
        "struck",
        "answered",
        "withdrawn",
        "review",
        "seen",
        "unseen",
        "unable",
    )

    @classmethod
    def of(cls, row: dict[str, Any]) -> str:
        steps = (
            (row["struck_at"], cls.STRUCK),
            (row["is_answered"], cls.ANSWERED),
            (row["withdrawn_at"], cls.WITHDRAWN),
            (row["is_drafted"] or row["taken_at"], cls.REVIEW),
            (row["seen_at"], cls.SEEN),
            (not row["entitled"], cls.UNABLE),
        )
        return next((step for holds, step in steps if holds), cls.UNSEEN)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were asked and have answered, heads and weights; by choice where that is not hidden yet."""

    asked: int
    answered: int
    asked_weight: int
    answered_weight: int
    by_choice: dict[str, int]


def progress(call: Call) -> list[dict[str, Any]]:
    """Every row of the roll, those without an answer first; each with its `standing`."""
    found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows(_PROGRESS, [call.pk])]
    for row in found:
        row["standing_step"] = Standing.of(row)
    return found


def shows_choices(call: Call, at: datetime) -> bool:
    """Whether what was answered may be told: of some kinds of call only once it is closed."""
    return not call.kind_of.hidden_until_close or call.closed_at is not None


def tally(call: Call, at: datetime) -> Tally:
    """Totals of those on the roll; weights are counted, not heads, in `by_choice`."""
    asked = counted(call).aggregate(heads=Count("pk"), weight=Sum("weight"))
    answered = counted(call).filter(is_answered=True).aggregate(heads=Count("pk"), weight=Sum("weight"))
    by_choice: dict[str, int] = {}
    if shows_choices(call, at):
        standing = Answer.objects.filter(row__call=call, row__struck_at=None, ended_at=None)
        by_choice = dict(standing.values_list("choice").annotate(weight=Sum("row__weight")))
    return Tally(asked["heads"], answered["heads"], asked["weight"] or 0, answered["weight"] or 0, by_choice)
