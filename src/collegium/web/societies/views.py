"""Pages of the council's societies."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.core.access.doors import public, viewer_of
from collegium.core.access.standard import OFFICE
from collegium.core.trail.queries import history

from ..house import sees_people
from ..together import Row
from . import queries, wording
from .forms import SocietiesForm


@public
@require_safe
def societies(request: Any) -> HttpResponse:
    """Who the members are, and whom else the council deals with."""
    viewer = viewer_of(request)
    form = SocietiesForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = queries.societies_page(viewer)
    specialties = sorted({row["specialty"] for row in page["members"] if row["specialty"]})
    form.fields["specialty"].widget.choices = [("", wording.EVERY_SPECIALTY), *((name, name) for name in specialties)]
    shown = [row for row in page["members"] if _fits(row, asked)]
    context = page | {"form": form, "asked": asked, "shown": shown, "letters": _letters(page["members"], asked)}
    return render(request, "web/societies/societies.html", context)


def _fits(row: Row, asked: dict[str, Any]) -> bool:
    return row["initial"] == (asked.get("letter") or row["initial"]).upper() and (
        row["specialty"] == (asked.get("specialty") or row["specialty"])
    )


def _letters(members: list[Row], asked: dict[str, Any]) -> list[Row]:
    chosen = (asked.get("letter") or "").upper()
    letters = [
        {"label": x, "url": f"?letter={x}", "current": x == chosen} for x in sorted({m["initial"] for m in members})
    ]
    return [{"label": wording.ALL, "url": "?", "current": not any(asked.values())}, *letters]


@public
@require_safe
def society(request: Any, slug: str) -> HttpResponse:
    """One organization: what it is, where it stands, and for members who sits in its seats."""
    viewer = viewer_of(request)
    organization = queries.visible_organization(viewer, slug)
    page = queries.society_page(organization, viewer)
    standing = wording.standing(organization, in_full=page["shows_people"])
    context = page | {"society": organization, "standing": standing, "is_team": viewer.is_among(OFFICE)}
    return render(request, "web/societies/society.html", context)


@require_safe
def society_history(request: Any, slug: str) -> HttpResponse:
    """What happened to the organization, as far as the viewer may see."""
    viewer = viewer_of(request)
    organization = queries.visible_organization(viewer, slug)
    if not sees_people(viewer):
        raise Http404
    context = {"society": organization, "events": history(organization.entry, viewer)}
    return render(request, "web/societies/history.html", context)
