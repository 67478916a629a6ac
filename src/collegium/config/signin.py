"""How people sign in: allauth's settings. Codes by e-mail and passkeys, a second factor where wanted, no passwords."""

from typing import Any

ACCOUNT_ADAPTER = "collegium.web.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {
    "login": "collegium.web.account.forms.signin.SignInForm",
    "confirm_login_code": "collegium.web.account.forms.signin.SignInCodeForm",
    "confirm_email_verification_code": "collegium.web.account.forms.signin.AddressCodeForm",
}
# Without a password field the sign-in page itself sends the code; this would add a second page that does the same.
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Who has a passkey or an authenticator app shows it again before changing addresses, passkeys or codes.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {
    # A whole office may share one address on the network; a single reader's address gets few letters.
    "login": "60/m/ip",
    "request_login_code": "30/m/ip,3/m/key,10/h/key",
    "login_failed": "20/m/ip,10/5m/key",
    "manage_email": "10/m/user",
    "confirm_email": "3/m/key",
    "reauthenticate": "10/m/user",
    # Each makes one letter to an address that somebody typed.
    "apply_to_join": "20/h/ip,3/h/key,6/d/key",
    "sign_from_outside": "20/h/ip,3/h/key,6/d/key",
    "join_accounts": "10/h/user,3/h/key,6/d/key",
}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ADAPTER = "collegium.web.account.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "collegium.web.account.forms.passkeys.PasskeyForm",
    "edit_webauthn": "collegium.web.account.forms.passkeys.RenameForm",
    "authenticate_webauthn": "collegium.web.account.forms.passkeys.SecondStepPasskeyForm",
    "login_webauthn": "collegium.web.account.forms.passkeys.SignInPasskeyForm",
    "reauthenticate_webauthn": "collegium.web.account.forms.passkeys.IsItYouPasskeyForm",
    "activate_totp": "collegium.web.account.forms.second_step.SwitchOnForm",
    "authenticate": "collegium.web.account.forms.second_step.SecondStepForm",
    "reauthenticate": "collegium.web.account.forms.second_step.IsItYouForm",
}
# Clocks of telephones are half a minute off.
MFA_TOTP_TOLERANCE = 1
# Accounts are made by the house, so an address still to be verified is nobody's trick.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# The address a session last came from is personal and of no use here.
USERSESSIONS_TRACK_ACTIVITY = False

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Session and person are read for every page: by prepared statements.
AUTHENTICATION_BACKENDS = ["collegium.core.people.backends.Backend"]
SESSION_ENGINE = "collegium.config.sessions"


def by_address(base_url: str) -> dict[str, Any]:
    """The settings that depend on where Collegium is served: passkeys need TLS, except on this machine itself."""
    secure = base_url.startswith("https://")
    return {
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if secure else "http",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not secure,
    }
