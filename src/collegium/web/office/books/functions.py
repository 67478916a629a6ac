"""Functions as the office sees them, and what lists of the office offer to choose from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.people.models import Function, Organization
from collegium.web.together import Statement, together

from .societies import seats_of_function, seats_page

DEPENDENT = (Organization.Kind.SUBSPECIALTY, Organization.Kind.FOUNDATION)

# Groups whose present policy names the function; those open by invitation ask for none.
_GROUPS = """
SELECT g.slug, e.title AS name FROM groups_group g JOIN groups_circle c ON c.id = g.circle_id
JOIN entries_entry e ON e.id = g.entry_id
WHERE f.slug = ANY(c.functions) ORDER BY e.title"""

_GROUPS_OF_ONE = f"""
SELECT g.* FROM people_function f CROSS JOIN LATERAL ({_GROUPS}) AS g WHERE f.id = %s"""  # noqa: S608 - constants

_FUNCTIONS = f"""
SELECT f.id, f.slug, f.name, f.plural, f.short, f.single_holder, seats.held, seats.vacant,
    ARRAY(SELECT named.name FROM ({_GROUPS}) AS named) AS groups
FROM people_function f CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE held) AS held, count(*) FILTER (WHERE NOT held) AS vacant
    FROM (SELECT EXISTS (SELECT FROM people_tenure t WHERE t.seat_id = s.id
        AND t.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date) AS held
        FROM people_seat s JOIN people_organization o ON o.entry_id = s.organization_id
        WHERE s.function_id = f.id) AS each) AS seats
ORDER BY f.name, f.id"""  # noqa: S608 - constants


def functions_statement(at: datetime) -> Statement:
    """Functions by name, with how many of their seats are held at the moment and the groups that admit them."""
    return _FUNCTIONS, [at]


def function_of_page(slug: str) -> Function:
    return get_object_or_404(Function, slug=slug)


def function_page(function: Function, at: datetime) -> dict[str, Any]:
    """Its seats society by society, and the groups that admit it: one question."""
    found = together(rows=seats_of_function(function.pk, at), groups=(_GROUPS_OF_ONE, [function.pk]))
    return seats_page(found["rows"]) | {"groups": found["groups"]}


def all_functions() -> list[Function]:
    return list(Function.objects.all())


def bearers(viewer: Viewer) -> list[Organization]:
    """Organizations that have a standing of their own, to which others can belong."""
    seen = Organization.objects.filter(entry__in=Entry.objects.visible_to(viewer)).exclude(kind__in=DEPENDENT)
    return list(seen.order_by("entry__title"))


def choices(viewer: Viewer) -> dict[str, list[tuple[str, Any]]]:
    """The societies and functions a list of people can be narrowed by: one question."""
    seen = Organization.objects.filter(entry__in=Entry.objects.visible_to(viewer), seats__isnull=False).distinct()
    found = together(
        society=seen.order_by("entry__title").values("slug", "entry__title"),
        function=Function.objects.order_by("name").values("slug", "name"),
    )
    return {name: [tuple(row.values()) for row in rows] for name, rows in found.items()}
