"""Taking the roll as of the opening, ruling on it afterwards, and noting who has seen a call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from collegium.core.people.sources import STANDINGS
from collegium.core.trail import actions as trail

from .. import events
from ..models import Call, RollRow, Ruling
from ..queries.able import able_parameters, able_sql
from ..queries.rolls import Roll, roll_hash
from ..rules import check_rule_on
from .calls import announce_call, write_state
from .locking import lock_call, lock_row

# Standings as of the opening, each by the day it was where the organization carries it.
_IN_STANDING = f"""
SELECT s.organization_id, s.status FROM ({STANDINGS}) AS s
WHERE s.kind = ANY(%(kinds)s) AND s.status = ANY(%(standings)s) AND s.period @> %(at)s::timestamptz
AND (cardinality(%(only)s::bigint[]) = 0 OR s.organization_id = ANY(%(only)s::bigint[]))
AND s.organization_id <> ALL(%(but)s::bigint[])"""  # noqa: S608 - constants

_OF_SOCIETIES = f"""
INSERT INTO calls_rollrow (call_id, organization_id, standing, weight, is_answered)
SELECT %(call)s, s.organization_id, s.status,
    COALESCE((%(weights)s::jsonb ->> s.organization_id::text)::integer, 1), false
FROM ({_IN_STANDING}) AS s {{where}} ORDER BY s.organization_id"""  # noqa: S608 - constants
_IN_BODY = """WHERE EXISTS (SELECT FROM access_admission a WHERE a.audience_id = %(circle)s
    AND a.organization_id = s.organization_id AND a.period @> %(at)s::timestamptz AND a.reason <> 'reading')"""
_OF_MEMBERS = """
INSERT INTO calls_rollrow (call_id, person_id, standing, weight, is_answered)
SELECT DISTINCT %(call)s::bigint, a.person_id, '', 1, false
FROM access_admission a JOIN people_person p ON p.id = a.person_id AND p.closed_at IS NULL
WHERE a.audience_id = %(circle)s AND a.period @> %(at)s::timestamptz AND a.reason <> 'reading'
AND NOT EXISTS (SELECT FROM people_organization o WHERE o.entry_id = a.organization_id AND o.kind = 'council')
ORDER BY a.person_id"""

_ENTITLE = """
INSERT INTO calls_entitlement (row_id, person_id, tenure_id, rank)
SELECT row_id, person_id, tenure_id,
    row_number() OVER (PARTITION BY row_id ORDER BY is_alternate, position, person_id) - 1
FROM ({able}) AS able"""


@transaction.atomic
def open_call(call: Call, *, at: datetime) -> Call:
    """Take the roll as of the opening, whoever first needs it; a second time changes nothing.

    Standings, seats, mandates and memberships are read by their dates as of `opens_at`, so it does not matter how late
    anybody comes.
    """
    locked = lock_call(call.pk)
    if locked.opened_at is not None or locked.is_over or locked.announced_at is None or at < locked.opens_at:
        return locked
    _take_roll(locked)
    locked.opened_at, locked.roll_hash = at, roll_hash(locked)
    locked.save(update_fields=["opened_at", "roll_hash"])
    write_state(locked, Call.State.OPEN, at)
    locked.kind_of.opened(locked, at)
    facts = {"roll": locked.roll_hash, "rows": RollRow.objects.filter(call=locked).count()}
    trail.record(events.CALL_OPENED, on=locked, by=None, at=at, facts=facts)
    return locked


@transaction.atomic
def open_at_once(call: Call, *, by: Any, at: datetime) -> Call:
    """Announce a call whose window begins now, and take its roll."""
    return open_call(announce_call(call, by=by, at=at), at=at)


def _take_roll(call: Call) -> None:
    """In two statements, whatever the number of societies."""
    roll = Roll.of(call)
    told: dict[str, Any] = {
        "call": call.pk,
        "at": call.opens_at,
        "kinds": list(roll.kinds),
        "standings": list(roll.standings),
        "only": list(roll.only),
        "but": list(roll.but),
        "weights": Jsonb({str(key): value for key, value in roll.weights.items()}),
    }
    if call.group is not None and call.group.circle is not None:
        told["circle"] = call.group.circle.audience_id
    statements = {
        Call.Addressed.SOCIETIES: _OF_SOCIETIES.format(where=""),
        Call.Addressed.BODY: _OF_SOCIETIES.format(where=_IN_BODY),
        Call.Addressed.MEMBERS: _OF_MEMBERS,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements[Call.Addressed(call.addressed)], told)
        cursor.execute(_ENTITLE.format(able=able_sql(call)), able_parameters(call, call.opens_at))


@transaction.atomic
def rule_on(row: RollRow, *, kind: str, reason: str, by: Any, at: datetime) -> Ruling:
    """Decide on a change to the roll after it was taken; the roll's hash stays, the ruling stands beside it."""
    call = lock_call(row.call_id)
    locked = lock_row(call, row.pk)
    check_rule_on(locked, kind, reason)
    call.kind_of.check_ruling(call, locked, kind)
    if kind != Ruling.Kind.STAND:
        locked.struck_at = at if kind == Ruling.Kind.STRIKE else None
        locked.save(update_fields=["struck_at"])
    ruling = Ruling.objects.create(row=locked, kind=kind, reason=reason.strip(), by=by, at=at)
    facts = {"ruling": kind, "row": locked.pk}
    trail.record(events.ROLL_RULED, on=ruling, by=by, acting_for=locked.organization, at=at, facts=facts)
    return ruling


def mark_seen(row: RollRow, *, at: datetime) -> None:
    """Somebody who may answer has opened the call; the first time counts."""
    RollRow.objects.filter(pk=row.pk, seen_at=None).update(seen_at=at)
