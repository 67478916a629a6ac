"""Publishing a position: its embargo, the list of who supports it, when its review is due, a new version of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.core.access.doors import viewer_of
from collegium.core.access.viewers import Viewer
from collegium.core.calls.wording import said

from .. import actions
from ..course import IN_FORCE
from ..forms.publishing import DatesForm, EmbargoForm, ListForm
from ..models import Position
from ..queries import positions as rows
from ..queries.publishing import confirmed_list, digest_of_list, embargo_of, prints_reservations, supporting_now
from ..queries.reviewing import dates_now
from ..rules.positions import is_chair, is_team
from ..rules.publishing import BEFORE_PUBLICATION, may_set_dates
from .doors import done, see_other, sent, status_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _of_the_team(viewer: Viewer, pk: int, *states: str) -> Position:
    """The position in one of these states, for the team; otherwise Http404."""
    found = rows.position_for_page(viewer, pk)
    if not is_team(viewer) or found.entry.state not in states:
        raise Http404
    return found


@form_page
def embargo(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the publication back until a moment, or say another one."""
    viewer = viewer_of(request)
    found = _of_the_team(viewer, pk, *BEFORE_PUBLICATION)
    present = embargo_of(found)
    zone = viewer.person.time_zone if viewer.person else "UTC"
    form = EmbargoForm(sent(request), initial={"zone": present.zone if present else zone})
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    made = form.is_bound and done(form, lambda _values: actions.set_embargo(found, **form.told, **how))
    if made:
        told = _("It is under embargo until %(moment)s.") % {"moment": said(made.ends_at, made.zone)}
        return see_other(request, found.get_absolute_url(), told)
    until = said(present.ends_at, present.zone) if present else ""
    context = {"position": found, "form": form, "present": present, "until": until}
    return render(request, "positions/embargo.html", context, status=status_of(form))


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold it back no longer."""
    viewer = viewer_of(request)
    found = _of_the_team(viewer, pk, *BEFORE_PUBLICATION)
    present = embargo_of(found)
    if present is None:
        raise Http404
    actions.lift_embargo(present, viewer=viewer, at=viewer.at)
    return see_other(request, found.get_absolute_url(), _("The embargo is lifted."))


@form_page
def supporters(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it is now, to be confirmed before it is published."""
    viewer = viewer_of(request)
    found = _of_the_team(viewer, pk, "adopted", *IN_FORCE)
    lines, confirmed = supporting_now(found), confirmed_list(found)
    digest = digest_of_list(lines)
    form = ListForm(sent(request))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.confirm_supporters(found, **values, **how)):
        return see_other(request, found.get_absolute_url(), _("The list is confirmed."))
    is_confirmed = confirmed is not None and confirmed.digest == digest
    context = {
        "position": found,
        "form": form,
        "lines": lines,
        "digest": digest,
        "confirmed": confirmed,
        "prints": prints_reservations(found),
        "may_confirm": not is_confirmed and bool(lines or confirmed),
    }
    return render(request, "positions/supporters.html", context, status=status_of(form))


@form_page
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when its review is due and until when it is relied on."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    if not is_chair(viewer) or not may_set_dates(found):
        raise Http404
    form = DatesForm(sent(request), initial=dates_now(found, viewer.at))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.set_dates(found, **values, **how)):
        return see_other(request, found.get_absolute_url(), _("The dates are set."))
    return render(request, "positions/dates.html", {"position": found, "form": form}, status=status_of(form))


@form_page
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the position that is to replace this one."""
    viewer = viewer_of(request)
    found = rows.position_for_page(viewer, pk)
    if not is_chair(viewer) or found.entry.state not in IN_FORCE:
        raise Http404
    if request.method == "POST":
        made = actions.begin_version(found, viewer=viewer, at=viewer.at)
        return see_other(request, made.get_absolute_url(), _("The new version has begun. Name who drafts it next."))
    return render(request, "positions/version.html", {"position": found})
