"""Adding a passkey or an authenticator app: whoever has just shown one need not show it again to see the codes."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse

from ..doors import RefusesAloud


class AddPasskeyView(RefusesAloud, AddWebAuthnView):
    """Make a passkey; the first one brings recovery codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        _just_shown(self.request, Authenticator.Type.WEBAUTHN)
        return answer


class SwitchOnAppView(RefusesAloud, ActivateTOTPView):
    """Tie an authenticator app to the account; it brings recovery codes where there are none."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        _just_shown(self.request, Authenticator.Type.TOTP)
        return answer


def _just_shown(request: HttpRequest, kind: str) -> None:
    record_authentication(request, request.user, method="mfa", type=kind, reauthenticated=True)


add_passkey = AddPasskeyView.as_view()
switch_on_app = SwitchOnAppView.as_view()
