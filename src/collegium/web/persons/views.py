"""The directory and the pages of persons; nobody outside the member societies sees either."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.people.models import Person

from .. import cursors
from ..house import sees_people
from . import queries
from .forms import DirectoryForm


@require_safe
def directory(request: Any) -> HttpResponse:
    """Who does what in which society."""
    viewer = viewer_of(request)
    if not sees_people(viewer):
        raise Http404
    form = DirectoryForm(request.GET)
    asked = {field: form.cleaned_data.get(field, "") for field in form.fields} if form.is_valid() else _nothing(form)
    after, before = cursors.number(request.GET.get("after")), cursors.number(request.GET.get("before"))
    page = queries.directory(viewer, **asked, after=after, before=before)
    form.offer(page["societies"], page["functions"])
    context = page | {"form": form, "is_narrowed": any(asked.values()), **_ways_on(page, asked)}
    whole = "web/persons/directory.html"
    return render(request, f"{whole}#people" if _asks_for_rows(request) else whole, context)


def _nothing(form: DirectoryForm) -> dict[str, str]:
    return dict.fromkeys(form.fields, "")


def _asks_for_rows(request: Any) -> bool:
    return bool(request.htmx) and request.htmx.target == "people"


def _ways_on(page: dict[str, Any], asked: dict[str, str]) -> dict[str, str]:
    rows, kept = page["rows"], {field: value for field, value in asked.items() if value}
    earlier = urlencode(kept | {"before": rows[0]["id"]}) if rows and page["has_earlier"] else ""
    later = urlencode(kept | {"after": rows[-1]["id"]}) if rows and page["has_later"] else ""
    return {"earlier_url": f"?{earlier}" if earlier else "", "later_url": f"?{later}" if later else ""}


@require_safe
def person(request: Any, handle: str) -> HttpResponse:
    """One person: seats, expertise, and of the contact fields those meant for the viewer."""
    viewer = viewer_of(request)
    found: Person | None = queries.visible_persons(viewer).filter(handle=handle).first()
    if found is None:
        return _joined_to(handle, viewer)
    page = queries.person_page(found, viewer)
    is_own = found.pk == viewer.person_id
    return render(request, "web/persons/person.html", page | {"person": found, "is_own": is_own})


def _joined_to(handle: str, viewer: Any) -> HttpResponse:
    """On to the account that stayed when two were joined; to whoever does not see it there is no such page."""
    stays = queries.stayed_as(handle, viewer)
    if stays is None:
        raise Http404
    return redirect(stays)
