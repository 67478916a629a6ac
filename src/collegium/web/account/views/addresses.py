"""The addresses one signs in with and gets letters at."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import EmailAddress
from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.core.access.errors import Refused
from collegium.core.mail.bounces.actions import take_up_address
from collegium.core.people import actions
from collegium.core.people.models import AddressProposal
from collegium.core.people.queries import primary_address

from .. import letters, queries
from ..browsers import browser_in_words
from ..doors import page
from ..forms.signin import AddAddressForm

PAGE = "account:addresses"
CODE = "account_email_verification_sent"


@require_http_methods(["GET", "POST"])
def addresses(request: Any) -> HttpResponse:
    """One's addresses, what is proposed, and a form to add another: a code goes there."""
    form = AddAddressForm(request.POST if request.method == "POST" else None, person=request.user, at=request.at)
    if request.method == "POST" and form.is_valid():
        return _send_code(request, EmailAddress(user=request.user, email=form.cleaned_data["email"]))
    shown = queries.addresses_page(request.user, at=request.at)
    return page(request, "account/addresses.html", form, **shown)


def _send_code(request: HttpRequest, address: EmailAddress) -> HttpResponse:
    raise_if_reauthentication_required(request, app="allauth.account")
    too_many = consume_or_429(request, action="manage_email", user=request.user)
    if too_many is not None:
        return too_many
    send_verification_email_to_address(request, address)
    return redirect(CODE)


def _own(request: Any, pk: int) -> EmailAddress:
    """One of one's own addresses; anybody else's is not there."""
    return get_object_or_404(EmailAddress, pk=pk, user=request.user)


@require_POST
def send_code(request: Any, pk: int) -> HttpResponse:
    """Send a code to an address of one's own that was not verified yet."""
    return _send_code(request, _own(request, pk))


@require_POST
def choose_primary(request: Any, pk: int) -> HttpResponse:
    """Letters go to this address from now on; the old one is told."""
    address, old = _own(request, pk), primary_address(request.user, request.at)
    raise_if_reauthentication_required(request, app="allauth.account")
    try:
        actions.choose_primary_address(address, by=request.user, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return redirect(PAGE)
    if old and old != address.email:
        _tell(request, _("Letters now go to %(email)s.") % {"email": address.email}, to=old)
    messages.success(request, _("Letters now go to %(email)s.") % {"email": address.email})
    return redirect(PAGE)


@require_POST
def recover(request: Any, pk: int) -> HttpResponse:
    """Letters are sent to the address again, from the next one on."""
    address = _own(request, pk)
    try:
        take_up_address(address, by=request.user, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return redirect(PAGE)
    told = _("Letters are sent to %(email)s again. If they still come back, we stop sooner.")
    messages.success(request, told % {"email": address.email})
    return redirect(PAGE)


@require_POST
def remove(request: Any, pk: int) -> HttpResponse:
    """Take an address away, but for the last one."""
    address = _own(request, pk)
    raise_if_reauthentication_required(request, app="allauth.account")
    try:
        actions.remove_address(address, by=request.user, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return redirect(PAGE)
    text = _("The address %(email)s was removed from your account.") % {"email": address.email}
    _tell(request, text, to=primary_address(request.user, request.at))
    messages.success(request, text)
    return redirect(PAGE)


def _tell(request: Any, change: str, *, to: str) -> None:
    browser = browser_in_words(request.headers.get("User-Agent", ""))
    letters.tell_of_change(request.user, change, to=to, at=request.at, browser=browser)


@require_POST
def confirm_proposal(request: Any, pk: int) -> HttpResponse:
    """Accept an address somebody proposed; it is verified by the first code sent to it."""
    proposal = get_object_or_404(AddressProposal, pk=pk, person=request.user)
    raise_if_reauthentication_required(request, app="allauth.account")
    actions.confirm_address(proposal, by=request.user, at=request.at)
    text = _("%(email)s is yours now. The first code you enter from there verifies it.") % {"email": proposal.email}
    messages.success(request, text)
    return redirect(PAGE)


@require_POST
def decline_proposal(request: Any, pk: int) -> HttpResponse:
    """Refuse an address somebody proposed, also while it waits to take effect."""
    proposal = get_object_or_404(AddressProposal, pk=pk, person=request.user)
    actions.decline_address(proposal, by=request.user, at=request.at)
    messages.success(request, _("The proposed address was declined."))
    return redirect(PAGE)
