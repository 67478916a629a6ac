"""The archive of a group's mailing list: what came in, whose letters they are, and the decision to open it."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.files.zipping import zipped
from collegium.core.groups.models import Group
from collegium.core.groups.queries import visible_counts

from . import actions, queries, rules
from .forms import OpeningForm
from .giving import files_of_group, name_for
from .models import Archive
from .queries import SHOWN


@require_safe
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is: to officers how it came in too, to everybody else what was opened to them."""
    viewer = viewer_of(request)
    group, archives = queries.group_with_archives(viewer, slug)
    context = {
        "group": group,
        "archives": archives,
        "is_officer": rules.runs(viewer, group),
        "claimable": queries.claimable(group, viewer),
    }
    if context["is_officer"]:
        context |= {"intakes": queries.intakes_of(archives), "reasons": queries.reasons_of(archives)}
    return render(request, "archives/archive.html", context)


def _for_officers(request: HttpRequest, slug: str) -> tuple[Viewer, Group, list[Archive]]:
    """How it came in is for those who bring it in; for everybody else there is no such page."""
    viewer = viewer_of(request)
    group, archives = queries.group_with_archives(viewer, slug)
    if not rules.runs(viewer, group):
        raise Http404
    return viewer, group, archives


@require_safe
def left_out(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters that became no posts, and why."""
    _viewer, group, archives = _for_officers(request, slug)
    letters = queries.left_out_of(archives)
    context = {"group": group, "letters": letters[:SHOWN], "has_more": len(letters) > SHOWN, "shown": SHOWN}
    return render(request, "archives/left_out.html", context)


@require_safe
def authors(request: HttpRequest, slug: str) -> HttpResponse:
    """Who wrote to the list, and whose account that is, if it is known."""
    _viewer, group, archives = _for_officers(request, slug)
    found = queries.authors_of(archives)
    context = {"group": group, "authors": found[:SHOWN], "has_more": len(found) > SHOWN, "shown": SHOWN}
    return render(request, "archives/authors.html", context)


@require_POST
def claim(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """These letters are mine."""
    viewer = viewer_of(request)
    group, _archives = queries.group_with_archives(viewer, slug)
    author = next((one for one in queries.claimable(group, viewer) if one.pk == pk), None)
    if author is None:
        raise Http404
    actions.claim_letters(author, viewer=viewer, at=viewer.at)
    messages.success(request, _("These letters lead to your page from now on."))
    return _back(group)


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """Who would read it, and the decision that lets them."""
    viewer, group, archives = _for_officers(request, slug)
    sealed = next((one for one in archives if one.is_sealed), None)
    if sealed is None:
        raise Http404
    form = OpeningForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _opened(sealed, form, viewer):
        messages.success(request, _("The archive is opened. Its topics follow within some minutes."))
        return _back(group)
    context = {"group": group, "archive": sealed, "form": form, "audience": _audience(group, viewer)}
    return render(request, "archives/opening.html", context, status=422 if form.errors else 200)


@require_POST
def export(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """All that was said in the group, for an officer who has lately shown who they are; made while it is sent."""
    viewer, group, _archives = _for_officers(request, slug)
    raise_if_reauthentication_required(request, app="allauth.account")
    actions.export_group(group, viewer=viewer, at=viewer.at)
    chunks = zipped(files_of_group(group, viewer.at), viewer.at)
    answer = StreamingHttpResponse(chunks, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name_for(group, viewer.at)}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _opened(sealed: Archive, form: OpeningForm, viewer: Viewer) -> bool:
    try:
        actions.open_archive(sealed, words=form.cleaned_data["words"], viewer=viewer, at=viewer.at)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    return True


def _audience(group: Group, viewer: Viewer) -> dict[str, Any]:
    """Who is in the group's circle at the moment, counted by society."""
    found = visible_counts(group.circle.audience_id if group.circle else 0, viewer.at)
    societies = [(society["name"], society["persons"]) for society in found["societies"]]
    people = ngettext("%(count)s person", "%(count)s people", found["persons"]) % {"count": found["persons"]}
    places = ngettext("%(count)s society", "%(count)s societies", len(societies)) % {"count": len(societies)}
    return {"societies": societies, "sentence": _("%(people)s of %(places)s") % {"people": people, "places": places}}


def _back(group: Group) -> HttpResponse:
    return HttpResponseRedirect(reverse("archives:archive", args=[group.slug]), status=303)
