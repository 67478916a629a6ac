"""The list everybody may read, one letter, its history, a new one, its terms."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.access.deeds import done, see_other, sent, status_of
from collegium.core.access.doors import public, viewer_of
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.calls.clocks import on_clock
from collegium.core.notices.actions import see_notifications
from collegium.core.people.queries import member_societies
from collegium.core.trail.queries import history as history_of

from .. import actions
from ..course import HOLDERS, STATES
from ..forms.letters import DeliveryForm, NewLetterForm, TermsFields
from ..models import Letter
from ..queries import letters as rows
from ..queries.signatories import signatories
from ..queries.speaking import hosted_by
from ..rules.letters import is_host, is_team
from ..rules.outsiders import takes_outsiders

form_page = require_http_methods(["GET", "HEAD", "POST"])


@public
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """What was sent, and for those who may know it what is about to be."""
    viewer = viewer_of(request)
    state = request.GET.get("state", "")
    context = {
        "letters": rows.letters_page(viewer, state=state),
        "state": state if state in STATES else "",
        "states": STATES.values() if viewer.person else (),
        "may_begin": is_team(viewer) or bool(hosted_by(viewer)),
    }
    return render(request, "signons/letters.html", context)


@public
@require_safe
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The letter as this reader may read it, who signs it, where it stands, and what comes next."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    if viewer.person_id:
        see_notifications(by=viewer.person, at=viewer.at, entry=found.entry)
    is_member, hosts = viewer.is_among(MEMBERS), is_host(viewer, found)
    is_inside = is_member or hosts or viewer.is_among(found.preparing_audience_id)
    context = {
        "letter": found,
        "version": found.current,
        "signatories": signatories(found, viewer),
        "asked": rows.asked_of(found, viewer) if is_member and found.is_asked else None,
        "papers": rows.papers_of(found),
        "steps": rows.next_steps(found, viewer) if hosts or is_member else [],
        "taken": rows.steps_of(found) if is_inside else [],
        "grounds": rows.visible_grounds(found, viewer),
        "holder": HOLDERS[found.state.holder] if is_inside else "",
        "now": viewer.at,
        "is_inside": is_inside,
        **_may(found, viewer, hosts=hosts),
    }
    return render(request, "signons/letter.html", context)


def _may(found: Letter, viewer: Viewer, *, hosts: bool) -> dict[str, Any]:
    """What the reader may do here."""
    state = found.entry.state
    return {
        "hosts": hosts,
        "is_team": is_team(viewer),
        "may_write": hosts and found.state.edits and (not found.state.asked or found.edits != Letter.Edits.NONE),
        "may_change_terms": hosts and state in ("draft", "clearance"),
        "may_move_delivery": hosts and not found.is_out and state != "cancelled",
        "may_deliver": hosts and state == "addendum-closed" and found.addendum_delivered_at is None,
        "takes_outsiders": takes_outsiders(found),
        "has_changes": len(rows.versions_of(found, viewer)) > 1,
        "sees_proof": state == "assembled" and (hosts or viewer.is_among(MEMBERS)),
    }


@require_safe
def history(request: HttpRequest, letter_id: int) -> HttpResponse:
    """What happened to it, for member societies and its host: there are names in it."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    if not (viewer.is_among(MEMBERS) or viewer.is_among(found.preparing_audience_id) or is_team(viewer)):
        raise Http404
    return render(request, "signons/history.html", {"letter": found, "events": history_of(found.entry, viewer)})


@form_page
def new_letter(request: HttpRequest) -> HttpResponse:
    """Begin a letter, with its text and its terms."""
    viewer = viewer_of(request)
    hosts = list(member_societies(viewer.at)) if is_team(viewer) else hosted_by(viewer)
    if not hosts:
        raise Http404
    zone = viewer.person.time_zone if viewer.person else "UTC"
    initial = {"time_zone": zone, "is_advocacy": True, **_DEFAULTS}
    offered: dict[str, Any] = {
        "hosts": hosts,
        "takes_council": is_team(viewer),
        "grounds": rows.possible_grounds(viewer),
    }
    form = NewLetterForm(sent(request), initial=initial, **offered)
    made = form.is_bound and done(form, lambda: _opened(form, viewer))
    if made:
        return see_other(request, made.get_absolute_url(), _("The letter is begun. Submit it when it is ready."))
    return render(request, "signons/new_letter.html", {"form": form}, status=status_of(form))


_DEFAULTS = {
    "edits": Letter.Edits.ALL,
    "publication": Letter.Publication.PUBLIC,
    "dissent": Letter.Dissent.SILENT,
    "reservations": Letter.Reservations.LISTED,
}


def _opened(form: NewLetterForm, viewer: Viewer) -> Letter:
    host = form.cleaned_data["host"]
    return actions.open_letter(form.wording(), terms=form.terms(), host=host, viewer=viewer, at=viewer.at)


@form_page
def terms(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Change what is settled of it, before societies are asked."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    if not is_host(viewer, found):
        raise Http404
    form = TermsFields(sent(request), initial=_settled(found), grounds=rows.possible_grounds(viewer))
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda: actions.change_terms(found, terms=form.terms(), **how)):
        return see_other(request, found.get_absolute_url(), _("The terms are changed."))
    return render(request, "signons/terms.html", {"letter": found, "form": form}, status=status_of(form))


def _settled(found: Letter) -> dict[str, Any]:
    initial = {name: getattr(found, name) for name in TermsFields.base_fields if name != "grounds"}
    initial["grounds"] = found.grounds_id
    if found.late_until is not None:
        initial["late_until"] = on_clock(found.late_until, found.time_zone)
    return initial


@form_page
def delivery(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Deliver it on another day."""
    viewer = viewer_of(request)
    found = rows.letter_for_page(viewer, letter_id)
    if not is_host(viewer, found):
        raise Http404
    form = DeliveryForm(sent(request), initial={"to": found.delivers_on})
    how: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda: actions.move_delivery(found, to=form.cleaned_data["to"], **how)):
        return see_other(request, reverse("signons:letter", args=[found.pk]), _("The day of delivery is moved."))
    return render(request, "signons/delivery.html", {"letter": found, "form": form}, status=status_of(form))
