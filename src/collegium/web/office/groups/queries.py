"""Groups as the office sees them: how they are set, who leads them, what waits; never who is in a closed one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Circle, Group, Office
from collegium.core.groups.models.circles import POLICY_FIELDS
from collegium.core.people.models import Function, Organization, Standing, Tenure
from collegium.core.people.queries import present_tenures
from collegium.web.groups.queries import visible_group

from ...together import Row, Statement, together

_GROUPS = f"""
SELECT g.slug, e.title AS name, g.kind, g.joining, g.is_closed, g.is_new, e.audience_id AS page,
    cardinality(c.functions) AS functions,
    (SELECT count(DISTINCT a.person_id) FROM access_admission a
     WHERE a.audience_id = c.audience_id AND a.period @> %s::timestamptz) AS persons,
    (SELECT count(*) FROM groups_office f WHERE f.group_id = g.entry_id AND f.role <> 'liaison'
     AND upper_inf(f.period)) AS officers,
    EXISTS (SELECT FROM groups_circle w WHERE w.group_id = g.entry_id AND w.opened_at IS NULL) AS is_widening
FROM groups_group g JOIN entries_entry e ON e.id = g.entry_id JOIN groups_circle c ON c.id = g.circle_id
WHERE {visible_sql("e.audience_id")} ORDER BY e.title, g.entry_id"""  # noqa: S608 - constants of the house


def groups_page(viewer: Viewer) -> list[Row]:
    """Every group whose page the team sees, by name, with the numbers of its members and officers."""
    statement: Statement = (_GROUPS, [viewer.at, *visible_parameters(viewer)])
    rows = together(groups=statement)["groups"]
    return [
        row | {"kind_word": Group.Kind(row["kind"]).label, "joining_word": Group.Joining(row["joining"]).label}
        for row in rows
    ]


def group_of(viewer: Viewer, slug: str) -> Group:
    """The group with its entry and present circle; Http404 if it is not there or not to be seen."""
    return visible_group(viewer, slug)


def functions() -> list[tuple[str, str]]:
    """All functions, for choosing among them."""
    return list(Function.objects.order_by("name").values_list("slug", "name"))


def policy_in_words(circle: Circle, names: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Each part of a policy with what it admits, in words."""
    words: dict[str, dict[str, Any]] = {
        "functions": dict(names),
        "capacities": dict(Tenure.Capacity.choices),
        "leaderships": dict(Tenure.Leadership.choices),
        "organization_kinds": dict(Organization.Kind.choices),
        "standings": dict(Standing.Status.choices),
    }
    titles = {field.name: str(getattr(field, "verbose_name", "")) for field in Circle._meta.get_fields()}
    policy = circle.policy
    return [(titles[field], [str(words[field].get(word, word)) for word in policy[field]]) for field in POLICY_FIELDS]


def waiting_circle(group: Group) -> Circle | None:
    """The wider circle that waits for a second person."""
    return Circle.objects.filter(group=group, opened_at=None).select_related("proposed_by").first()


def offices(group: Group) -> list[Office]:
    """Offices that have not ended, confirmed or not, by office and when given."""
    found = Office.objects.filter(group=group, period__upper_inf=True)
    return list(found.select_related("tenure__person", "tenure__seat__organization__entry").order_by("role", "pk"))


def office_of(group: Group, pk: int) -> Office:
    """One of them; Http404 if the group has no such office."""
    found = Office.objects.filter(group=group, pk=pk).select_related("group", "tenure__person").first()
    if found is None:
        raise Http404
    return found


def seats_of(handle: str, at: datetime) -> list[Tenure]:
    """The tenures in force of whoever has this handle."""
    found = present_tenures(at).filter(person__handle=handle, person__closed_at=None)
    return list(found.select_related("person", "seat__organization__entry").order_by("pk"))
