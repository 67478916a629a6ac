"""Whom a policy admits, whether or not they have joined."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from collegium.core.access.queries import EVERYONE, with_grounds
from collegium.core.people.models import Tenure

from ..models import Circle, Group
from ..sources import ADMITTED

_ELIGIBLE = "SELECT tenure_id FROM eligible WHERE circle_id = %s AND period && tstzrange(%s, %s, '[]')"


def eligible_tenures(
    group: Group, at: datetime, *, person_id: int | None = None, or_later: bool = False
) -> QuerySet[Tenure]:
    """Tenures the group's present circle would admit at the moment, of everyone or of one person.

    With `or_later` also those it will admit when they begin.
    """
    parameters: list[Any] = [group.circle_id, at, None if or_later else at]
    grounds = with_grounds("tenures", "standings", "eligible", among=EVERYONE if person_id is None else "= %s")
    if person_id is not None:
        parameters.insert(0, person_id)
    admitted = RawSQL(f"{grounds} {_ELIGIBLE}", parameters)  # noqa: S611 - composed of constants, with parameters
    found = Tenure.objects.filter(pk__in=admitted)
    return found.select_related("person", "seat__function", "seat__organization__entry").order_by("pk")


_PERSONS = f"""
SELECT DISTINCT person_id FROM ({ADMITTED}) AS a
WHERE circle_id = %s AND period @> %s::timestamptz"""  # noqa: S608 - constants of the house


def eligible_persons(circle: Circle, at: datetime) -> set[int]:
    """Ids of the persons the policy of a circle admits at the moment, also while the circle waits to be opened."""
    with connection.cursor() as cursor:
        cursor.execute(f"{with_grounds('tenures', 'standings')} {_PERSONS}", [circle.pk, at])
        return {row[0] for row in cursor.fetchall()}
