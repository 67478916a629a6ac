"""Where an entry is read, for pages that name others."""

from __future__ import annotations

from django import template

from collegium.core.entries.models import Entry
from collegium.core.entries.queries import address

register = template.Library()


@register.simple_tag
def entry_url(entry: Entry) -> str:
    """The address of an entry's page."""
    return address(entry)
