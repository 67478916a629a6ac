"""A page of results, and what it can be narrowed by."""

from __future__ import annotations

from typing import Any

from collegium.core.access.queries import visible_parameters, visible_sql
from collegium.core.access.viewers import Viewer
from collegium.core.search.candidates import Narrowing
from collegium.core.search.parsing import Asked
from collegium.core.search.queries import Found, Result, find, results, statements

from ..house import house_lists, sees_people
from ..together import Row, Statement, together

_GROUPS = f"""
SELECT g.entry_id AS id, e.title AS name FROM groups_group g JOIN entries_entry e ON e.id = g.entry_id
WHERE {visible_sql("e.audience_id")} ORDER BY e.title"""  # noqa: S608 - constants

# Who said a thing, and from which function, is for those who may know the people.
_SOCIETIES = f"""
SELECT o.entry_id AS id, e.title AS name FROM people_organization o JOIN entries_entry e ON e.id = o.entry_id
WHERE {visible_sql("e.audience_id")} AND %s::boolean ORDER BY e.title"""  # noqa: S608 - constants

_FUNCTIONS = "SELECT id, name FROM people_function WHERE %s::boolean ORDER BY name"


def suggestions(viewer: Viewer, asked: Asked) -> list[Result]:
    """A few people, groups, societies and topics whose names or titles fit: two queries. Raises TooLong."""
    found = find(viewer, asked, Narrowing(titles=True))
    return results(found.hits, together(**statements(found.hits, viewer)), asked)


def choices(viewer: Viewer) -> dict[str, Statement]:
    """What the viewer can narrow by."""
    seen, knows = visible_parameters(viewer), sees_people(viewer)
    return {
        "of_group": (_GROUPS, seen),
        "of_society": (_SOCIETIES, [*seen, knows]),
        "of_function": (_FUNCTIONS, [knows]),
    }


def search_page(
    viewer: Viewer, asked: Asked | None, narrowing: Narrowing, *, is_alone: bool = False, **how: Any
) -> tuple[Found, list[Result], dict[str, list[Row]]]:
    """What fits, the results of one page, and the lists around them: two queries, one where nothing is asked.

    The lists are the choices to narrow by and those of the house around the page; there are none where the results
    are wanted alone. `how` as `find` takes it. Raises TooLong.
    """
    found = find(viewer, asked, narrowing, **how) if asked else Found()
    around = {} if is_alone else {**house_lists(viewer), **choices(viewer)}
    lists = together(**around, **(statements(found.hits, viewer) if asked else {}))
    shown = results(found.hits, lists, asked) if asked else []
    return found, shown, lists
