"""What the house itself asks of a society."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Organization

from .queries import departures_asked, end_of
from .registry import Ask


def departures(society: Organization, viewer: Viewer) -> list[Ask]:
    """Somebody leaves, and nobody has said yet who takes what."""
    return [
        {
            "label": _("Say who follows %(name)s") % {"name": departure.person.full_name},
            "due_at": end_of(society, departure.last_day),
            "state": ("open", _("Not begun")),
            "url": reverse("desk:departure", args=[society.slug, departure.pk]),
            "note": _("Seats, offices and open questions are listed, each with whom we would propose."),
        }
        for departure in departures_asked(society)
    ]
