"""Since when things are new to somebody who comes home: the last look before this visit.

A visit lasts until half an hour passes without a look at home. Its beginning is kept in a cookie, so that coming back
home from a topic shows the same news as before.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "visit"
VISIT = timedelta(minutes=30)
# Looking again within this time is the same look: nothing is written.
ONE_LOOK = timedelta(minutes=5)


def is_another_look(looked_at: datetime | None, at: datetime) -> bool:
    """Whether this look is to be remembered."""
    return looked_at is None or at - looked_at >= ONE_LOOK


def since(request: HttpRequest, *, looked_at: datetime | None, at: datetime) -> datetime | None:
    """The last look before this visit; None for somebody who comes home for the first time."""
    if looked_at is None or at - looked_at > VISIT:
        return looked_at
    return _kept(request, at) or looked_at


def _kept(request: HttpRequest, at: datetime) -> datetime | None:
    text = request.COOKIES.get(COOKIE, "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    began = datetime.fromtimestamp(int(text), at.tzinfo)
    return began if began <= at else None


def keep(response: HttpResponse, began: datetime | None) -> None:
    """Remember in the browser since when things are new in this visit."""
    if began is not None:
        response.set_cookie(
            COOKIE,
            str(int(began.timestamp())),
            max_age=int(VISIT.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
