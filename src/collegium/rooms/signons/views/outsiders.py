"""Outside organizations: where they sign, what their officers confirm, and what the council's team decides."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.core.access.deeds import done, see_other, sent, status_of
from collegium.core.access.doors import public, viewer_of
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer

from .. import actions, links, mails
from ..forms.letters import LineForm
from ..forms.outsiders import OutsideForm
from ..models import Letter, Outsider
from ..queries import letters as rows
from ..queries.outsiders import letter_behind, outsider_of, outsiders_of
from ..rules.letters import is_host, is_team
from ..rules.outsiders import takes_outsiders

form_page = require_http_methods(["GET", "HEAD", "POST"])


@public
@never_cache
@form_page
def outside(request: HttpRequest, key: str) -> HttpResponse:
    """The letter for whoever has the link, and where they sign it."""
    found, viewer = letter_behind(key), viewer_of(request)
    form = OutsideForm(sent(request))
    if form.is_bound and done(form, lambda: _asked(request, found, form, viewer)):
        return HttpResponseRedirect(reverse("signons:asked", args=[key]), status=303)
    context = {"letter": found, "version": found.current, "form": form}
    return render(request, "signons/outside.html", context, status=status_of(form))


def _asked(request: HttpRequest, found: Letter, form: OutsideForm, viewer: Viewer) -> None:
    """So many from one sender and for one address, counted where all processes count; then a letter goes there."""
    told = form.told()
    if not ratelimit.consume(request, action="sign_from_outside", key=told["email"].lower()):
        raise Refused(_("These were too many: try again later."))
    with transaction.atomic():
        outsider = actions.ask_to_sign(found, **told, at=viewer.at)
        mails.ask_whether_it_is_theirs(outsider, at=viewer.at)


@public
@never_cache
@require_safe
def asked(request: HttpRequest, key: str) -> HttpResponse:
    """One letter is on its way; the same page for everybody."""
    return render(request, "signons/asked_outside.html", {"letter": letter_behind(key)})


@public
@never_cache
@form_page
def outsider(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever reads letters at the officer's address: where it stands, and a button to consent to the text."""
    found, viewer = links.read(token), viewer_of(request)
    if found is None or found.letter.current is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            actions.consent(found, digest=request.POST.get("text", "")[:64], at=viewer.at)
        except Refused as refusal:
            refused = str(refusal.reason)
        else:
            told = _("Your organization consents to this text. The council's team has the last word.")
            return see_other(request, request.path, told)
    is_asked = rows.is_open(found.letter) and found.outcome != Outsider.Outcome.REFUSED
    is_bound = found.verified_at is not None and found.digest == found.letter.current.digest
    context = {"outsider": found, "letter": found.letter, "version": found.letter.current, "refused": refused}
    context |= {"is_asked": is_asked and not is_bound, "is_bound": is_bound}
    return render(request, "signons/outsider.html", context, status=422 if refused else 200)


# --- for its host and the council's team


def _hosted(request: HttpRequest, letter_id: int) -> tuple[Viewer, Letter]:
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    if not is_host(viewer, found):
        raise Http404
    return viewer, found


@require_safe
def listed(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The link to pass on, and who has asked to sign."""
    viewer, found = _hosted(request, letter_id)
    link = settings.BASE_URL + reverse("signons:outside", args=[found.outside_key]) if takes_outsiders(found) else ""
    context = {"letter": found, "outsiders": outsiders_of(found), "link": link, "is_open": rows.is_open(found)}
    return render(request, "signons/outsiders.html", context | {"is_team": is_team(viewer)})


@require_POST
def opening(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Make the link."""
    viewer, found = _hosted(request, letter_id)
    actions.open_outside(found, viewer=viewer, at=viewer.at)
    return _back(request, found, _("Whoever has the link can read the letter and sign it from outside."))


@require_POST
def closing(request: HttpRequest, letter_id: int) -> HttpResponse:
    """End the link."""
    viewer, found = _hosted(request, letter_id)
    actions.close_outside(found, viewer=viewer, at=viewer.at)
    return _back(request, found, _("The link leads nowhere any more."))


def _back(request: HttpRequest, found: Letter, told: object) -> HttpResponse:
    return see_other(request, reverse("signons:outsiders", args=[found.pk]), told)


def _waiting(request: HttpRequest, letter_id: int, outsider_id: int) -> tuple[Viewer, Letter, Outsider]:
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    if not is_team(viewer):
        raise Http404
    return viewer, found, outsider_of(found, outsider_id)


@require_POST
def confirmation(request: HttpRequest, letter_id: int, outsider_id: int) -> HttpResponse:
    """The team knows the organization."""
    viewer, found, outsider = _waiting(request, letter_id, outsider_id)
    actions.confirm_outsider(outsider, viewer=viewer, at=viewer.at)
    return _back(request, found, _("It is listed, after the members."))


@form_page
def refusal(request: HttpRequest, letter_id: int, outsider_id: int) -> HttpResponse:
    """The team does not let it sign."""
    viewer, found, outsider = _waiting(request, letter_id, outsider_id)
    form = LineForm(sent(request), label=_("The reason; its officer is told"), is_needed=True)
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda: actions.refuse_outsider(outsider, reason=form.cleaned_data["line"], **how)):
        return _back(request, found, _("It does not sign."))
    context = {"letter": found, "outsider": outsider, "form": form}
    return render(request, "signons/refusal.html", context, status=status_of(form))
