"""The text of a position: writing it, reading a revision, and what changed between two."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.access.doors import public, viewer_of
from collegium.design.drafts import draft_sent
from collegium.design.redline import Kind, redline

from .. import actions
from ..forms.positions import TextForm
from ..guards import drafter_of
from ..models import Position, Revision
from ..queries import positions as rows
from ..queries.since import across
from .doors import done, see_other, sent, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Write another revision. If somebody wrote one meanwhile, both are shown and nothing is lost."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    if drafter_of(found, viewer) is None:
        raise Http404
    newest, blocks = found.current, rows.blocks_of(found.current)
    form = TextForm(sent(request), is_first=newest is None, initial=_initial(found, blocks))
    draft = f"position-{pk}-text"
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    made = form.is_bound and done(form, lambda _values: actions.save_text(found, **form.told, **how))
    if made:
        told = _("Revision %(number)s is saved.") % {"number": made.number}
        return draft_sent(see_other(request, found.get_absolute_url(), told), draft)
    context = {"position": found, "form": form, "draft": draft, "newest": newest, "base": _base(form)}
    return render(request, "positions/text.html", context, status=status_of(form))


def _initial(found: Position, blocks: list[Any]) -> dict[str, Any]:
    newest = found.current
    raw = "\n\n".join(block.raw for block in blocks)
    return {"title": newest.title if newest else found.entry.title, "raw": raw, "base": newest.number if newest else 0}


def _base(form: TextForm) -> str:
    return str(form["base"].value() or "0")


@public
@require_safe
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One wording of the text, if it is for this reader."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    revisions = rows.visible_revisions(found, viewer)
    shown = _numbered(revisions, number)
    context = {"position": found, "revision": shown, "blocks": rows.blocks_of(shown), "revisions": revisions}
    return render(request, "positions/revision.html", context)


@public
@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed between any two wordings this reader may read; without a choice, between the last two."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    revisions = rows.visible_revisions(found, viewer)
    if len(revisions) < 2:
        raise Http404
    old, new = _chosen(request, revisions)
    lines = redline(rows.blocks_of(old), rows.blocks_of(new))
    changed = sum(1 for line in lines if line.kind != Kind.SAME)
    context = {
        "position": found,
        "revisions": revisions,
        "old": old,
        "new": new,
        "lines": lines,
        "changed": changed,
        "between": revisions[revisions.index(old) + 1 : revisions.index(new) + 1],
    }
    return render(request, "positions/changes.html", context)


def _chosen(request: HttpRequest, revisions: list[Revision]) -> tuple[Revision, Revision]:
    """The two of the address, the earlier first."""
    old = _numbered(revisions, request.GET.get("from", str(revisions[-2].number)))
    new = _numbered(revisions, request.GET.get("to", str(revisions[-1].number)))
    return (old, new) if old.number <= new.number else (new, old)


def _numbered(revisions: list[Revision], number: int | str) -> Revision:
    found = next((one for one in revisions if str(one.number) == str(number)), None)
    if found is None:
        raise Http404
    return found


@public
@require_safe
def since(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What changed since the published position that this published one replaces."""
    viewer = viewer_of(request)
    found, before = rows.position_for_page(viewer, pk), rows.position_for_page(viewer, other)
    if not rows.replaces(found, before) or found.adopted is None or before.adopted is None:
        raise Http404
    old = rows.blocks_of(before.adopted)
    lines = redline(old, across(old, rows.blocks_of(found.adopted)))
    context = {
        "position": found,
        "before": before,
        "old": before.adopted,
        "new": found.adopted,
        "lines": lines,
        "changed": sum(1 for line in lines if line.kind != Kind.SAME),
    }
    return render(request, "positions/since.html", context)
