"""Telling the reader's browser that what it kept as a draft has arrived and may be forgotten."""

from __future__ import annotations

import re

from django.http import HttpResponse

COOKIE = "sent"
KEY = re.compile(r"[a-z0-9-]{1,80}")


def draft_sent(response: HttpResponse, key: str) -> HttpResponse:
    """Mark the draft of `<textarea data-draft-key=key>` as sent; the page's script then clears its copy.

    Call it on the answer (or redirect) of a deed that succeeded, never on a refusal: a draft outlives every error.
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"a draft key is made of a-z, 0-9 and hyphens; got {key!r}")
    response.set_cookie(COOKIE, key, max_age=300, samesite="Lax")
    return response
