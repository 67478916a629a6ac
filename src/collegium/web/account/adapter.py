"""Where allauth asks the house: letters go through core.mail, only living addresses count, nobody signs up."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.errors import Refused
from collegium.core.mail.actions import send_letter
from collegium.core.mail.bounces.actions import recover_address
from collegium.core.mail.writing import the_house
from collegium.core.people import actions
from collegium.core.people.models import Person
from collegium.core.people.queries import primary_address

from . import letters
from .browsers import browser_in_words

MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60

# What allauth calls a notification -> what it says of the account.
CHANGES = {
    "totp_activated": gettext_lazy("An authenticator app was added to your account."),
    "totp_deactivated": gettext_lazy("The authenticator app was removed from your account."),
    "webauthn_added": gettext_lazy("A passkey was added to your account."),
    "webauthn_removed": gettext_lazy("A passkey was removed from your account."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made for your account; the old ones are void."),
}

WAYS = {
    "mfa_reauthenticate": gettext_lazy("Use a number of your app or a recovery code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by a code sent to an address that lives, without passwords and without sign-up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This is not the code we sent. Only the newest letter counts."),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Wait a few minutes, then ask for a new code."),
        "rate_limited": gettext_lazy("That was too often in a short time. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are registered by their society or the council's team."""
        return False

    def get_login_stages(self) -> list[str]:
        """A code proves the address it was sent to and a passkey needs none: no second letter at sign-in."""
        return [stage for stage in super().get_login_stages() if not stage.endswith("VerificationStage")]

    def render_mail(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotImplementedError("letters are written by collegium.core.mail")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write one of our letters for what allauth has to say."""
        name = template_prefix.rpartition("/")[2]
        at = self.request.at
        if name == "login_code":
            told = {"code": context["code"], "minutes": MINUTES}
            send_letter(letters.LOGIN_CODE.name, to=email, context=told, at=at)
        elif name in ("email_confirmation", "email_confirmation_signup"):
            told = {"code": context["code"], "minutes": MINUTES, "name": context["user"].name}
            send_letter(letters.ADDRESS_CODE.name, to=email, context=told, at=at)
        else:
            raise NotImplementedError(f"there is no letter for {template_prefix}")

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person at an address that lives; if there is none, nobody is told."""
        at, to = self.request.at, primary_address(user, self.request.at)
        if to:
            change = str(CHANGES[template_prefix.rpartition("/")[2]])
            browser = browser_in_words(self.get_http_user_agent(self.request))
            letters.tell_of_change(user, change, to=to, at=at, browser=browser)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A passkey first, where there is one: nothing has to be typed."""
        found = super().get_reauthentication_methods(user)
        for method in found:
            method["description"] = WAYS[method["id"]]
        return sorted(found, key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")

    def confirm_email(self, request: Any, email_address: EmailAddress) -> bool:
        """A code sent to the address was shown in the person's own session."""
        try:
            actions.verify_address(email_address.user, email=email_address.email, at=request.at)
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
            return False
        text = _("%(email)s is yours now: you can sign in with it.") % {"email": email_address.email}
        messages.success(request, text)
        return True

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account:addresses")

    def post_login(self, request: Any, user: Any, *, redirect_url: str | None = None, **rest: Any) -> HttpResponse:
        """The first time, by way of the page that says who one is here. A code that arrived shows that letters do."""
        arrived = EmailAddress.objects.filter(user=user, email=rest.get("email")).first() if rest.get("email") else None
        if arrived is not None:
            recover_address(arrived, at=request.at)
        if user.welcomed_at is None:
            redirect_url = welcome_first(redirect_url or get_next_redirect_url(request))
        return super().post_login(request, user, redirect_url=redirect_url, **rest)


def welcome_first(wanted: str | None) -> str:
    """The first-sign-in page, which leads on to the page that was wanted."""
    page = reverse("account:welcome")
    return f"{page}?{urlencode({'next': wanted})}" if wanted else page


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys and authenticator apps bear the council's name and the person's."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This is not right, or no longer: numbers of an app change every 30 seconds."),
        "no_passkey": gettext_lazy("What your browser sent is not a passkey. Try again."),
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.handle)

    def get_totp_issuer(self) -> str:
        return the_house().name

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan as markup that stands in the page: pictures of other sources are not shown."""
        return super().build_totp_svg(url).partition("?>")[2].strip()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth calls it so
        number = Authenticator.objects.filter(user=user.pk, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": the_house().name}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        return super().get_public_key_credential_user_entity(user) | {"display_name": user.name, "name": user.handle}
