"""Light or dark, as a browser's own preference or as the reader chose: a cookie that says one word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

COOKIE = "theme"
THEMES = ("light", "dark")
A_YEAR = 365 * 24 * 3600


def chosen_theme(request: HttpRequest | None) -> str:
    """`light`, `dark`, or nothing for what the system prefers."""
    told = request.COOKIES.get(COOKIE, "") if request is not None else ""
    return told if told in THEMES else ""


def remember_theme(response: HttpResponse, theme: str, *, secure: bool) -> None:
    """Keep the choice for a year, or forget it for anything that is not a theme."""
    if theme in THEMES:
        response.set_cookie(COOKIE, theme, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
