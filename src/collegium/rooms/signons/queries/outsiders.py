"""Outside organizations as the host and the team see them, and the letter behind a link."""

from __future__ import annotations

from django.http import Http404

from ..models import Letter, Outsider
from ..rules.outsiders import takes_outsiders


def letter_behind(key: str) -> Letter:
    """The letter of a link that leads somewhere at present; otherwise Http404."""
    found = Letter.objects.select_related("current").filter(outside_key=key).first() if key else None
    if found is None or not takes_outsiders(found):
        raise Http404
    return found


def outsiders_of(letter: Letter) -> list[Outsider]:
    """Those whose address is verified, the ones that wait first."""
    rows = Outsider.objects.filter(letter=letter, verified_at__isnull=False).select_related("decided_by")
    return sorted(rows, key=lambda one: (bool(one.outcome), one.verified_at, one.pk))


def outsider_of(letter: Letter, pk: int) -> Outsider:
    """One whose address is verified; otherwise Http404."""
    found = Outsider.objects.filter(letter=letter, pk=pk, verified_at__isnull=False).first()
    if found is None:
        raise Http404
    return found
