"""The stylesheet, the choice of theme, the gallery of components and the pages of refusal."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from collegium.design.doors import gallery_is_open_to
from collegium.design.gallery import SAMPLES, gallery_of_components, sample_house
from collegium.design.stylesheet import Stylesheet, the_stylesheet
from collegium.design.theme import remember_theme

FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=60"


@login_not_required
@require_GET
def stylesheet(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The one stylesheet. An old address still gets the present sheet, but is not kept."""
    sheet = the_stylesheet()
    body, encoding = encoded_for(request.headers.get("Accept-Encoding", ""), sheet)
    response = HttpResponse(body, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER if fingerprint == sheet.fingerprint else FOR_NOW
    if encoding:
        response["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def encoded_for(accepted: str, sheet: Stylesheet) -> tuple[bytes, str]:
    """The shortest form the browser takes."""
    names = {part.partition(";")[0].strip() for part in accepted.split(",")}
    if "br" in names:
        return sheet.brotlied, "br"
    if "gzip" in names:
        return sheet.gzipped, "gzip"
    return sheet.plain, ""


# A preference of this browser alone, without any authority: no token, so that public pages need no cookie to offer it.
@login_not_required
@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or what the system prefers, and go back."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    remember_theme(response, request.POST.get("theme", ""), secure=request.is_secure())
    return response


@login_not_required
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with the lines that draw it."""
    _only_where_shown(request)
    return render(request, "design/gallery.html", {"chapters": gallery_of_components(), "house": sample_house()})


@login_not_required
@require_GET
def sample_page(request: HttpRequest, name: str) -> HttpResponse:
    """A whole page of invented content, to judge the components together."""
    _only_where_shown(request)
    if name not in SAMPLES:
        raise Http404
    return render(request, f"design/samples/{name}.html", {**SAMPLES[name](), "house": sample_house(name)})


def _only_where_shown(request: HttpRequest) -> None:
    if not gallery_is_open_to(request):
        raise Http404


def refusal(request: HttpRequest, status: int) -> HttpResponse:
    """The page for a status that has one: 400, 403, 404, 413, 429, 500, 503."""
    return render(request, f"{status}.html", status=status)
