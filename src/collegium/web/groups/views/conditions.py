"""What a group asks of those who read it, who is kept out for a time, and who of the team looks in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.models import Group, Need, Reading, Suspension

from .. import queries
from ..conditions import conditions_page, end_of, free_undertakings, undertaking_of
from ..forms import NeedForm, ReadingForm, SuspensionForm
from .deeds import attempt


def _group_of(request: Any, slug: str) -> tuple[Viewer, Group]:
    """For those who run the group; to everybody else the page is unknown."""
    viewer: Viewer = request.viewer
    group = queries.visible_group(viewer, slug)
    if not queries.runs(viewer, group):
        raise Http404
    return viewer, group


@require_safe
def conditions(request: Any, slug: str) -> HttpResponse:
    """What the group asks, who is suspended, who reads along."""
    viewer, group = _group_of(request, slug)
    return _draw(request, viewer, group)


def _draw(request: Any, viewer: Viewer, group: Group, *, status: int = 200, **refused: Form) -> HttpResponse:
    free = free_undertakings(group, viewer.at)
    forms = {
        "need": NeedForm(free=free, auto_id="need-%s"),
        "suspension": SuspensionForm(auto_id="suspension-%s"),
        "reading": ReadingForm(auto_id="reading-%s"),
    }
    context = conditions_page(group, viewer) | {"forms": forms | refused, "is_free": bool(free)}
    return render(request, "web/groups/conditions.html", context, status=status)


def _back(request: Any, group: Group, told: str, anchor: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(f"{reverse('groups:conditions', args=[group.slug])}#{anchor}", status=303)


@require_POST
def begin_need(request: Any, slug: str) -> HttpResponse:
    """Let the group be read only by those who undertake something."""
    viewer, group = _group_of(request, slug)
    form = NeedForm(request.POST, free=free_undertakings(group, viewer.at), auto_id="need-%s")

    def deed() -> None:
        undertaking = undertaking_of(form.cleaned_data["undertaking"])
        days = form.cleaned_data["grace_days"]
        actions.begin_need(group, undertaking=undertaking, viewer=viewer, at=viewer.at, grace_days=days)

    if attempt(form, deed):
        return _back(request, group, _("The group needs it from now on; its members are told."), "undertakings")
    return _draw(request, viewer, group, status=422, need=form)


@require_POST
def end_need(request: Any, slug: str, pk: int) -> HttpResponse:
    """Let the group be read without it again."""
    viewer, group = _group_of(request, slug)
    actions.end_need(get_object_or_404(Need, group=group, pk=pk), viewer=viewer, at=viewer.at)
    return _back(request, group, _("The group no longer needs it."), "undertakings")


@require_POST
def suspend(request: Any, slug: str) -> HttpResponse:
    """Keep a member out until a day, with a reason."""
    viewer, group = _group_of(request, slug)
    form = SuspensionForm(request.POST, auto_id="suspension-%s")

    def deed() -> None:
        told = form.cleaned_data
        until = end_of(told["last_day"])
        person, reason = told["handle"], told["reason"]
        actions.suspend_person(group, person=person, until=until, reason=reason, viewer=viewer, at=viewer.at)

    if attempt(form, deed):
        return _back(request, group, _("Suspended; the person is told why and until when."), "suspensions")
    return _draw(request, viewer, group, status=422, suspension=form)


@require_POST
def lift(request: Any, slug: str, pk: int) -> HttpResponse:
    """End a suspension early."""
    viewer, group = _group_of(request, slug)
    actions.lift_suspension(get_object_or_404(Suspension, group=group, pk=pk), viewer=viewer, at=viewer.at)
    return _back(request, group, _("Lifted; the person is told."), "suspensions")


@require_POST
def ask_to_read(request: Any, slug: str) -> HttpResponse:
    """Ask to read for the council's team."""
    viewer, group = _group_of(request, slug)
    form = ReadingForm(request.POST, auto_id="reading-%s")
    deed = lambda: actions.ask_to_read(group, reason=form.cleaned_data["reason"], viewer=viewer, at=viewer.at)  # noqa: E731 - one deed, tried once
    if attempt(form, deed):
        return _back(request, group, _("Asked. A second person has to confirm it."), "readings")
    return _draw(request, viewer, group, status=422, reading=form)


@require_POST
def confirm_reading(request: Any, slug: str, pk: int) -> HttpResponse:
    """Let the reader in for a day."""
    viewer, group = _group_of(request, slug)
    actions.confirm_reading(get_object_or_404(Reading, group=group, pk=pk), viewer=viewer, at=viewer.at)
    return _back(request, group, _("Confirmed for 24 hours; the members are told."), "readings")


@require_POST
def end_reading(request: Any, slug: str, pk: int) -> HttpResponse:
    """Refuse, take back or end a reading."""
    viewer, group = _group_of(request, slug)
    actions.end_reading(get_object_or_404(Reading, group=group, pk=pk), viewer=viewer, at=viewer.at)
    return _back(request, group, _("This reading is over."), "readings")
