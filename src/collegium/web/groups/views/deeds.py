"""What is done at a group's door: a POST each, answered by the group's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collegium.core.access.doors import viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.models import Circle, Group, JoinRequest
from collegium.core.notices.actions import choose_level
from collegium.core.people.models import Tenure
from collegium.rooms.discussions.actions import mark_all_read

from ... import cursors
from ...deeds import done
from .. import queries, second_keys
from ..forms import AskForm, CharterForm, LevelForm, SeatForm
from .page import answer_form, draw_group
from .pages import draw_charter


def _group_of(request: Any, slug: str) -> tuple[Viewer, Group]:
    viewer = viewer_of(request)
    return viewer, queries.visible_group(viewer, slug)


def _back(request: Any, group: Group, told: str, anchor: str = "") -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(group.get_absolute_url() + anchor, status=303)


@require_POST
def join(request: Any, slug: str) -> HttpResponse:
    """Join an open group with one of one's seats."""
    viewer, group = _group_of(request, slug)
    form = SeatForm(request.POST, seats=queries.free_seats(group, viewer))
    if done(form, lambda: actions.join_group(group, tenure=_seat(viewer, form), viewer=viewer, at=viewer.at)):
        return _back(request, group, _("Your seat has joined. Whoever holds it after you will be in as well."))
    return draw_group(request, group, status=422, join=form)


def _seat(viewer: Viewer, form: Form) -> Tenure:
    return queries.own_seat(viewer, form.cleaned_data["tenure"])


@require_POST
def ask(request: Any, slug: str) -> HttpResponse:
    """Ask to join, with a few words."""
    viewer, group = _group_of(request, slug)
    form = AskForm(request.POST, seats=queries.free_seats(group, viewer))

    def deed() -> None:
        seat, note = _seat(viewer, form), form.cleaned_data["note"]
        actions.request_to_join(group, tenure=seat, note=note, viewer=viewer, at=viewer.at)

    if done(form, deed):
        return _back(request, group, _("Your request is on its way to the group’s officers and the council’s team."))
    return draw_group(request, group, status=422, ask=form)


@require_POST
def leave(request: Any, slug: str) -> HttpResponse:
    """Leave with one's own seat."""
    viewer, group = _group_of(request, slug)
    membership = queries.own_membership(group, viewer, cursors.number(request.POST.get("membership")))
    actions.leave_group(membership, viewer=viewer, at=viewer.at)
    return _back(request, group, _("You have left the group."))


@require_POST
def withdraw(request: Any, slug: str, request_id: int) -> HttpResponse:
    """Take back one's own request."""
    viewer, group = _group_of(request, slug)
    asked = get_object_or_404(JoinRequest, group=group, pk=request_id, tenure__person=viewer.person)
    actions.withdraw_request(asked, viewer=viewer, at=viewer.at)
    return _back(request, group, _("Your request is withdrawn."))


@require_POST
def approve(request: Any, slug: str, request_id: int) -> HttpResponse:
    """Let the seat of whoever asked join."""
    return _answer(
        request, slug, request_id, actions.approve_request, _("The request is approved; the person is told.")
    )


@require_POST
def refuse(request: Any, slug: str, request_id: int) -> HttpResponse:
    """Say no, with a reason."""
    return _answer(
        request, slug, request_id, actions.decline_request, _("The request is declined; the person reads why.")
    )


def _answer(request: Any, slug: str, request_id: int, action: Callable[..., Any], told: str) -> HttpResponse:
    """Who does not run the group cannot tell whether there is such a request."""
    viewer, group = _group_of(request, slug)
    if not queries.runs(viewer, group):
        raise Http404
    asked = get_object_or_404(JoinRequest, group=group, pk=request_id)
    form = answer_form(asked.pk, data=request.POST)
    if done(form, lambda: action(asked, viewer=viewer, at=viewer.at, reason=form.cleaned_data["reason"])):
        return _back(request, group, told, "#waiting")
    return draw_group(request, group, status=422, **{f"answer-{asked.pk}": form})


@require_POST
def confirm(request: Any, slug: str, kind: str, pk: int) -> HttpResponse:
    """Turn the second key of a closed group: for a holder, a member, an officer or a wider circle."""
    viewer, group = _group_of(request, slug)
    if not queries.runs(viewer, group):
        raise Http404
    second_keys.turn(group, kind, pk, viewer=viewer)
    return _back(request, group, _("Confirmed; it is in effect."), "#waiting")


@require_POST
def withdraw_widening(request: Any, slug: str, pk: int) -> HttpResponse:
    """Give up a widening that waits for its second person."""
    viewer, group = _group_of(request, slug)
    if not queries.runs(viewer, group):
        raise Http404
    circle = get_object_or_404(Circle, group=group, opened_at=None, pk=pk)
    actions.withdraw_widening(circle, viewer=viewer, at=viewer.at)
    return _back(request, group, _("The proposal is withdrawn. Whom the group admits stays as it is."), "#waiting")


@require_POST
def level(request: Any, slug: str) -> HttpResponse:
    """Choose how much of the group to hear."""
    viewer, group = _group_of(request, slug)
    if not queries.is_in(viewer, group):
        raise Http404
    form = LevelForm(request.POST)
    if done(form, lambda: choose_level(group.entry, level=form.cleaned_data["level"], by=viewer.person)):
        return _back(request, group, _("Kept."), "#level")
    return draw_group(request, group, status=422, level=form)


@require_POST
def read_all(request: Any, slug: str) -> HttpResponse:
    """Count everything in the group as read."""
    viewer, group = _group_of(request, slug)
    if not queries.is_in(viewer, group):
        raise Http404
    mark_all_read(group, viewer=viewer, at=viewer.at)
    return _back(request, group, _("Everything here counts as read."))


@require_POST
def adopt_charter(request: Any, slug: str) -> HttpResponse:
    """Put a new version of the charter in force."""
    viewer, group = _group_of(request, slug)
    if not queries.runs(viewer, group):
        raise Http404
    form = CharterForm(request.POST)
    deed = lambda: actions.adopt_charter(group, text=form.cleaned_data["text"], viewer=viewer, at=viewer.at)  # noqa: E731 - one deed, tried once
    if done(form, deed):
        messages.success(request, _("The new version is in force."))
        return HttpResponseRedirect(f"{group.get_absolute_url()}charter/", status=303)
    return draw_charter(request, group, form=form, status=422)
