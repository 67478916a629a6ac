"""What the head of every page needs: the stylesheet's address and the theme; no queries, no context but the request."""

from __future__ import annotations

from functools import cache, lru_cache
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.template import Context, Library
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

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
    return _around(context, "masthead", kind=kind)


@register.simple_tag(takes_context=True)
def colophon(context: Context) -> SafeString:
    """The end of a page."""
    return _around(context, "colophon")


# They stand for the two things that differ from page to page of one reader; nobody can have written them.
_PATH, _TOKEN = f"path-{token_hex(8)}", f"token-{token_hex(8)}"


def _around(context: Context, name: str, **given: str) -> SafeString:
    """A component drawn around a page; kept by all it shows, as one reader sees the same around many pages."""
    request, house = context.get("request"), context.get("house")
    house, theme = house.itself if house else house, chosen_theme(request) or "auto"
    path, token = request.get_full_path() if request is not None else "/", context.get("csrf_token")
    # Without a request there is no token; and a list in a house that a test has built is no key.
    if request is None or settings.DEBUG or not _is_key(house):
        return _drawn_around(name, theme, house, path, token, **given)
    html = _kept_around(get_language(), name, theme, house, **given).replace(_PATH, escape(path))
    return mark_safe(html.replace(_TOKEN, str(token)) if _TOKEN in html else html)  # noqa: S308 - path escaped, token plain


def _is_key(house: Any) -> bool:
    try:
        hash(house)
    except TypeError:
        return False
    return True


@lru_cache(maxsize=512)
def _kept_around(_language: str | None, name: str, theme: str, house: Any, **given: str) -> str:
    return _drawn_around(name, theme, house, _PATH, _TOKEN, **given)


def _drawn_around(name: str, theme: str, house: Any, path: str, token: Any, **given: str) -> SafeString:
    around = {"house": house, "theme": theme, "theme_url": _theme_url(), "path": path, "csrf_token": token}
    return CATALOGUE[name].draw({**given, **around})


@cache
def _theme_url() -> str:
    return reverse("design:theme")


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
