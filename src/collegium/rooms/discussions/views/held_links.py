"""What waits for an officer, from a letter and without signing in: the link says who decides."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from collegium.core.access.doors import public
from collegium.core.files.queries import set_aside

from .. import actions, held_links, rules
from ..actions.holding import PART
from ..forms import DecisionForm
from ..held_links import Found
from .doors import attempt, body_of, see_other, status_of


def _found(request: Any, token: str) -> Found:
    found = held_links.read(token, request.at)
    if found is None:
        raise Http404
    return found


@public
@never_cache
@require_safe
def link(request: Any, token: str) -> HttpResponse:
    """Look at it; a mail scanner that does so changes nothing."""
    return _page(request, token, _found(request, token), DecisionForm())


@public
@never_cache
@require_POST
def release(request: Any, token: str) -> HttpResponse:
    """Publish it in its author's name."""
    found, form = _found(request, token), DecisionForm(request.POST)
    held, viewer = found
    if attempt(form, lambda values: actions.release_held(held, viewer=viewer, at=viewer.at)) is None:
        return _page(request, token, found, form)
    return see_other(_address(token))


@public
@never_cache
@require_POST
def refusal(request: Any, token: str) -> HttpResponse:
    """Do not publish it, and say why."""
    found, form = _found(request, token), DecisionForm(request.POST)
    held, viewer = found
    if attempt(form, lambda values: actions.refuse_held(held, viewer=viewer, at=viewer.at, **values)) is None:
        return _page(request, token, found, form)
    return see_other(_address(token))


def _page(request: Any, token: str, found: Found, form: Form) -> HttpResponse:
    """The text only while it waits: once it is decided the link says so, and nothing else."""
    held, viewer = found
    waits = held.state == held.State.WAITING
    context = {
        "held": held,
        "token": token,
        "by": viewer.person,
        "waits": waits,
        "body": body_of(held, viewer) if waits else "",
        "files": set_aside(PART, held.pk) if waits else [],
        "may_decide": rules.allows(rules.check_decide_held, viewer, held),
        "form": form,
    }
    return render(request, "discussions/held_link.html", context, status=status_of(form))


def _address(token: str) -> str:
    return reverse("discussions:held_link", args=[token])
