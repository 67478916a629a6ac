"""`{% topic_rows topics level=2 %}`: rows of topics as `collegium.web.topics` draws them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from collegium.web import topics
from collegium.web.together import Row

register = template.Library()


@register.simple_tag
def topic_rows(rows: Sequence[Row], level: int = 3, shows_group: bool = False) -> SafeString:
    """The rows; `level` is that of their headings."""
    return topics.drawn(rows, level=level, shows_group=shows_group)
