"""Drawing a line of a template, and comparing what comes out as HTML."""

from __future__ import annotations

from typing import Any

from django.template import Context, Engine
from django.test.html import parse_html


def drawn(source: str, **values: Any) -> str:
    """What a page gets for these lines."""
    return str(Engine.get_default().from_string("{% load components i18n %}" + source).render(Context(values)))


def same_html(got: str, wanted: str) -> bool:
    """Whether two fragments are the same but for white space and the order of attributes; says how they differ."""
    one, other = parse_html(got), parse_html(wanted)
    assert one == other, f"\n{one}\n\nis not\n\n{other}"
    return True


def without_icons(html: str) -> str:
    """The fragment with each icon as an empty `svg`, to keep what is compared readable."""
    parts = html.split('<svg class="icon"')
    return parts[0] + "".join("<svg></svg>" + part.partition("</svg>")[2] for part in parts[1:])
