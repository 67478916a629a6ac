"""What the house holds about one: to take along, or to leave behind by closing the account."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from collegium.core.mail.actions import send_letter
from collegium.core.people import actions
from collegium.core.people.queries import primary_address

from .. import letters, queries
from ..archive import zipped
from ..doors import page, refusals_in
from ..forms.closing import ClosingForm
from .profile import GET_OR_POST


@GET_OR_POST
def download(request: Any) -> HttpResponse | StreamingHttpResponse:
    """Say what is in it; the button brings it."""
    if request.method != "POST":
        return render(request, "account/download.html")
    raise_if_reauthentication_required(request, app="allauth.account")
    answer = StreamingHttpResponse(zipped(request.user, request.at), content_type="application/zip")
    name = f"collegium-{request.user.handle}-{request.at:%Y-%m-%d}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@GET_OR_POST
def close(request: Any) -> HttpResponse:
    """Close the account, once its owner has typed their handle."""
    person = request.user
    form = ClosingForm(request.POST if request.method == "POST" else None, handle=person.handle)
    if form.is_valid():
        raise_if_reauthentication_required(request, app="allauth.account")
        with refusals_in(form):
            to = primary_address(person, request.at)
            actions.close_account(person, by=person, at=request.at)
            if to:
                told = {"name": person.name, "when": letters.moment(request.at, person)}
                send_letter(letters.ACCOUNT_CLOSED.name, to=to, context=told, at=request.at)
            logout(request)
            messages.success(request, _("Your account is closed. Thank you for what you shared."))
            return redirect("home:home")
    return page(request, "account/close.html", form, seats=queries.seats(person, at=request.at))
