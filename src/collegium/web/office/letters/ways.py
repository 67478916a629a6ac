"""The way of each letter that came in, newest first: never what it says, nor its subject."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.utils.timezone import get_current_timezone

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.entries.queries import address
from collegium.core.groups.models import Group
from collegium.core.mail.models import Incoming

from ... import cursors
from ...together import Row
from .wording import of_letter

PAGE = 50


def page(
    viewer: Viewer, *, asked: dict[str, Any], before: str | None, place: int | None = None, shows_senders: bool = False
) -> dict[str, Any]:
    """`{rows, older, newest}`: a page of the letters that fit, older than the place `before` in the list.

    A row leads to what became of the letter only if the viewer may see that.
    """
    found = _fitting(asked, place)
    start = cursors.read(before, zone=viewer.at) if before else None
    if start is not None:
        found = found.extra(where=["(received_at, mail_incoming.id) < (%s, %s)"], params=list(start))
    columns = ("pk", "to", "sender", "state", "reason", "received_at", "handled_at", "entry_id", "place_id")
    names = {"person_name": F("person__name"), "handle": F("person__handle")}
    rows: list[Row] = list(found.order_by("-received_at", "-pk").values(*columns, **names)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    kept = {name: str(value) for name, value in asked.items() if value}
    last = {"before": cursors.write(rows[-1]["received_at"], rows[-1]["pk"])} if more else {}
    return {
        "rows": [of_letter(row, shows_senders=shows_senders) for row in _led(rows, viewer)],
        "older": f"?{urlencode(kept | last)}" if more else "",
        "newest": f"?{urlencode(kept)}" if start is not None else "",
    }


def _fitting(asked: dict[str, Any], place: int | None) -> Any:
    found = Incoming.objects.filter(place=place) if place is not None else Incoming.objects.all()
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    if asked.get("group"):
        found = found.filter(place__in=Group.objects.filter(slug=asked["group"]).values("pk"))
    if asked.get("address"):
        found = found.filter(to=asked["address"].lower()) | found.filter(sender=asked["address"].lower())
    if asked.get("day"):
        first = datetime.combine(asked["day"], datetime.min.time(), tzinfo=get_current_timezone())
        found = found.filter(received_at__gte=first, received_at__lt=first + timedelta(days=1))
    return found


def _led(rows: list[Row], viewer: Viewer) -> list[Row]:
    """Each row with its group and the address of what became of its letter, as far as the viewer may see them.

    One question for all.
    """
    wanted = {row[name] for row in rows for name in ("entry_id", "place_id")} - {None}
    seen = Entry.objects.visible_to(viewer).in_bulk(wanted)
    for row in rows:
        entry, place = seen.get(row["entry_id"]), seen.get(row["place_id"])
        row["url"], row["group"] = address(entry) if entry else "", place.title if place else ""
    return rows
