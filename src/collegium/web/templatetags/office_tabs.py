"""The tabs over the pages of the office."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

TABS = (
    ("front", _("Waiting"), "office:front"),
    ("societies", _("Societies"), "office:societies"),
    ("persons", _("People"), "office:persons"),
    ("functions", _("Functions"), "office:functions"),
    ("requests", _("Requests"), "office:requests"),
    ("coverage", _("Coverage"), "office:coverage"),
    ("undertakings", _("Undertakings"), "office:undertakings"),
    ("attestations", _("Confirmations"), "office:attestations"),
    ("rosters", _("Roster"), "office:rosters"),
    ("groups", _("Groups"), "office:groups"),
    ("addresses", _("Addresses"), "office:addresses"),
    ("reports", _("Reports and held posts"), "office:reports"),
    ("health", _("Health"), "office:health"),
)


@register.simple_tag
def office_tabs(current: str) -> list[dict[str, Any]]:
    """The pages of the office for the component `tabs`, the one named `current` marked."""
    return [{"label": label, "url": reverse(name), "current": key == current} for key, label, name in TABS]
