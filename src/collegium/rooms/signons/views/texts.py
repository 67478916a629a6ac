"""The text of a letter: writing it, reading a version, and what changed between two."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.access.deeds import done, see_other, sent, status_of
from collegium.core.access.doors import public, viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.calls.clocks import on_clock
from collegium.design.drafts import draft_sent
from collegium.design.redline import Kind

from .. import actions
from ..course import LEAST_ASKED_AGAIN
from ..forms.letters import TextForm
from ..models import Letter, Version
from ..queries import letters as rows
from ..rules.letters import is_host
from ..wording import compared


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Write another version. If somebody wrote one meanwhile, both are shown and nothing is lost."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    if not is_host(viewer, found) or found.current is None:
        raise Http404
    is_open, draft = rows.is_open(found), f"signon-{letter_id}-text"
    form = TextForm(sent(request), letter=found, is_open=is_open, initial=_initial(found, viewer))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    made = form.is_bound and done(form, lambda: actions.save_text(found, form.wording(), **form.told(), **how))
    if made:
        told = _("Version %(number)s is saved.") % {"number": made.number}
        return draft_sent(see_other(request, found.get_absolute_url(), told), draft)
    context = {"letter": found, "form": form, "draft": draft, "newest": found.current, "is_open": is_open}
    return render(request, "signons/text.html", context, status=status_of(form))


def _initial(found: Letter, viewer: Viewer) -> dict[str, Any]:
    newest = found.current
    assert newest is not None  # asked by the page
    names = ("addressee", "office", "address", "subject", "raw")
    initial = {name: getattr(newest, name) for name in names} | {"base": newest.number}
    if rows.is_open(found) and found.round is not None:
        least = viewer.at + LEAST_ASKED_AGAIN
        initial["closes_at"] = on_clock(max(found.round.call.closes_at, least), found.time_zone)
    return initial


@public
@require_safe
def version(request: HttpRequest, letter_id: int, number: int) -> HttpResponse:
    """One wording, if it is for this reader, with its hash and what the hash covers."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    versions = rows.versions_of(found, viewer)
    shown = _numbered(versions, number)
    return render(request, "signons/version.html", {"letter": found, "version": shown, "versions": versions})


@public
@require_safe
def changes(request: HttpRequest, letter_id: int) -> HttpResponse:
    """What changed between any two wordings this reader may read; without a choice, between the last two."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    versions = rows.versions_of(found, viewer)
    if len(versions) < 2:
        raise Http404
    old, new = _chosen(request, versions)
    lines = compared(old, new)
    context = {
        "letter": found,
        "versions": versions,
        "old": old,
        "new": new,
        "lines": lines,
        "changed": sum(1 for line in lines if line.kind != Kind.SAME),
        "between": versions[versions.index(old) + 1 : versions.index(new) + 1],
    }
    return render(request, "signons/changes.html", context)


def _chosen(request: HttpRequest, versions: list[Version]) -> tuple[Version, Version]:
    """The two of the address, the earlier first."""
    old = _numbered(versions, request.GET.get("from", str(versions[-2].number)))
    new = _numbered(versions, request.GET.get("to", str(versions[-1].number)))
    return (old, new) if old.number <= new.number else (new, old)


def _numbered(versions: list[Version], number: int | str) -> Version:
    found = next((one for one in versions if str(one.number) == str(number)), None)
    if found is None:
        raise Http404
    return found
