"""The queue of requests to join, and the team's answers: the second key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.core.groups import actions
from collegium.core.groups.models import Application, JoinRequest
from collegium.core.groups.queries import criteria_of_application, criteria_of_request, key_holders
from collegium.web import cursors
from collegium.web.account.doors import REFUSED, refusals_in

from ..doors import team_only
from ..requests import queries
from ..requests.forms import SHOWN, AnswerForm, QueueForm, VouchForm

Deed = Callable[[], Any]


@team_only
@require_safe
def queue(request: Any) -> HttpResponse:
    """Whoever asks to join any group, oldest first."""
    asked, number = request.GET, cursors.number(request.GET.get("page")) or 1
    state = asked.get("state", "") if asked.get("state", "") in SHOWN else ""
    group = cursors.number(asked.get("group"))
    page = min(max(number, 1), 10_000)
    found = queries.queue(states=SHOWN[state], group=group, page=page, at=request.at)
    kept = {name: value for name, value in (("state", state), ("group", group)) if value}
    context = found | {
        "form": QueueForm({"state": state, "group": group or ""}, groups=found["groups"]),
        "earlier_url": f"?{urlencode(kept | {'page': page - 1})}" if page > 1 else "",
        "later_url": f"?{urlencode(kept | {'page': page + 1})}" if found["has_more"] else "",
        "is_narrowed": bool(kept),
        "query": f"?{urlencode(kept)}" if kept else "",
    }
    return render(request, "office/requests.html", context)


# --- an application


@team_only
@require_safe
def application(request: Any, pk: int) -> HttpResponse:
    """One application: its criteria, who turned which key, and what the team can do."""
    return _draw_application(request, _application(pk))


def _application(pk: int) -> Application:
    found = queries.application(pk)
    if found is None:
        raise Http404
    return found


def _draw_application(request: Any, found: Application, **refused: Form) -> HttpResponse:
    waits = found.state == Application.State.SOCIETY
    context = {
        "application": found,
        "criteria": criteria_of_application(found, request.at),
        "owner": queries.owner_of(found, request.at) if found.is_open else None,
        "waits_for_society": waits,
        "holders": key_holders(found, request.at) if waits else [],
        "turned_first": found.confirmed_by_id == request.viewer.person_id,
        "answer": refused.get("answer") or AnswerForm(),
        "vouching": refused.get("vouching") or VouchForm(),
        "refused": list(refused.values()),
    }
    return render(request, "office/application.html", context, status=REFUSED if refused else 200)


def _done(request: Any, form: Form, deed: Deed, told: str) -> HttpResponse | None:
    """The way back if the form is in order and the deed was done; otherwise the form says why not."""
    if form.is_valid():
        with refusals_in(form):
            deed()
            messages.success(request, told)
            return HttpResponseRedirect(reverse("office:requests"), status=303)
    return None


@team_only
@require_POST
def approve_application(request: Any, pk: int) -> HttpResponse:
    """Turn the second key: the person is made known and comes in."""
    told = _("Approved. A letter says how to sign in.")
    return _answer(request, _application(pk), actions.approve_application, told, _draw_application)


def _answer(
    request: Any, found: Any, action: Callable[..., Any], told: str, draw: Callable[..., HttpResponse]
) -> HttpResponse:
    """Yes or no, each with a reason: done, or the page again with what was typed."""
    form = AnswerForm(request.POST)

    def deed() -> None:
        action(found, viewer=request.viewer, at=request.at, reason=form.cleaned_data["reason"])

    return _done(request, form, deed, told) or draw(request, found, answer=form)


@team_only
@require_POST
def decline_application(request: Any, pk: int) -> HttpResponse:
    """Say no, with a reason."""
    told = _("Declined. A letter says why.")
    return _answer(request, _application(pk), actions.decline_application, told, _draw_application)


@team_only
@require_POST
def vouch(request: Any, pk: int) -> HttpResponse:
    """Turn the first key on the society's word, where nobody there can be written to."""
    found, form = _application(pk), VouchForm(request.POST)

    def deed() -> None:
        actions.vouch_for_role(found, viewer=request.viewer, remark=form.cleaned_data["remark"], at=request.at)

    done = _done(request, form, deed, _("The role is confirmed. Somebody else of the team turns the second key."))
    return done or _draw_application(request, found, vouching=form)


@team_only
@require_POST
def ask_again(request: Any, pk: int) -> HttpResponse:
    """Write to the society's people once more."""
    found, form = _application(pk), Form(request.POST)
    deed = lambda: actions.ask_society_again(found, viewer=request.viewer, at=request.at)  # noqa: E731 - tried once
    done = _done(request, form, deed, _("The society was asked again."))
    return done or _draw_application(request, found, again=form)


# --- a request of somebody who holds the seat


@team_only
@require_safe
def seat(request: Any, pk: int) -> HttpResponse:
    """One request by a holder of an admitted seat."""
    return _draw_seat(request, _seat(pk))


def _seat(pk: int) -> JoinRequest:
    found = queries.seat_request(pk)
    if found is None:
        raise Http404
    return found


def _draw_seat(request: Any, found: JoinRequest, **refused: Form) -> HttpResponse:
    context = {
        "asked": found,
        "criteria": criteria_of_request(found, request.at),
        "is_open": found.state == JoinRequest.State.WAITING,
        "is_own": found.tenure.person_id == request.viewer.person_id,
        "answer": refused.get("answer") or AnswerForm(),
        "refused": list(refused.values()),
    }
    return render(request, "office/seat-request.html", context, status=REFUSED if refused else 200)


@team_only
@require_POST
def approve_seat(request: Any, pk: int) -> HttpResponse:
    """Let the seat join."""
    told = _("The request is approved; the person is told.")
    return _answer(request, _seat(pk), actions.approve_request, told, _draw_seat)


@team_only
@require_POST
def decline_seat(request: Any, pk: int) -> HttpResponse:
    """Say no, with a reason."""
    told = _("The request is declined; the person reads why.")
    return _answer(request, _seat(pk), actions.decline_request, told, _draw_seat)
