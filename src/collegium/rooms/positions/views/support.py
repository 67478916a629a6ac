"""The pages of support: where societies stand, how much is needed, what those say who do not agree."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer

from .. import actions
from ..forms.support import JoinForm, StatementForm, TermsForm
from ..models import Position
from ..queries import positions as rows
from ..queries import showing_support as showing
from ..queries.matrix import matrix
from ..rules.positions import is_chair
from ..rules.support import dissenting_tenures
from .doors import done, see_other, sent, status_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _seen(viewer: Viewer, pk: int) -> Position:
    """A position on which societies are asked where they stand, for those who belong to them."""
    found = rows.position_for_page(viewer, pk)
    if found.is_internal or not viewer.is_among(MEMBERS):
        raise Http404
    return found


@require_safe
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Where societies stand: in numbers beside those of whom it touches, then society by society."""
    viewer = viewer_of(request)
    found = _seen(viewer, pk)
    context = {"position": found, "now": viewer.at, **showing.page(found, viewer)}
    return render(request, "positions/support.html", context)


@require_safe
def stances(request: HttpRequest) -> HttpResponse:
    """Societies by positions, for those who belong to them."""
    viewer = viewer_of(request)
    if not viewer.is_among(MEMBERS):
        raise Http404
    return render(request, "positions/stances_of_all.html", {"matrix": matrix(viewer)})


@form_page
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how much support it needs, before societies are asked."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    if not is_chair(viewer):
        raise Http404
    form = TermsForm(sent(request), initial=showing.terms_now(found))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.set_terms(found, **values, **how)):
        return see_other(request, found.get_absolute_url(), _("It says now how much support it needs."))
    return render(request, "positions/terms.html", {"position": found, "form": form}, status=status_of(form))


@form_page
def minority(request: HttpRequest, pk: int) -> HttpResponse:
    """A society that does not support it says why."""
    viewer = viewer_of(request)
    found = _seen(viewer, pk)
    tenures = dissenting_tenures(viewer, found)
    if not tenures:
        raise Http404
    form = StatementForm(sent(request), tenures=tenures)
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.state_minority(found, **values, **how)):
        return see_other(request, _ledger(found), _("The statement stands beside the position."))
    return render(request, "positions/minority.html", {"position": found, "form": form}, status=status_of(form))


@require_POST
def joining(request: HttpRequest, pk: int, statement: int) -> HttpResponse:
    """Another society stands behind a statement."""
    viewer = viewer_of(request)
    found = _seen(viewer, pk)
    one = showing.statement_of(found, statement)
    form = JoinForm(request.POST, tenures=dissenting_tenures(viewer, found))
    if one is None or not form.tenures:
        raise Http404
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if not done(form, lambda values: actions.join_minority(one, **values, **how)):
        return _told(request, found, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return see_other(request, _ledger(found), _("Your society stands behind the statement."))


@require_POST
def leaving(request: HttpRequest, pk: int, voice: int) -> HttpResponse:
    """A society no longer stands behind a statement."""
    viewer = viewer_of(request)
    found = _seen(viewer, pk)
    one = next((own for own in showing.voices_of(viewer, found) if own.pk == voice), None)
    if one is None:
        raise Http404
    try:
        actions.leave_minority(one, viewer=viewer, at=viewer.at)
    except Refused as refusal:
        return _told(request, found, str(refusal.reason))
    return see_other(request, _ledger(found), _("Your society no longer stands behind the statement."))


def _ledger(found: Position) -> str:
    return reverse("positions:support", args=[found.pk])


def _told(request: HttpRequest, found: Position, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return HttpResponseRedirect(_ledger(found), status=303)
