"""Signed links for officers of outside organizations: they show a page, and a button on it changes something."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from .models import Outsider

SALT = "signons.outsider"
LASTS = timedelta(days=365)


def write(outsider: Outsider) -> str:
    """A token for whoever reads letters at the officer's address."""
    return signing.dumps(outsider.pk, salt=SALT)


def read(token: str) -> Outsider | None:
    """The organization's row; None for every token that is not, or no longer, one for it."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    rows = Outsider.objects.select_related("letter__entry", "letter__current")
    return rows.filter(pk=pk).first() if isinstance(pk, int) else None
