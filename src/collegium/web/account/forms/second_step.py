"""The number of an authenticator app, or a recovery code."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm

NUMBER = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "class": "code-input"}


class SwitchOnForm(ActivateTOTPForm):
    """The first number shows that the app has the secret."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs = dict(NUMBER)


class SecondStepForm(AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs = dict(NUMBER)


class IsItYouForm(ReauthenticateForm):
    """The same, before one changes how one signs in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs = dict(NUMBER)
