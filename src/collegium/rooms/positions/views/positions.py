"""The pages of positions: the list everybody may read, one position, its history, a new one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.access.doors import public, viewer_of
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.people.queries import member_societies
from collegium.core.trail.queries import history as history_of

from .. import actions, citing
from ..course import STATES, TAKES_COMMENTS
from ..forms.positions import PositionForm
from ..guards import drafter_of
from ..models import Issue, Position
from ..queries import positions as rows
from ..queries.comments import counted
from ..queries.issues import visible_issues
from ..queries.outward import changed_at, outward
from ..queries.publishing import has_run_out
from ..queries.showing_support import beside
from ..queries.speaking import mandated_tenures, raising_tenures
from ..rules.positions import is_chair, is_team, sees_all_revisions
from ..rules.support import may_set_terms
from .doors import done, see_other, sent, status_of
from .papers import digest_of, told_when

form_page = require_http_methods(["GET", "HEAD", "POST"])


@public
@require_safe
def positions(request: HttpRequest) -> HttpResponse:
    """What the council holds, and for those who may know it what it is about to."""
    viewer = viewer_of(request)
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    found = rows.positions_page(viewer, kind=kind, state=state)
    context = {
        "positions": [(one, STATES[one.entry.state], has_run_out(one, viewer.at.date())) for one in found],
        "filters": _filters(kind),
        "state": state if state in STATES else "",
        "states": STATES.values() if viewer.person else (),
        "kind": kind,
        "may_begin": is_chair(viewer),
        "is_team": is_team(viewer),
        "sees_stances": viewer.is_among(MEMBERS),
        "may_raise": bool(raising_tenures(viewer)),
    }
    return render(request, "positions/positions.html", context)


def _filters(kind: str) -> list[dict[str, Any]]:
    url = reverse("positions:list")
    choices = [("", _("All"), ""), *((value, label, f"?kind={value}") for value, label in Position.Kind.choices)]
    return [{"url": url + query, "label": label, "current": kind == value} for value, label, query in choices]


@public
@require_safe
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """One position: its text as this reader may read it, where it stands, and what comes next."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    revision = rows.shown_revision(found, viewer)
    comments = counted(found, viewer)
    around = rows.around(found, viewer)
    context = {
        "position": found,
        "revision": revision,
        "blocks": [(block, comments[block.key]) for block in rows.blocks_of(revision)],
        "around": around,
        "outward": outward(found, viewer, replaces=around.replaces, replaced_by=around.replaced_by),
        "steps": rows.next_steps(found, viewer),
        "ballots": rows.ballots_beside(found, viewer),
        "may_put": is_team(viewer) and found.entry.state == "ballot",
        "now": viewer.at,
        **beside(found, viewer, is_member=viewer.is_among(MEMBERS)),
        **_may(found, revision, viewer),
        **citing.context(found, request),
    }
    answer = render(request, "positions/position.html", context)
    return answer if viewer.person else told_when(request, answer, digest_of(answer), changed_at(found, viewer.at))


def _may(found: Position, revision: Any, viewer: Viewer) -> dict[str, Any]:
    """What the reader may do here."""
    state, drafting = STATES[found.entry.state], drafter_of(found, viewer)
    sees_comments = hasattr(found, "consultation") and viewer.is_among(found.consultation.entry.audience_id)
    is_shown = revision is not None and revision.pk == found.presented_id
    return {
        "drafting": drafting,
        "may_write": bool(drafting and drafting.declared_at and state.edits),
        "may_prepare": is_chair(viewer),
        "may_set_terms": is_chair(viewer) and may_set_terms(found),
        "may_relate": is_team(viewer) and bool(found.adopted_id),
        "has_changes": len(rows.visible_revisions(found, viewer)) > 1,
        "sees_drafts": sees_all_revisions(viewer, found),
        "sees_comments": sees_comments,
        "may_comment": is_shown and sees_comments and bool(mandated_tenures(viewer, "comment")),
        "takes_comments": state.name in TAKES_COMMENTS,
        "issue": visible_issues(viewer).filter(pk=found.issue_id).first() if found.issue_id else None,
    }


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened to it, for member societies: there are names in it."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    if not rows.around(found, viewer).is_member:
        raise Http404
    events = history_of(found.entry, viewer)
    return render(request, "positions/history.html", {"position": found, "events": events})


@form_page
def new_position(request: HttpRequest) -> HttpResponse:
    """Begin the work on a position, from an issue or from none."""
    viewer = viewer_of(request)
    if not is_chair(viewer):
        raise Http404
    issue = _issue(request, viewer)
    initial = {"title": issue.entry.title} if issue else {}
    form = PositionForm(sent(request), societies=member_societies(viewer.at), initial=initial)
    told: dict[str, Any] = {"issue": issue, "viewer": viewer, "at": viewer.at}
    made = form.is_bound and done(form, lambda values: actions.open_position(**values, **told))
    if made:
        return see_other(request, made.get_absolute_url(), _("The work has begun. Name who drafts it next."))
    context = {"form": form, "issue": issue}
    return render(request, "positions/new_position.html", context, status=status_of(form))


def _issue(request: HttpRequest, viewer: Viewer) -> Issue | None:
    """The issue the address names, if the viewer sees it."""
    text = request.GET.get("issue", "")
    if not text:
        return None
    plain = text.isascii() and text.isdigit() and len(text) <= 9
    found = visible_issues(viewer).filter(pk=int(text)).first() if plain else None
    if found is None:
        raise Http404
    return found
