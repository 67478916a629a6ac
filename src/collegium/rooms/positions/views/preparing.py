"""Who leads and drafts a position, whom it touches, and which interests its drafters have."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.core.access.doors import viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.people.queries import member_societies

from .. import actions
from ..forms.positions import CommitteeForm, DrafterForm, InterestsForm, LeadForm, RelationForm, TouchedForm
from ..guards import drafter_of
from ..models import Committee, Position
from ..queries import positions as rows
from ..queries.issues import visible_groups
from ..queries.preparing import draftable_tenures, standing_committees
from ..rules.positions import is_chair, is_team
from .doors import done, see_other, sent, status_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """One page with three forms: who leads, whom it touches, who drafts; the button says which was sent."""
    viewer = viewer_of(request)
    found = _prepared(viewer, pk)
    forms = _forms(request, found, viewer)
    for name, deed in _deeds(found, viewer).items():
        form = forms[f"{name}_form"]
        if form.is_bound and done(form, deed):
            return see_other(request, reverse("positions:people", args=[pk]), _("Done."))
    bad = any(form.is_bound and form.errors for form in forms.values())
    context = {"position": found, "drafters": rows.around(found, viewer).drafters, **forms}
    return render(request, "positions/people.html", context, status=422 if bad else 200)


def _prepared(viewer: Viewer, pk: int) -> Position:
    found = rows.position_for_page(viewer, pk)
    if not is_chair(viewer):
        raise Http404
    return found


def _forms(request: HttpRequest, found: Position, viewer: Viewer) -> dict[str, Any]:
    def of(name: str) -> Any:
        return request.POST if request.method == "POST" and name in request.POST else None

    societies = list(member_societies(viewer.at))
    touched = [str(key) for key in found.touches.values_list("society_id", flat=True)]
    return {
        "lead_form": LeadForm(of("set_lead"), societies=societies, initial={"lead": found.entry.society_id}),
        "touched_form": TouchedForm(of("set_touched"), offered=societies, initial={"societies": touched}),
        "drafter_form": DrafterForm(of("add_drafter"), tenures=draftable_tenures(found, viewer.at)),
    }


def _deeds(found: Position, viewer: Viewer) -> dict[str, Callable[[dict[str, Any]], Any]]:
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    return {
        "lead": lambda values: actions.name_lead(found, lead=values["lead"], **how),
        "touched": lambda values: actions.name_touched(found, societies=values["societies"], **how),
        "drafter": lambda values: actions.name_drafter(found, tenure=values["tenure"], **how),
    }


@require_POST
def release(request: HttpRequest, pk: int, drafter: int) -> HttpResponse:
    """Somebody no longer drafts it."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    row = next((one for one in rows.around(found, viewer).drafters if one.pk == drafter), None)
    if row is None:
        raise Http404
    actions.release_drafter(row, viewer=viewer, at=viewer.at)
    messages.success(request, _("They no longer draft it."))
    name = "positions:people" if is_chair(viewer) else "positions:list"
    return HttpResponseRedirect(reverse(name, args=[pk] if is_chair(viewer) else []), status=303)


@form_page
def interests(request: HttpRequest, pk: int) -> HttpResponse:
    """A drafter declares interests, or changes what was declared."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    drafter = drafter_of(found, viewer)
    if drafter is None:
        raise Http404
    choice = {True: InterestsForm.SOME, False: InterestsForm.NONE, None: ""}[drafter.has_interests]
    form = InterestsForm(sent(request), initial={"has_interests": choice, "words": drafter.interests})
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.declare_interests(drafter, **values, **how)):
        return see_other(request, found.get_absolute_url(), _("Your interests are declared."))
    context = {"position": found, "form": form}
    return render(request, "positions/interests.html", context, status=status_of(form))


@form_page
def relation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which position this one replaces."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    if not is_team(viewer) or found.adopted_id is None:
        raise Http404
    form = RelationForm(sent(request), positions=rows.other_positions(viewer, but=found.pk))
    if form.is_bound and done(form, lambda values: _replace(found, values["target"], viewer)):
        return see_other(request, found.get_absolute_url(), _("It says now which one it replaces."))
    context = {"position": found, "form": form}
    return render(request, "positions/relation.html", context, status=status_of(form))


@form_page
def committees(request: HttpRequest) -> HttpResponse:
    """Which groups do a part of the work beside the council's team; the form that was sent says which part."""
    viewer = viewer_of(request)
    if not is_team(viewer):
        raise Http404
    groups, named = visible_groups(viewer), standing_committees()
    forms = []
    for role, label in Committee.Role.choices:
        mine = request.POST if request.method == "POST" and request.POST.get("role") == role else None
        present = named.get(role)
        initial = {"role": role, "group": present.group_id if present else None}
        form = CommitteeForm(mine, groups=groups, initial=initial, auto_id=f"{role}-%s")
        if form.is_bound and done(form, partial(_name_committee, present, viewer)):
            return see_other(request, reverse("positions:committees"), _("Done."))
        forms.append((label, form))
    bad = any(form.is_bound and form.errors for _label, form in forms) or (request.method == "POST")
    return render(request, "positions/committees.html", {"forms": forms}, status=422 if bad else 200)


def _name_committee(present: Committee | None, viewer: Viewer, values: dict[str, Any]) -> None:
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if values["group"] is not None:
        actions.name_committee(values["group"], role=values["role"], **how)
    elif present is not None:
        actions.end_committee(present, **how)


def _replace(found: Position, target: Position, viewer: Viewer) -> Any:
    return actions.replace_position(found, target=target, viewer=viewer, at=viewer.at)
