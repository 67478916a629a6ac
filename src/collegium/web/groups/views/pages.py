"""Pages of groups: the list, one group, its roster, its history, its charter."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.core.access.doors import public, viewer_of
from collegium.core.groups.queries import roster as roster_of
from collegium.core.trail.queries import history

from ... import cursors
from ...house import sees_people
from .. import queries, rosters
from ..forms import CharterForm, RosterForm
from .page import draw_group


@public
@require_safe
def groups(request: Any) -> HttpResponse:
    """Every group whose page one sees, one's own first."""
    viewer = viewer_of(request)
    return render(request, "web/groups/groups.html", queries.groups_page(viewer))


@public
@require_safe
def group(request: Any, slug: str) -> HttpResponse:
    """What the group is for and who may join; for those who are in, its topics."""
    return draw_group(request, queries.visible_group(viewer_of(request), slug))


@require_safe
def roster(request: Any, slug: str) -> HttpResponse:
    """Who is in the group, by society; for those who are in it."""
    viewer = viewer_of(request)
    found = queries.visible_group(viewer, slug)
    if found.circle is None or not queries.reads(viewer, found):
        raise Http404
    form = RosterForm(request.GET)
    society = form.cleaned_data["society"] if form.is_valid() else ""
    page = rosters.page(
        roster_of(found.circle.audience_id, viewer.at), society, cursors.number(request.GET.get("page"))
    )
    field: Any = form.fields["society"]
    field.widget.choices = page["choices"]
    whole = "web/groups/roster.html"
    asks_for_rows = bool(request.htmx) and request.htmx.target == "people"
    return render(request, f"{whole}#people" if asks_for_rows else whole, page | {"group": found, "form": form})


@require_safe
def group_history(request: Any, slug: str) -> HttpResponse:
    """What happened to the group, as far as the viewer may see."""
    viewer = viewer_of(request)
    found = queries.visible_group(viewer, slug)
    if not sees_people(viewer):
        raise Http404
    return render(request, "web/groups/history.html", {"group": found, "events": history(found.entry, viewer)})


@public
@require_safe
def charter(request: Any, slug: str) -> HttpResponse:
    """The charter in force, or the version asked for; and a form for those who may put another in force."""
    viewer = viewer_of(request)
    return draw_charter(request, queries.visible_group(viewer, slug))


def draw_charter(request: Any, found: Any, *, form: CharterForm | None = None, status: int = 200) -> HttpResponse:
    """The page of the charter; `form` is one that was refused."""
    versions = list(found.charters.all())
    wanted = cursors.number(request.GET.get("version"))
    shown = next((row for row in versions if wanted in (None, row.version)), None)
    may_adopt = queries.runs(viewer_of(request), found)
    if (wanted is not None and shown is None) or not (versions or may_adopt):
        raise Http404
    form = form or CharterForm(initial={"text": shown.text if shown else ""})
    context = {"group": found, "charter": shown, "versions": versions, "form": form, "may_adopt": may_adopt}
    return render(request, "web/groups/charter.html", context, status=status)
