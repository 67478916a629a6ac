"""The letter that tries an address again."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from ..actions import send_letter
from ..bounces.models import AddressHealth
from ..models import Letter
from ..registry import LetterKind

PROBE = LetterKind(
    "mail.probe",
    gettext_lazy("Whether letters reach an address again"),
    ("name", "since", "said", "link"),
    goes_always=True,
)


def write_probe(health: AddressHealth, *, at: datetime) -> Letter:
    """Nothing is asked of whoever reads it: that it arrived is all it is for."""
    address = health.address
    told = {
        "name": address.user.name,
        "since": date_format(health.since, "j F Y") if health.since else "",
        "said": health.said,
        "link": settings.BASE_URL + reverse("account:addresses"),
    }
    return send_letter(PROBE.name, to=address.email, context=told, at=at)
