"""Applying with a role, and the applicant's own page by a signed link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.access.doors import public
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.application_rules import takes_applications
from collegium.core.groups.models import Application, Group
from collegium.core.groups.queries import verified_beside
from collegium.core.people.queries import primary_address
from collegium.web.account.doors import REFUSED, page, refusals_in

from .. import queries, wording
from ..applying import asking, links
from ..applying.forms import RoleForm, StrangerForm
from ..applying.wording import masked, steps

State = Application.State


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Any, slug: str) -> HttpResponse:
    """Ask to join with a role that is no seat of one's own here yet."""
    viewer: Viewer = request.viewer
    group = queries.visible_group(viewer, slug)
    _refuse_those_who_need_not(group, viewer)
    sent = request.POST if request.method == "POST" else None
    kind = StrangerForm if viewer.person is None else RoleForm
    initial = asking.present_role(viewer) if viewer.person else {}
    form = kind(sent, group=group, at=viewer.at, initial=initial)
    if form.is_valid():
        with refusals_in(form):
            return HttpResponseRedirect(_asked(request, group, form), status=303)
    to = masked(primary_address(viewer.person, viewer.at)) if viewer.person else ""
    return page(request, "web/groups/apply.html", form, group=group, to=to, policy=_policy(group, form))


def _refuse_those_who_need_not(group: Group, viewer: Viewer) -> None:
    if not takes_applications(group):
        raise Refused(_("Members of this group are invited; it takes no applications."))
    if queries.is_in(viewer, group):
        raise Refused(_("You are in this group."))
    if viewer.person is not None and any(seat["is_eligible"] for seat in queries.present_seats(group, viewer)):
        raise Refused(_("The group admits a seat of yours already; ask on its page."))


def _policy(group: Group, form: RoleForm) -> list[str]:
    return wording.policy(group, [function.plural for function in form.functions.values()])


def _asked(request: Any, group: Group, form: Any) -> str:
    """Where to go next. For somebody from outside it is the same page whoever has the address."""
    viewer: Viewer = request.viewer
    told = dict(form.cleaned_data)
    if viewer.person is None:
        asking.refuse_too_many(request, told["email"])
        asking.ask_from_outside(group, at=viewer.at, **told)
        return reverse("groups:applied", args=[group.slug])
    asking.refuse_too_many(request, viewer.person.handle)
    application = asking.ask_with_role(group, viewer=viewer, **told)
    return reverse("groups:application", args=[links.write(application)])


@public
@require_safe
def applied(request: Any, slug: str) -> HttpResponse:
    """One letter is on its way; the same page for everybody."""
    return render(request, "web/groups/applied.html", {"group": queries.visible_group(request.viewer, slug)})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: Any, token: str) -> HttpResponse:
    """Where it stands, for whoever reads letters at the applicant's address; opening the link changes nothing."""
    found = links.read(token)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _draw(request, found)
    deed = request.POST.get("deed", "")
    if deed not in DEEDS:
        raise Http404
    action, told = DEEDS[deed]
    try:
        action(found, at=request.at)
    except Refused as refusal:
        return _draw(request, found, refused=str(refusal.reason))
    messages.success(request, told)
    return HttpResponseRedirect(request.path, status=303)


DEEDS: dict[str, tuple[Any, Any]] = {
    "verify": (actions.verify_application, gettext_lazy("Your address is confirmed, and your society is asked.")),
    "withdraw": (actions.withdraw_application, gettext_lazy("Your application is withdrawn.")),
}


def _draw(request: Any, found: Application, refused: str = "") -> HttpResponse:
    is_late = found.state == State.LAPSED or (found.state == State.UNVERIFIED and found.is_too_late(request.at))
    beside = verified_beside(found)
    context = {
        "application": found,
        "is_late": is_late,
        "beside": beside and reverse("groups:application", args=[links.write(beside)]),
        "is_unverified": found.state == State.UNVERIFIED and not is_late,
        "goes_on": found.is_open,
        "steps": steps(found),
        "by_society": found.decided_by_id is not None and found.confirmed_at is None,
        "refused": refused,
    }
    return render(request, "web/groups/application.html", context, status=REFUSED if refused else 200)
