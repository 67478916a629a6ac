"""Signed links that prove one side of a joining; each is good until it is done, withdrawn, asked anew or too old."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core import signing

from collegium.core.people.models import Joining
from collegium.core.people.models.joinings import LASTS
from collegium.core.people.queries import live_addresses

SALT = "account.joining"


def write(joining: Joining, side: str, to: str) -> str:
    """A token for whoever reads letters at the address `to` of this side."""
    address = EmailAddress.objects.get(user=_owner(joining, side), email__iexact=to)
    return signing.dumps([joining.pk, side, address.pk, joining.begun_at.isoformat()], salt=SALT)


def read(token: str, at: datetime) -> tuple[Joining, str] | None:
    """The joining and the side it proves, while the joining waits and the address lives; None for every other token."""
    try:
        pk, side, address, begun_at = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    found = Joining.objects.select_related("stays", "other", "begun_by").filter(pk=pk).first()
    if found is None or not found.is_open(at) or found.begun_at.isoformat() != begun_at:
        return None
    if not live_addresses(at).filter(pk=address, user=_owner(found, side)).exists():
        return None
    return found, side


def _owner(joining: Joining, side: str) -> int | None:
    return joining.stays_id if side == Joining.Side.STAYS else joining.other_id
