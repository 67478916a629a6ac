"""Signed links to confirm a society's seats: they show a page, and change something only when a button is pressed."""

from __future__ import annotations

from datetime import datetime

from django.core import signing

from collegium.core.people.models import Attestation, Tenure
from collegium.core.people.queries import attesters

SALT = "desk.attestation"


def write(attestation: Attestation, tenure: Tenure) -> str:
    """A token for whoever holds this tenure."""
    return signing.dumps([attestation.pk, tenure.pk], salt=SALT)


def read(token: str, at: datetime) -> tuple[Attestation, Tenure] | None:
    """What is to be confirmed, and by whom; None for a forged token, after the quarter, and once the tenure is over."""
    try:
        attestation_id, tenure_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    found = Attestation.objects.select_related("organization__entry", "attested_by").filter(pk=attestation_id).first()
    if found is None or found.organization.day_of(at) >= found.next_quarter:
        return None
    tenure = next((one for one in attesters(found.organization, at) if one.pk == tenure_id), None)
    return (found, tenure) if tenure else None
