"""Taking a signature back once the letter has closed, and whether the addressee hears of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.core.access.deeds import done, see_other, sent, status_of
from collegium.core.access.doors import viewer_of
from collegium.core.access.viewers import Viewer

from .. import actions
from ..forms.letters import LineForm
from ..forms.outsiders import TellingForm
from ..models import Letter, Signature
from ..queries import letters as rows
from ..queries.signatories import visible_signature
from ..rules.letters import is_host, is_team

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _signature(request: HttpRequest, letter_id: int, signature_id: int) -> tuple[Viewer, Letter, Signature]:
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    return viewer, found, visible_signature(found, signature_id)


@form_page
def withdrawal(request: HttpRequest, letter_id: int, signature_id: int) -> HttpResponse:
    """For the society's own people; of an outside organization for the council's team."""
    viewer, found, signature = _signature(request, letter_id, signature_id)
    society = signature.society
    if not (viewer.belongs_to(society.audience_id) if society else is_team(viewer)):
        raise Http404
    form = LineForm(sent(request), label=_("A line about it, for the letter's page"))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    line = (lambda: form.cleaned_data["line"]) if found.is_out else str
    if form.is_bound and done(form, lambda: actions.withdraw_signature(signature, line=line(), **how)):
        return see_other(request, found.get_absolute_url(), _("The signature is withdrawn."))
    context = {"letter": found, "signature": signature, "form": form}
    return render(request, "signons/withdrawal.html", context, status=status_of(form))


@form_page
def telling(request: HttpRequest, letter_id: int, signature_id: int) -> HttpResponse:
    """The host decides on a note to the addressee."""
    viewer, found, signature = _signature(request, letter_id, signature_id)
    if not is_host(viewer, found) or signature.end != Signature.End.WITHDRAWN or not signature.was_sent:
        raise Http404
    form = TellingForm(sent(request))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda: actions.decide_on_telling(signature, **form.cleaned_data, **how)):
        return see_other(request, found.get_absolute_url(), _("The decision is kept."))
    context = {"letter": found, "signature": signature, "form": form}
    return render(request, "signons/telling.html", context, status=status_of(form))
