"""What the desk says of what was done."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.core.people.models import Tenure

from ..together import Row


def proposed(tenure: Tenure, opened: Row) -> str:
    """Who takes which seat, what opens on the first day, and what waits for the council's team."""
    words = {
        "name": tenure.person.name,
        "function": tenure.seat.function.name,
        "day": date_format(tenure.starts_on, "j F Y"),
    }
    told = [_("%(name)s takes the seat %(function)s on %(day)s; a letter of welcome is on its way.") % words]
    if opened["at_once"]:
        told.append(_("Opens then: %(groups)s.") % {"groups": ", ".join(opened["at_once"])})
    if opened["confirmed"]:
        told.append(
            _("Waits for the council’s team, which confirms each new holder: %(groups)s.")
            % {"groups": ", ".join(opened["confirmed"])}
        )
    return " ".join(told)
