"""Where letters are read, and what the audience of one being prepared is called."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.entries.models import Entry

from ..models import Letter


def letter_address(entry: Entry) -> str:
    return reverse("signons:letter", args=[entry.pk])


def preparing_names(ids: list[int]) -> dict[int, str]:
    """What the audience of those who prepare a letter is called."""
    rows = Letter.objects.filter(preparing_audience__in=ids)
    return {row.preparing_audience_id: _("the people of its host and the council's team") for row in rows}
