"""Joining another account of one's own to this one: asking, and following the link that proves the other."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from collegium.core.access.errors import Refused
from collegium.core.people import actions
from collegium.core.people.joining import what_moves
from collegium.core.people.joining_rules import check_agree, check_join
from collegium.core.people.models import Joining
from collegium.core.people.queries import joinings_of

from ..doors import REFUSED, page, refusals_in
from ..forms.joining import JoinForm
from ..joining import links
from .profile import GET_OR_POST

PAGE = "account:join"


@GET_OR_POST
def ask(request: Any) -> HttpResponse:
    """Say an address of the other account; what is answered does not depend on whether there is one."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        raise_if_reauthentication_required(request, app="allauth.account")
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="join_accounts", key=email.lower(), user=request.user):
            form.add_error("email", get_adapter().error_messages["rate_limited"])
        else:
            with refusals_in(form):
                actions.ask_to_join(request.user, email=email, by=request.user, at=request.at)
                text = _("If somebody signs in with %(email)s, a letter with a link is on its way there.")
                messages.success(request, text % {"email": email})
                return redirect(PAGE)
    return page(request, "account/join.html", form, waiting=joinings_of(request.user, request.at))


@require_POST
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Ask no longer; the link in the letter leads nowhere any more."""
    joining = joinings_of(request.user, request.at).filter(pk=pk).first()
    if joining is None:
        raise Http404
    actions.withdraw_joining(joining, viewer=request.viewer, at=request.at)
    messages.success(request, _("Withdrawn. Both accounts stay as they are."))
    return redirect(PAGE)


@never_cache
@GET_OR_POST
def follow(request: Any, token: str) -> HttpResponse:
    """What will move and which account stays. Opening the link changes nothing; 404 once it is good for nothing."""
    found = links.read(token, request.at)
    if found is None:
        raise Http404
    joining, side = found
    check_agree(joining, request.user, request.at)
    reason = _obstacle(joining, request.at)
    if request.method == "POST" and not reason:
        raise_if_reauthentication_required(request, app="allauth.account")
        return _agreed(request, actions.agree_to_join(joining, side=side, by=request.user, at=request.at))
    context = {"joining": joining, "reason": reason, **_told(joining, side)}
    status = REFUSED if reason and request.method == "POST" else 200
    return render(request, "account/joining.html", context, status=status)


def _obstacle(joining: Joining, at: Any) -> str:
    try:
        check_join(joining.stays, joining.other, at)
    except Refused as refusal:
        return str(refusal.reason)
    return ""


def _told(joining: Joining, side: str) -> dict[str, Any]:
    """Whether this link was used before, whether it is the last that is needed, and what will move.

    What the other account has is told only to whoever has proved that account.
    """
    other = Joining.Side.OTHER if side == Joining.Side.STAYS else Joining.Side.STAYS
    is_proved = side == Joining.Side.OTHER or joining.other_agreed_at is not None
    return {
        "is_agreed": joining.agreed_at(side) is not None,
        "is_last": joining.agreed_at(other) is not None,
        "is_proved": is_proved,
        "rows": what_moves(joining.other) if is_proved and joining.other else [],
    }


def _agreed(request: Any, joining: Joining) -> HttpResponse:
    if joining.state == Joining.State.DONE:
        text = _("Joined. What was the other account’s is here now, and its addresses sign you in.")
        messages.success(request, text)
        return redirect("account:addresses")
    messages.success(request, _("Noted. Now follow the link in the letter to the other address, signed in as now."))
    return redirect(PAGE)
