"""An address, a code: what one types to sign in or to add an address."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField
from allauth.account.forms import BaseConfirmCodeForm, ConfirmLoginCodeForm, LoginForm
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.people.models import Person
from collegium.core.people.queries import is_live, live_addresses, live_owner, spelled

CODE = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", "class": "code-input"}
MOST_ADDRESSES = 5


class SignInForm(LoginForm):
    """The address a code is sent to; `user` is who signs in with it, if anybody does."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].label = _("Your e-mail address")
        self.fields["login"].widget.attrs.pop("placeholder", None)

    def _clean_without_password(self, email: str | None, phone: str | None) -> dict[str, Any]:
        address = email or ""
        if ratelimit.consume(self.request, action="request_login_code", key=address.lower()):
            self.user = live_owner(address, self.request.at)
        else:
            self.add_error("login", get_adapter().validation_error("too_many_login_attempts"))
        return self.cleaned_data


class SignInCodeForm(ConfirmLoginCodeForm):
    """The code out of the letter."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say_code(self)


class AddressCodeForm(BaseConfirmCodeForm):
    """The code sent to an address one wants to add."""

    def __init__(self, *args: Any, user: Person, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user, self.email = user, email
        _say_code(self)


def _say_code(form: forms.Form) -> None:
    form.fields["code"].label = _("Code")
    form.fields["code"].widget.attrs = dict(CODE)


class AddAddressForm(forms.Form):
    """An address one wants to sign in with. Whether somebody else has it is not told: the code would not arrive."""

    email = EmailField(label=gettext_lazy("Another address"), max_length=254)

    def __init__(self, *args: Any, person: Person, at: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person, self.at = person, at
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        mine = EmailAddress.objects.filter(user=self.person)
        own = mine.filter(spelled(email)).first()
        if own is not None and not is_live(own, self.at):
            raise forms.ValidationError(_("This address ended with your tenure there and cannot be added again."))
        if own is not None and own.verified:
            raise forms.ValidationError(_("You already sign in with this address."))
        if own is None and live_addresses(self.at).filter(pk__in=mine).count() >= MOST_ADDRESSES:
            raise forms.ValidationError(
                _("You have %(number)s addresses; remove one first.") % {"number": MOST_ADDRESSES}
            )
        return email
