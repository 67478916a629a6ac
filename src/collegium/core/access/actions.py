"""Settling: admissions brought into line with their sources, in the caller's transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction

from .models import Audience, NamedPerson
from .queries import wanted_sql

# Serialises "facts about many" (a standing, a policy) against "facts about one" (a tenure). Both kinds of action
# first change their facts and then settle; whoever settles second waits here and then sees the other's facts.
SETTLING = 0x5E771E

_LOCK_PERSONS = "SELECT id FROM {person} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"

_WRITE_DIFFERENCES = """
WITH wanted AS ({wanted}),
gone AS (
    DELETE FROM access_admission a WHERE a.person_id = ANY(%(persons)s) AND NOT EXISTS (
        SELECT FROM wanted w WHERE w.person_id = a.person_id AND w.audience_id = a.audience_id
        AND w.organization_id IS NOT DISTINCT FROM a.organization_id AND w.reason = a.reason AND w.period = a.period)
)
INSERT INTO access_admission (person_id, audience_id, organization_id, reason, period)
SELECT person_id, audience_id, organization_id, reason, period FROM wanted w WHERE NOT EXISTS (
    SELECT FROM access_admission a WHERE w.person_id = a.person_id AND w.audience_id = a.audience_id
    AND w.organization_id IS NOT DISTINCT FROM a.organization_id AND w.reason = a.reason AND w.period = a.period)
"""


# Persons whose settling waits for the end of a bulk door.
_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


@contextmanager
def settled_together() -> Iterator[None]:
    """For bulk doors: what the actions inside would settle one by one is settled at the end, in one transaction."""
    with transaction.atomic():
        persons: set[int] = set()
        token = _waiting.set(persons)
        try:
            yield
        finally:
            _waiting.reset(token)
        settle(persons)


def settle(persons: Iterable[int]) -> None:
    """Recompute the admissions of these persons; for actions that changed facts about these persons only."""
    ids = sorted(set(persons))
    if not ids:
        return
    _require_transaction()
    if (waiting := _waiting.get()) is not None:
        waiting.update(ids)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SETTLING])
    _write_differences(ids)


def settle_shared(persons: str, parameters: list | None = None) -> None:
    """Recompute for all persons the SQL `persons` selects; for actions that changed a fact shared by many.

    The persons are chosen under an exclusive lock, so nobody who gained a tenure meanwhile is missed.
    """
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SETTLING])
        cursor.execute(persons, parameters or [])
        ids = sorted({row[0] for row in cursor.fetchall()})
    if ids:
        _write_differences(ids)


def settle_everyone() -> None:
    """Recompute all admissions, for bulk doors such as a restore or the demo council."""
    settle_shared(f"SELECT id FROM {_person_table()}")  # noqa: S608 - a name of the house


def keep_admissions_still() -> None:
    """Until the caller's transaction ends nobody's admissions change; what was changing has changed when it returns."""
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SETTLING])


def _write_differences(ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_PERSONS.format(person=_person_table()), [ids])
        cursor.execute(_WRITE_DIFFERENCES.format(wanted=wanted_sql()), {"persons": ids})


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "settle belongs inside the transaction of the action that calls it"
        )


def _person_table() -> str:
    app, model = settings.AUTH_USER_MODEL.lower().split(".")
    return f"{app}_{model}"


def open_named_audience(persons: Iterable[int]) -> Audience:
    """A new audience of exactly these persons."""
    audience = Audience.objects.create(kind="named")
    NamedPerson.objects.bulk_create(
        [NamedPerson(audience=audience, person_id=person) for person in sorted(set(persons))]
    )
    return audience
