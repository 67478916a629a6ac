"""Signing in by a code; all else about sign-in is allauth's as it is."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.views import ConfirmEmailVerificationCodeView, ConfirmLoginCodeView, LoginView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from collegium.core.access.doors import public
from collegium.core.access.errors import Refused
from collegium.core.mail.actions import rehearse_letter
from collegium.core.people import actions
from collegium.core.people.models import Person
from collegium.core.people.queries import live_owner

from ..adapter import MINUTES, AccountAdapter
from ..doors import RefusesAloud
from ..letters import LOGIN_CODE

ANOTHER = _("Another letter is on its way.")


class SignInView(RefusesAloud, LoginView):
    """Ask for a code. Known and unknown addresses get the same answer after the same work."""

    def form_valid(self, form: Any) -> HttpResponse:
        if form.user is None:
            _write_in_vain(self.request, form.cleaned_data["login"])
        return super().form_valid(form)


def _write_in_vain(request: Any, email: str) -> None:
    told = {"code": AccountAdapter().generate_login_code(), "minutes": MINUTES}
    rehearse_letter(LOGIN_CODE.name, to=email, context=told, at=request.at)


@method_decorator(public, name="dispatch")
class SignInCodeView(RefusesAloud, ConfirmLoginCodeView):
    """Enter the code. The first one that is right also shows that the address is the person's."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pending = request.session.get(LOGIN_SESSION_KEY) or {}
        if pending and pending.get("user_pk") is None:
            # allauth looks up the person it sent the code to; for an unknown address we look as well.
            Person.objects.filter(pk=0).first()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        person, email = self._process.user, self._process.state["email"]
        if self._action == "resend":
            if person is None:
                _write_in_vain(self.request, email)
            messages.success(self.request, ANOTHER)
            return super().form_valid(form)
        try:
            if person is None or live_owner(email, self.request.at) != person:
                raise Refused(self.adapter_words["incorrect_code"])
            actions.verify_address(person, email=email, at=self.request.at)
        except Refused as refusal:
            form.add_error("code", str(refusal.reason))
            return self.form_invalid(form)
        return super().form_valid(form)

    adapter_words = AccountAdapter.error_messages


class AddressCodeView(RefusesAloud, ConfirmEmailVerificationCodeView):
    """Enter the code sent to an address one wants to add, in one's own signed-in session."""

    def form_valid(self, form: Any) -> HttpResponse:
        if self._action == "resend":
            messages.success(self.request, ANOTHER)
        return super().form_valid(form)


sign_in = SignInView.as_view()
sign_in_code = SignInCodeView.as_view()
address_code = AddressCodeView.as_view()
