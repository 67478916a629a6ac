"""What is asked of a society: each room tells the desk of its own in its `apps.py`.

`desk_lines.register("calls.open", "….lines.open_calls")`: a function of the society and the viewer, who keeps its desk,
giving a list of lines.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NotRequired, TypedDict

from collegium.core.access.registry import Registry
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Organization


class Ask(TypedDict):
    """Something asked of the society: by when (None where no day is set), how far it is, and where one does it.

    `state` is a kind and a word of the component `state`: `("open", _("Not begun"))`.
    """

    label: str
    due_at: datetime | None
    state: tuple[str, Any]
    url: str
    note: NotRequired[str]


desk_lines = Registry("line of the desk")


def asked_of(society: Organization, viewer: Viewer) -> list[Ask]:
    """All that is asked: what is due first comes first, what has no day last."""
    found = [line for of_one in desk_lines.all() for line in of_one(society, viewer)]
    return sorted(found, key=lambda line: (line["due_at"] is None, line["due_at"] or viewer.at))
