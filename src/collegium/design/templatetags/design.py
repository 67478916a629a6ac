"""What the head of every page needs: the stylesheet's address and the theme; no queries, no context but the request."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context, Library
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name

from collegium.design.catalogue import CATALOGUE
from collegium.design.color import accent_from
from collegium.design.stylesheet import DEFAULT_ACCENT, the_stylesheet
from collegium.design.theme import chosen_theme

register = Library()


@register.simple_tag
def assets() -> SafeString:
    """The stylesheet, the sign of the house and the two scripts."""
    return _assets(reverse("design:stylesheet", args=[the_stylesheet().fingerprint]))


@lru_cache(maxsize=4)
def _assets(stylesheet: str) -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}">\n<link rel="icon" href="{}" type="image/svg+xml">\n'
        '<script src="{}" defer></script>\n<script src="{}" defer></script>',
        stylesheet,
        *map(static, ("design/favicon.svg", "django_htmx/htmx-2.min.js", "design/house.js")),
    )


@register.simple_tag(takes_context=True)
def masthead(context: Context, kind: str = "full") -> SafeString:
    """The top of a page: the demonstration's notice, the name of the house, the ways in, the reader's corner."""
    return CATALOGUE["masthead"].draw({"kind": kind, **_surroundings(context)})


@register.simple_tag(takes_context=True)
def colophon(context: Context) -> SafeString:
    """The end of a page."""
    return CATALOGUE["colophon"].draw(_surroundings(context))


def _surroundings(context: Context) -> dict[str, Any]:
    request, house = context.get("request"), context.get("house")
    return {
        "house": house.itself if house else house,
        "theme": chosen_theme(request) or "auto",
        "theme_url": reverse("design:theme"),
        "path": request.get_full_path() if request is not None else "/",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def theme_attribute(context: Context) -> SafeString:
    """` data-theme="dark"` if the reader chose one."""
    theme = chosen_theme(context.get("request"))
    return mark_safe(f' data-theme="{theme}"' if theme else "")  # noqa: S308 - one of two words


@register.simple_tag
def zone_name() -> str:
    """The time zone the page is written in."""
    return get_current_timezone_name()


@register.simple_tag
def accent_shade(theme: str) -> str:
    """The readable accent for letters, where no stylesheet reaches."""
    accent = accent_from(getattr(settings, "ACCENT_COLOR", "") or DEFAULT_ACCENT)
    return accent.dark if theme == "dark" else accent.light
