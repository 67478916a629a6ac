"""Who is in a group now, through which society, and who could see what is posted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from collegium.core.access.models import Admission
from collegium.core.access.queries import belonging
from collegium.core.access.statements import prepared_cursor
from collegium.core.access.viewers import Viewer
from collegium.core.people.queries import present_tenures

from ..models import Group, Office

# One row per person and organization through which the circle admits them, with the title they have there.
_ROSTER = """
SELECT DISTINCT ON (society.title, p.name, p.id)
       p.id AS person_id, p.handle, p.name, p.credentials, t.title, t.capacity, f.name AS function,
       society.title AS society, o.slug AS society_slug, o.acronym, o.kind AS society_kind
FROM access_admission a
JOIN people_person p ON p.id = a.person_id
JOIN people_organization o ON o.entry_id = a.organization_id
JOIN entries_entry society ON society.id = o.entry_id
JOIN people_seat s ON s.organization_id = o.entry_id
JOIN people_function f ON f.id = s.function_id
JOIN people_tenure t ON t.seat_id = s.id AND t.person_id = p.id
    AND t.period @> (%(at)s::timestamptz AT TIME ZONE o.time_zone)::date
LEFT JOIN groups_circle c ON c.audience_id = a.audience_id
WHERE a.audience_id = %(audience)s AND a.period @> %(at)s::timestamptz
ORDER BY society.title, p.name, p.id, (f.slug = ANY(COALESCE(c.functions, '{}'))) DESC, t.id
"""


def roster(audience_id: int, at: datetime) -> list[dict[str, Any]]:
    """Who is admitted to the audience now, by society and name."""
    with prepared_cursor() as cursor:
        cursor.execute(_ROSTER, {"audience": audience_id, "at": at})
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


_COUNTS = """
SELECT society.title, o.slug, o.acronym, count(DISTINCT a.person_id) AS persons
FROM access_admission a
JOIN people_organization o ON o.entry_id = a.organization_id
JOIN entries_entry society ON society.id = o.entry_id
WHERE a.audience_id = %s AND a.period @> %s::timestamptz
GROUP BY society.title, o.slug, o.acronym ORDER BY persons DESC, society.title
"""
_ALL = """
SELECT count(DISTINCT person_id) FILTER (WHERE reason <> 'reading'),
    count(DISTINCT person_id) FILTER (WHERE reason = 'reading')
FROM access_admission WHERE audience_id = %s AND period @> %s::timestamptz
"""


def visible_counts(audience_id: int, at: datetime) -> dict[str, Any]:
    """Who could see what is posted now: `{persons, societies: [{name, slug, acronym, persons}], readers}`.

    `readers` are those of the council's team who read for a day without belonging; they are not among the persons.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [audience_id, at])
        names = ("name", "slug", "acronym", "persons")
        societies = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute(_ALL, [audience_id, at])
        persons, readers = cursor.fetchone()
        return {"persons": persons, "societies": societies, "readers": readers}


def groups_of(viewer: Viewer) -> QuerySet[Group]:
    """Groups whose present circle the viewer is in, by name."""
    return Group.objects.filter(circle__audience__in=viewer.own_ids).order_by("entry__title")


def officers_of(groups: Iterable[Group], at: datetime) -> QuerySet[Office]:
    """The officers in force at the moment: tenure lasting, society in standing, confirmed where the group is closed."""
    admitted = Admission.objects.valid(at).filter(
        audience=OuterRef("group__officers_audience"),
        person=OuterRef("tenure__person"),
        organization=OuterRef("tenure__seat__organization"),
    )
    found = Office.objects.filter(Exists(admitted), group__in=list(groups), period__contains=at)
    found = found.filter(tenure__in=present_tenures(at).values("pk")).exclude(group__is_closed=True, confirmed_at=None)
    return found.select_related("tenure__person", "tenure__seat__organization__entry").order_by("role", "pk")


def running(group_id: int | None, at: datetime) -> list[int]:
    """Ids of the persons who run the group at the moment."""
    officers = Group.objects.filter(pk=group_id).values_list("officers_audience", flat=True)
    return belonging(officers.first(), at)
