"""What the house itself asks of a society."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Application
from collegium.core.people.models import Organization
from collegium.core.people.queries import keeping_tenures, open_attestation, open_removals

from ..groups.applying import links as role_links
from .queries import departures_asked, due_by
from .registry import Ask


def attestation(society: Organization, viewer: Viewer) -> list[Ask]:
    """The quarter's confirmation of who sits where."""
    found = open_attestation(society)
    if found is None:
        return []
    return [
        {
            "label": _("Confirm who sits where, for this quarter"),
            "due_at": due_by(society, found.unconfirmed_on),
            "state": ("part" if found.reminded_at else "open", found.step_word),
            "url": reverse("desk:attestation", args=[society.slug]),
            "note": _("Takes about a minute. Without an answer the seats are marked, and later people only read."),
        }
    ]


def removals(society: Organization, viewer: Viewer) -> list[Ask]:
    """Somebody said in a letter that a person no longer holds a seat; who is signed in records the end."""
    return [
        {
            "label": _("Record the end of %(name)s as %(function)s, or say that they stay")
            % {"name": row.tenure.person.full_name, "function": row.tenure.seat.function.name},
            "due_at": None,
            "state": ("open", _("Not confirmed")),
            "url": reverse("desk:tenure", args=[society.slug, row.tenure_id]),
            "note": _("Said when the seats were confirmed from a letter."),
        }
        for row in open_removals(society, viewer.at)
    ]


def roles(society: Organization, viewer: Viewer) -> list[Ask]:
    """Somebody without an account says they have a role here; the society says whether that is so."""
    waiting = Application.objects.filter(society=society, state=Application.State.SOCIETY)
    others = waiting.exclude(person=viewer.person_id).select_related("function", "group__entry").order_by("asked_at")
    words = list(others)
    own = keeping_tenures(society, viewer.at).filter(person=viewer.person_id).first() if words else None
    if own is None:
        return []
    return [
        {
            "label": _("Is %(name)s your %(function)s?") % {"name": row.name, "function": row.function.name},
            "due_at": None,
            "state": ("open", _("Not answered")),
            "url": reverse("groups:role", args=[role_links.write_for(row, own)]),
            "note": _("Asks to join %(group)s.") % {"group": row.group.name},
        }
        for row in words
    ]


def departures(society: Organization, viewer: Viewer) -> list[Ask]:
    """Somebody leaves, and nobody has said yet who takes what."""
    return [
        {
            "label": _("Say who follows %(name)s") % {"name": departure.person.full_name},
            "due_at": due_by(society, departure.last_day),
            "state": ("open", _("Not begun")),
            "url": reverse("desk:departure", args=[society.slug, departure.pk]),
            "note": _("Seats, offices and open questions are listed, each with whom we would propose."),
        }
        for departure in departures_asked(society)
    ]
