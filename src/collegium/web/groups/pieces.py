"""Pieces of a group's page that are the same for everybody who reads it in one language; drawn once a process."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from collegium.core.notices.models import Level
from collegium.design.catalogue import CATALOGUE
from collegium.design.components import draw
from collegium.design.names import grouped

FILTERS = {
    "": gettext_lazy("All topics"),
    "question": gettext_lazy("Questions"),
    "unanswered": gettext_lazy("Unanswered"),
    "announcement": gettext_lazy("Announcements"),
}


def filters(show: str) -> SafeString:
    """The ways to narrow the topics, the present one marked."""
    return _filters(get_language(), show)


@lru_cache(maxsize=64)
def _filters(_language: str | None, show: str) -> SafeString:
    items = [
        {"label": label, "url": f"?show={name}" if name else "?", "current": name == show}
        for name, label in FILTERS.items()
    ]
    return draw(CATALOGUE["tabs"], items=items, label=_("Show only"), kind="filters")


def levels(chosen: str) -> SafeString:
    """The options of how much of a group to hear."""
    return _levels(get_language(), chosen)


@lru_cache(maxsize=64)
def _levels(_language: str | None, chosen: str) -> SafeString:
    rows = [(value, SafeString(" selected") if value == chosen else "", label) for value, label in Level.choices]
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def numbers(persons: int, organizations: int) -> str:
    """How many people of how many organizations."""
    words = {
        "persons": ngettext("%(n)s person", "%(n)s people", persons) % {"n": grouped(persons)},
        "places": ngettext("%(n)s organization", "%(n)s organizations", organizations) % {"n": grouped(organizations)},
    }
    return _("%(persons)s, %(places)s") % words
