"""Who sits where, confirmed once a quarter: at the desk, or from a letter without signing in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from collegium.core.access.doors import public, viewer_of
from collegium.core.people import actions
from collegium.core.people.models import Attestation, Organization
from collegium.core.people.queries import attested_tenures, open_attestation, open_removals

from ...deeds import away, done
from .. import links
from ..doors import keepers_only
from ..forms import AttestationForm


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: Any, token: str) -> HttpResponse:
    """From a letter, in the name of whoever it went to; 404 for a link that is not valid (any more)."""
    found = links.read(token, request.at)
    if found is None:
        raise Http404
    attestation, tenure = found
    form = _form(request, attestation, request.at)
    if request.method == "POST" and _attested(form, attestation, by=tenure.person, at=request.at):
        return away(request, request.path, _("Thank you. That counts at once."))
    context = {"attestation": attestation, "form": form, "by": tenure.person, "society": attestation.organization}
    return render(request, "desk/attestation_link.html", context, status=_status(form))


@keepers_only
@require_http_methods(["GET", "HEAD", "POST"])
def attestation(request: Any, society: Organization) -> HttpResponse:
    """The same at the desk."""
    viewer = viewer_of(request)
    found = open_attestation(society)
    if found is None:
        raise Http404
    form = _form(request, found, viewer.at)
    if request.method == "POST" and _attested(form, found, by=viewer.person, at=viewer.at):
        told = _("Confirmed for this quarter. That counts at once.")
        return away(request, reverse("desk:desk", args=[society.slug]), told)
    context = {"attestation": found, "form": form, "society": society}
    return render(request, "desk/attestation.html", context, status=_status(form))


@keepers_only
@require_POST
def keep(request: Any, society: Organization, pk: int) -> HttpResponse:
    """Said in error: the person holds the seat."""
    viewer = viewer_of(request)
    removal = open_removals(society, viewer.at).filter(pk=pk).first()
    if removal is None:
        raise Http404
    actions.keep_tenure(removal, by=viewer.person, at=viewer.at)
    return away(request, reverse("desk:desk", args=[society.slug]), _("The person keeps the seat."))


def _form(request: Any, attestation: Attestation, at: Any) -> AttestationForm:
    tenures = attested_tenures(attestation.organization, at)
    return AttestationForm(request.POST if request.method == "POST" else None, tenures=tenures)


def _attested(form: AttestationForm, attestation: Attestation, *, by: Any, at: Any) -> bool:
    def deed() -> None:
        actions.attest(attestation, titles=form.titles(), removals=form.removals(), by=by, at=at)

    return done(form, deed)


def _status(form: AttestationForm) -> int:
    return 422 if form.is_bound else 200
