"""Undertakings as their pages show them."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Acceptance, UndertakingVersion
from collegium.core.groups.queries import asked_of, newest_versions
from collegium.core.people.queries import present_tenures
from collegium.design.wordings import compared

LARGEST = 2**31 - 1


def list_page(viewer: Viewer) -> dict[str, Any]:
    """`{asked, texts}`: what one's groups need of the viewer, and every undertaking with its newest version."""
    return {
        "asked": [row for row in asked_of(viewer.person_id, viewer.at) if not row["is_accepted"]],
        "texts": newest_versions(),
    }


def version_of(slug: str, number: int | None = None) -> UndertakingVersion:
    """The newest version of an undertaking, or the one of this number; Http404 if there is none."""
    found = UndertakingVersion.objects.filter(undertaking__slug=slug).select_related("undertaking__entry")
    if number is not None:
        found = found.filter(number=number) if number <= LARGEST else found.none()
    version = found.order_by("-number").first()
    if version is None:
        raise Http404
    return version


def version_page(version: UndertakingVersion, viewer: Viewer) -> dict[str, Any]:
    """`{version, versions, is_newest, is_accepted, accepted, before, changes, seats, asked}`."""
    versions = list(version.undertaking.versions.defer("text", "html"))
    mine = _acceptances(viewer, version)
    seats = list(present_tenures(viewer.at).filter(person=viewer.person_id).order_by("pk")) if viewer.person else []
    present = {seat.pk for seat in seats}
    here = {row.tenure_id for row in mine if row.version_id == version.pk}
    before = _before(version, mine, present)
    asked = asked_of(viewer.person_id, viewer.at)
    return {
        "version": version,
        "versions": versions,
        "newest": versions[0],
        "is_newest": versions[0].pk == version.pk,
        "is_accepted": bool(seats) and present <= here,
        "accepted": [row for row in mine if row.version_id == version.pk],
        "before": before,
        "changes": compared(before.text, version.text) if before else "",
        "seats": seats,
        "asked": [row for row in asked if row["undertaking_id"] == version.undertaking_id and not row["is_accepted"]],
    }


def _acceptances(viewer: Viewer, version: UndertakingVersion) -> list[Acceptance]:
    """The viewer's own, of any version of it, newest first."""
    if viewer.person is None:
        return []
    rows = Acceptance.objects.filter(version__undertaking=version.undertaking_id, tenure__person=viewer.person)
    rows = rows.select_related("version", "tenure__seat__organization__entry")
    return list(rows.order_by("-version__number", "pk"))


def _before(version: UndertakingVersion, mine: list[Acceptance], present: set[int]) -> UndertakingVersion | None:
    """What to compare with: the version one is bound to, or else the one before."""
    accepted = [row.version for row in mine if row.version.number < version.number and row.tenure_id in present]
    if accepted:
        return accepted[0]
    return version.undertaking.versions.filter(number=version.number - 1).first()


def own_page(viewer: Viewer) -> dict[str, Any]:
    """`{asked, accepted}`: what groups need of the viewer, and every acceptance, the newest first."""
    own = Acceptance.objects.filter(tenure__person=viewer.person).order_by("-at", "-pk")
    accepted = list(own.select_related("version__undertaking__entry", "tenure__seat__organization__entry"))
    present = set(present_tenures(viewer.at).filter(person=viewer.person_id).values_list("pk", flat=True))
    later: set[tuple[int, int]] = set()
    rows = []
    for row in accepted:
        # In a seat the newest text one accepted binds; it took the place of those before.
        what = (row.version.undertaking_id, row.tenure_id)
        rows.append({"acceptance": row, "is_replaced": what in later, "binds": row.tenure_id in present})
        later.add(what)
    return {"asked": asked_of(viewer.person_id, viewer.at), "accepted": rows}
