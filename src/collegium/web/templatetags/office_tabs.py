"""The places of the office, in sections, over each of its pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

SECTIONS = (
    (
        _("Today"),
        (
            ("front", _("Waiting"), "office:front"),
            ("calls", _("Calls"), "office:calls"),
            ("requests", _("Requests"), "office:requests"),
            ("reports", _("Reports"), "office:reports"),
            ("attestations", _("Confirmations"), "office:attestations"),
            ("addresses", _("Addresses"), "office:addresses"),
        ),
    ),
    (
        _("Council"),
        (
            ("societies", _("Societies"), "office:societies"),
            ("persons", _("People"), "office:persons"),
            ("groups", _("Groups"), "office:groups"),
            ("coverage", _("Coverage"), "office:coverage"),
            ("functions", _("Functions"), "office:functions"),
        ),
    ),
    (
        _("Papers"),
        (
            ("undertakings", _("Undertakings"), "office:undertakings"),
            ("rosters", _("Rosters"), "office:rosters"),
        ),
    ),
    (
        _("Machine"),
        (
            ("health", _("Health"), "office:health"),
            ("fare", _("Whether letters arrive"), "office:fare"),
            ("incoming", _("The way of letters"), "office:incoming"),
        ),
    ),
)


@register.simple_tag
def office_sections(current: str) -> list[dict[str, Any]]:
    """The pages of the office for the component `sections`, the one named `current` and its section marked."""
    return [_section(label, places, current) for label, places in SECTIONS]


def _section(label: Any, places: Any, current: str) -> dict[str, Any]:
    items = [{"label": word, "url": reverse(name), "current": key == current} for key, word, name in places]
    return {"label": label, "url": items[0]["url"], "current": any(row["current"] for row in items), "places": items}
