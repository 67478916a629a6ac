"""How far a call is: row by row for the council's team, as totals for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum

from collegium.core.access.statements import rows

from ..models import Answer, Call
from .rolls import counted


class Standing:
    """How far one addressee is: none of them is another, and silence is no answer."""

    STRUCK, ANSWERED, WITHDRAWN, REVIEW, SEEN, UNABLE, UNSEEN = (
        "struck",
        "answered",
        "withdrawn",
        "review",
        "seen",
        "unable",
        "unseen",
    )
    # In the order in which they are looked for.
    ALL = (UNSEEN, UNABLE, SEEN, REVIEW, WITHDRAWN, ANSWERED, STRUCK)


# A row's standing answer, when one was last withdrawn, and when somebody was last reminded by hand. What a society
# drafts stays its own: that it does is all that is said.
_STEP = """CASE
    WHEN r.struck_at IS NOT NULL THEN 'struck'
    WHEN r.is_answered THEN 'answered'
    WHEN EXISTS (SELECT FROM calls_answer w WHERE w.row_id = r.id AND w.is_withdrawn) THEN 'withdrawn'
    WHEN r.taken_at IS NOT NULL OR EXISTS (SELECT FROM calls_draft d WHERE d.row_id = r.id) THEN 'review'
    WHEN r.seen_at IS NOT NULL THEN 'seen'
    WHEN NOT EXISTS (SELECT FROM calls_entitlement x WHERE x.row_id = r.id) THEN 'unable'
    ELSE 'unseen' END"""
_PROGRESS = f"""
SELECT r.id, COALESCE(e.title, p.name) AS name, o.slug, r.weight, r.is_answered, {_STEP} AS standing_step,
    taker.name AS taken_by, a.choice, a.raw, a.at AS answered_at, COALESCE(a.is_alternate, false) AS is_alternate,
    answerer.name AS answered_by, (SELECT max(n.at) FROM calls_reminder n WHERE n.row_id = r.id) AS nudged_at,
    (SELECT string_agg(q.name, ', ' ORDER BY x.rank) FROM calls_entitlement x JOIN people_person q ON q.id = x.person_id
     WHERE x.row_id = r.id) AS entitled
FROM calls_rollrow r
LEFT JOIN people_organization o ON o.entry_id = r.organization_id
LEFT JOIN entries_entry e ON e.id = r.organization_id
LEFT JOIN people_person p ON p.id = r.person_id
LEFT JOIN people_person taker ON taker.id = r.taken_by_id
LEFT JOIN calls_answer a ON a.row_id = r.id AND a.ended_at IS NULL
LEFT JOIN people_person answerer ON answerer.id = a.by_id
WHERE r.call_id = %s {{narrowed}} ORDER BY r.is_answered, name, r.id"""  # noqa: S608 - constants
_STEPS = f"SELECT {_STEP} AS step, count(*) FROM calls_rollrow r WHERE r.call_id = %s GROUP BY 1"  # noqa: S608 - the same


def progress_statement(call: Call, step: str = "") -> tuple[str, list[Any]]:
    """Every row of the roll, or those at a step, as SQL: those without an answer first, each with `standing_step`."""
    if step in Standing.ALL:
        return _PROGRESS.format(narrowed=f"AND {_STEP} = %s"), [call.pk, step]
    return _PROGRESS.format(narrowed=""), [call.pk]


def steps_of(call: Call) -> dict[str, int]:
    """How many are at each step."""
    return dict(rows(_STEPS, [call.pk]))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were asked and have answered, heads and weights; by choice where that is not hidden yet."""

    asked: int
    answered: int
    asked_weight: int
    answered_weight: int
    by_choice: dict[str, int]


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
