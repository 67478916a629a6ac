"""A roster cut into pages and narrowed to a society."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ..together import Row

PAGE = 100


def page(people: list[Row], society: str, number: int | None) -> dict[str, Any]:
    """`{rows, total, societies, choices, earlier_url, later_url}` of the roster, pages counted from 1."""
    names = {row["society_slug"]: row["society"] for row in people}
    fitting = [row for row in people if society in ("", row["society_slug"])]
    number = max(number or 1, 1)
    rows = fitting[(number - 1) * PAGE : number * PAGE]
    for row in rows:
        row["full_name"] = f"{row['name']}, {row['credentials']}" if row["credentials"] else row["name"]
    kept = {"society": society} if society else {}
    return {
        "rows": rows,
        "total": len({row["person_id"] for row in people}),
        "societies": len(names),
        "choices": [("", _("Every society")), *names.items()],
        "earlier_url": f"?{urlencode(kept | {'page': number - 1})}" if number > 1 else "",
        "later_url": f"?{urlencode(kept | {'page': number + 1})}" if len(fitting) > number * PAGE else "",
    }
