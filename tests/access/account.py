"""The access table's rows of sign-in, the account, the office and the gallery."""

from __future__ import annotations

from typing import Any

from .table import AWAY, MISSING, PAGE, REFUSED, Row, everywhere_alike, nothing
from .world import EVERYONE, OFFICE, SIGNED_IN, World


def own_address(world: World) -> dict[str, Any]:
    return {"pk": world.made["address"].pk}


def proposal(world: World) -> dict[str, Any]:
    return {"pk": world.made["proposal"].pk}


PEER = frozenset({"peer"})

ACCOUNT = [
    *everywhere_alike(
        "account:profile",
        "account:visibility",
        "account:addresses",
        "account:notices",
        "account:close",
        "account:notifications",
        "account:welcome",
        "account:download",
        "usersessions_list",
        answers={PAGE: SIGNED_IN},
    ),
    Row("account:address_code", {AWAY: PEER}, own_address, nothing),
    Row("account:address_primacy", {AWAY: PEER}, own_address, nothing),
    Row("account:address_removal", {AWAY: PEER}, own_address, nothing, state="the last"),
    Row("account:proposal_confirmation", {AWAY: PEER}, proposal, nothing),
    Row("account:proposal_refusal", {AWAY: PEER}, proposal, nothing),
    Row("account:proposal", {}, lambda w: {"token": "forged"}, nobody=MISSING),
    Row("account:notification", {}, lambda w: {"pk": 999_999}, state="unknown"),
    Row("account:see_notifications", {AWAY: SIGNED_IN}, nothing, nothing),
    Row("account:profile", {REFUSED: SIGNED_IN}, nothing, lambda w: {"name": ""}, state="empty"),
]

SIGN_IN = [
    Row("account_login", {PAGE: frozenset({None}), AWAY: SIGNED_IN}),
    Row("account_confirm_login_code", {AWAY: SIGNED_IN}, state="not asked for"),
    Row("account_email_verification_sent", {AWAY: SIGNED_IN}, state="not asked for"),
    Row("account_logout", {PAGE: SIGNED_IN, AWAY: EVERYONE}),
    Row("account_inactive", {PAGE: EVERYONE}),
    Row("account_email", {AWAY: SIGNED_IN}),
    Row("mfa_index", {PAGE: SIGNED_IN}),
]

OFFICE_PAGES = [
    Row("office:addresses", {PAGE: OFFICE}),
    Row("office:override", {PAGE: OFFICE}, proposal),
]

SECURITY = [
    *everywhere_alike(
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_generate_recovery_codes",
        answers={PAGE: SIGNED_IN},
    ),
    # Nobody of the cast has a second factor: there is nothing to take away, to show or to ask for.
    *everywhere_alike("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes", answers={}),
    *everywhere_alike("mfa_reauthenticate", "mfa_reauthenticate_webauthn", answers={REFUSED: SIGNED_IN}),
    Row("mfa_authenticate", {AWAY: SIGNED_IN}, state="not asked for"),
    Row("mfa_edit_webauthn", {}, lambda w: {"pk": 999_999}, state="unknown"),
    Row("mfa_remove_webauthn", {}, lambda w: {"pk": 999_999}, state="unknown"),
    Row("mfa_login_webauthn", {AWAY: SIGNED_IN}),
]

# The demonstration is on this machine alone, and everybody there may be anybody.
DEMONSTRATION = [
    *everywhere_alike("demo:personas", "office:letters", "office:mailings", answers={PAGE: EVERYONE}),
    *(
        Row(f"office:{name}", {}, lambda w: {"pk": 999_999}, state="unknown", nobody=MISSING)
        for name in ("mailing", "delivery")
    ),
    Row("office:letter", {}, lambda w: {"pk": 999_999}, state="unknown", nobody=MISSING),
]

DESIGN = [
    *everywhere_alike("design:gallery", answers={PAGE: EVERYONE}),
    Row("design:sample", {}, lambda w: {"name": "none-such"}, state="unknown", nobody=MISSING),
    # Any fingerprint gives the sheet as it is now: a page drawn before a release is never naked.
    Row("design:stylesheet", {PAGE: EVERYONE}, lambda w: {"fingerprint": "of-yesterday"}),
    Row("design:theme", {AWAY: EVERYONE}, nothing, lambda w: {"theme": "dark"}),
]
