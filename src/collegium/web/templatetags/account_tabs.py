"""The tabs over the pages of an account."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

TABS = (
    ("profile", _("Profile"), "account:profile"),
    ("visibility", _("Who sees what"), "account:visibility"),
    ("addresses", _("Addresses"), "account:addresses"),
    ("security", _("Passkeys and codes"), "mfa_index"),
    ("sessions", _("Sessions"), "usersessions_list"),
    ("notices", _("Notices"), "account:notices"),
    ("undertakings", _("Undertakings"), "undertakings:mine"),
    ("belongings", _("Your data"), "account:download"),
)


@register.simple_tag
def account_tabs(current: str) -> list[dict[str, Any]]:
    """The pages of an account for the component `tabs`, the one named `current` marked."""
    return [{"label": label, "url": reverse(name), "current": key == current} for key, label, name in TABS]
