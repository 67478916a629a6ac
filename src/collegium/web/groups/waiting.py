"""What waits at a group's door for those who answer for it."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Application, Circle, Group, Membership, Office
from collegium.core.groups.queries.criteria import criteria, standing_of
from collegium.core.groups.queries.waiting import unconfirmed, unconfirmed_tenures, waiting_requests

from ..together import Row, moments
from .queries import runs

CHAIRS = (Office.Role.CHAIR, Office.Role.VICE_CHAIR)


def _who(tenure: str) -> dict[str, Any]:
    """Columns that name the holder of a tenure at the end of a path."""
    return {
        "holder_id": F(f"{tenure}person"),
        "name": F(f"{tenure}person__name"),
        "credentials": F(f"{tenure}person__credentials"),
        "handle": F(f"{tenure}person__handle"),
        "holds": F(f"{tenure}title"),
        "society": F(f"{tenure}seat__organization__entry__title"),
    }


def _claim(viewer: Viewer) -> dict[str, Any]:
    """Columns that the criteria of the group's policy are judged by."""
    return {
        "function": F("tenure__seat__function__slug"),
        "function_name": F("tenure__seat__function__name"),
        "capacity": F("tenure__capacity"),
        "leadership": F("tenure__leadership"),
        "organization_kind": F("tenure__seat__organization__kind"),
        "standing": standing_of('"people_organization"."entry_id"', viewer.at),
    }


def waiting_lists(group: Group, viewer: Viewer) -> dict[str, Any]:
    """Lists for `together`; none for those who do not run the group."""
    if not runs(viewer, group):
        return {}
    asking = waiting_requests(group, viewer.at).values("id", "note", "asked_at", **_who("tenure__"), **_claim(viewer))
    lists: dict[str, Any] = {"asking": asking}
    if viewer.is_among(OFFICE):
        lists["applying"] = group.applications.filter(state__in=Application.OPEN).values("id")
    if not group.is_closed:
        return lists
    members = unconfirmed(Membership, group)
    return lists | {
        "holders": unconfirmed_tenures(group, viewer.at).values("id", "recorded_by_id", **_who("")),
        "invited": members.filter(seat=None).values("id", "given_by_id", **_who("tenure__")),
        "joining": members.filter(tenure=None).values(
            "id", "given_by_id", function=F("seat__function__name"), society=F("seat__organization__entry__title")
        ),
        "named": unconfirmed(Office, group).values("id", "role", "given_by_id", **_who("tenure__")),
        "wider": Circle.objects.filter(group=group, opened_at=None).values(
            "id", "number", "proposed_by_id", "functions"
        ),
    }


def waiting(group: Group, viewer: Viewer, found: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """`{requests, confirmations, applying}` out of the lists; each confirmation says whether the viewer may give it."""
    may = viewer.is_among(OFFICE) or _chairs(viewer, found.get("officers", []))
    confirmations = [
        *(_confirmation("tenure", row, "recorded_by_id", viewer, may) for row in found.get("holders", [])),
        *(_confirmation("member", row, "given_by_id", viewer, may) for row in found.get("invited", [])),
        *(_confirmation("member", row, "given_by_id", viewer, may) for row in found.get("joining", [])),
        *(_confirmation("officer", row, "given_by_id", viewer, may) for row in found.get("named", [])),
        *(_confirmation("circle", row, "proposed_by_id", viewer, may) for row in found.get("wider", [])),
    ]
    requests = moments(found.get("asking", []), "asked_at")
    for row in requests:
        row["is_own"] = row["holder_id"] == viewer.person_id
        claim = row | {"kind": row["organization_kind"], "is_confirmed": True}
        row["criteria"] = criteria(group.circle.policy, claim) if group.circle else []
    return {"requests": requests, "confirmations": confirmations, "applying": found.get("applying", [])}


def _chairs(viewer: Viewer, officers: list[Row]) -> bool:
    return any(row["person_id"] == viewer.person_id and row["role"] in CHAIRS for row in officers)


def _confirmation(kind: str, row: Row, first: str, viewer: Viewer, may: bool) -> Row:
    """Not for the one who did the first half, nor for whoever gains by it; the action asks again."""
    concerned = viewer.person_id in (row[first], row.get("holder_id"))
    role = Office.Role(row["role"]).label if "role" in row else ""
    may_withdraw = may and kind == "circle"
    return row | {"kind": kind, "role": role, "may_confirm": may and not concerned, "may_withdraw": may_withdraw}
