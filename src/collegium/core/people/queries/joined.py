"""Joinings that wait, and whether joined accounts are as they must be."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from ..models import Joining, Person
from ..models.joinings import LASTS

_MOST = 20

# What a joined account must not have, and by which column it would have it.
_HOLDS = (
    ("a tenure", "people_tenure", "person_id"),
    ("an address", "account_emailaddress", "user_id"),
    ("a session", "usersessions_usersession", "user_id"),
    ("a second step", "mfa_authenticator", "user_id"),
    ("an admission", "access_admission", "person_id"),
    ("a follow", "notices_follow", "person_id"),
)

_CHAINS = """
SELECT p.handle FROM people_person p JOIN people_person q ON q.id = p.merged_into_id
WHERE q.merged_into_id IS NOT NULL ORDER BY p.id LIMIT %s"""


def joinings_of(person: Person, at: datetime) -> QuerySet[Joining]:
    """Those that wait to join another account to the person's, the newest first."""
    return _waiting(at).filter(stays=person)


def open_joinings(person: Person, at: datetime) -> QuerySet[Joining]:
    """Those the council's team began, whichever side of it the person is."""
    return _waiting(at).filter(Q(stays=person) | Q(other=person)).exclude(reason="")


def _waiting(at: datetime) -> QuerySet[Joining]:
    rows = Joining.objects.filter(state=Joining.State.OPEN, begun_at__gt=at - LASTS)
    return rows.select_related("stays", "other", "begun_by").order_by("-begun_at", "-pk")


def unsound_joined() -> Iterator[str]:
    """A sentence for each joined account that still holds something of its own, or leads to one that was joined too."""
    for what, table, column in _HOLDS:
        sql = f"""SELECT DISTINCT p.handle FROM people_person p JOIN {table} x ON x.{column} = p.id
            WHERE p.merged_into_id IS NOT NULL ORDER BY 1 LIMIT %s"""  # noqa: S608 - constants
        for handle in _handles(sql):
            yield f"{handle} was joined to another account and still holds {what}"
    for handle in _handles(_CHAINS):
        yield f"{handle} was joined to an account that was joined to a third"


def _handles(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_MOST])
        return [row[0] for row in cursor.fetchall()]
