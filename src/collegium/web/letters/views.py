"""Stopping letters and muting a topic from a letter, without signing in: the token in the link says who."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from collegium.core.access.doors import public
from collegium.core.mail.mailings import stopping
from collegium.core.notices import actions as notices
from collegium.core.notices.models import Level

from . import links
from .forms import LevelForm

# What a mail system sends in the name of its user (RFC 8058, 3.1).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@csrf_exempt  # a mail system has no cookie of ours; the token in the address is what counts
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Any, token: str) -> HttpResponse:
    """Choose how much goes by letter; one click of a mail system stops all letters like the one it was in."""
    found = links.read(token, at=request.at)
    if found is None:
        raise Http404
    name, value = ONE_CLICK
    if request.method == "POST" and request.POST.get(name) == value:
        stopping.stop(found.mailing, by=found.person, at=request.at)
        return HttpResponse(_("You will get no more letters like this one."), content_type="text/plain; charset=utf-8")
    return _of_a_notice(request, found) if found.notice else _of_groups(request, found)


def _of_a_notice(request: Any, found: links.Found) -> HttpResponse:
    is_done = request.method == "POST"
    if is_done:
        stopping.stop(found.mailing, by=found.person, at=request.at)
    return render(request, "letters/notice.html", {"notice": found.notice, "is_done": is_done})


def _of_groups(request: Any, found: links.Found) -> HttpResponse:
    form = LevelForm(request.POST if request.method == "POST" else None, initial={"level": found.level})
    is_done = request.method == "POST" and form.is_valid()
    if is_done:
        for place in found.places:
            notices.choose_level(place, level=form.cleaned_data["level"], by=found.person)
    status = 422 if request.method == "POST" and not is_done else 200
    context = {"form": form, "name": found.name, "is_done": is_done, "chosen": _chosen(form) if is_done else ""}
    return render(request, "letters/stop.html", context, status=status)


@csrf_exempt  # likewise
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: Any, token: str) -> HttpResponse:
    """Hear nothing more of the topic but what is addressed to oneself."""
    found = links.read(token, at=request.at)
    topic = found.topic if found else None
    if found is None or topic is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        notices.mute(topic, by=found.person)
    return render(request, "letters/mute.html", {"name": found.name, "is_done": is_done})


def _chosen(form: LevelForm) -> str:
    return str(Level(form.cleaned_data["level"]).label)
