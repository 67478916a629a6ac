"""Whom moving a topic would newly let in, and where a viewer could take it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from collegium.core.access.models import NamedPerson
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group

from ..models import Continuation, Topic


class Newcomers(NamedTuple):
    """Those a move would let in who are not in now, or would let them in for longer; numbers only."""

    persons: int
    societies: int


# Somebody's periods in an audience may have gaps and overlap, hence multiranges; what is past no longer counts.
_NEW = """
WITH coming AS (
    SELECT person_id, min(organization_id) AS organization_id, range_agg(period * tstzrange(%(at)s, NULL)) AS periods
    FROM access_admission WHERE audience_id = %(to)s AND period && tstzrange(%(at)s, NULL) GROUP BY person_id
), present AS (
    SELECT person_id, range_agg(period) AS periods FROM access_admission WHERE audience_id = %(now)s GROUP BY person_id
)
SELECT count(*), count(DISTINCT c.organization_id) FROM coming c LEFT JOIN present p USING (person_id)
WHERE NOT c.periods <@ COALESCE(p.periods, '{}'::tstzmultirange)"""


def let_in_by(topic: Topic, audience_id: int, at: datetime) -> Newcomers:
    """Whom the audience admits, now or at a time already known, when the topic's present audience does not."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW, {"to": audience_id, "now": topic.entry.audience_id, "at": at})
        persons, societies = cursor.fetchone()
    named = NamedPerson.objects.filter(audience=audience_id).count()
    return Newcomers(persons + named, societies)


def places_for(topic: Topic, viewer: Viewer) -> list[dict[str, Any]]:
    """Where the viewer is and the topic is not: `{id, audience_id, group, is_officers}` each, by name."""
    present = topic.entry.audience_id
    groups = Group.objects.filter(circle__audience__in=viewer.own_ids).select_related("circle", "entry")
    found = []
    for group in groups.order_by("entry__title", "pk"):
        assert group.circle is not None  # the filter has seen to it
        audiences = [(group.circle.audience_id, False)]
        if viewer.is_among(group.officers_audience_id):
            audiences.append((group.officers_audience_id, True))
        found += [
            {"id": pk, "group": group, "is_officers": is_officers} for pk, is_officers in audiences if pk != present
        ]
    return found


def proposals() -> Any:
    """Proposals to continue elsewhere with all that their page names, to be narrowed to what a viewer sees."""
    return Continuation.objects.select_related(
        "topic__entry", "topic__group__entry", "to_group__entry", "author", "proposed_by"
    )
