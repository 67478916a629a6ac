"""Adding a passkey, and showing one. allauth parses what a browser sends, and expects it to be whole."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import Words

MALFORMED = (KeyError, IndexError, ValueError, TypeError, AttributeError, struct.error)


class PasskeyForm(AddWebAuthnForm):
    """A passkey signs in alone: it always lives on the device and asks for a finger, a face or a PIN."""

    name = Words(
        label=_("A name to tell it by"),
        room=80,
        required=False,
        help_text=_("Such as the device it lives on: “office laptop”."),
    )
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("no_passkey") from error
        return cleaned


class RenameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = Words(label=_("A name to tell it by"), room=80)


class _Whole:
    """Refuses what is no credential at all."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form it is mixed into
        except MALFORMED as error:
            raise get_adapter().validation_error("no_passkey") from error


class SecondStepPasskeyForm(_Whole, AuthenticateWebAuthnForm):
    """A passkey as the second step of signing in."""


class SignInPasskeyForm(_Whole, LoginWebAuthnForm):
    """A passkey alone."""


class IsItYouPasskeyForm(_Whole, ReauthenticateWebAuthnForm):
    """A passkey before one changes how one signs in."""
