"""Addresses of sign-in, under the names allauth looks for; there are none for passwords or for signing up."""

from allauth.account import views as allauth_views
from django.urls import include, path
from django.views.generic import RedirectView

from .views import security, signin

urlpatterns = [
    path("login/", signin.sign_in, name="account_login"),
    path("login/code/", signin.sign_in_code, name="account_confirm_login_code"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("addresses/code/", signin.address_code, name="account_email_verification_sent"),
    path("email/", RedirectView.as_view(pattern_name="account:addresses"), name="account_email"),
    path("security/webauthn/add/", security.add_passkey, name="mfa_add_webauthn"),
    path("security/totp/activate/", security.switch_on_app, name="mfa_activate_totp"),
    path("security/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
