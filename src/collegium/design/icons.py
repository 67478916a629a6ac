"""Icons of the lucide set as small inline SVG, read once."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

SPACE = re.compile(r"\s*\n\s*| (?=/>)")


@lru_cache(maxsize=512)
def draw_icon(name: str, label: str = "") -> SafeString:
    """The icon at the size of the text around it; raises `lucide.IconDoesNotExist` for an unknown name."""
    drawn = SPACE.sub("", lucide(name, size=20, stroke_width="1.75", focusable="false"))
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(drawn.replace("<svg ", f'<svg class="icon" {spoken} ', 1))  # noqa: S308 - package markup, label escaped
