"""What of groups hangs on somebody who leaves a society: offices, invitations, requests, applications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Departure, Handover, Tenure
from collegium.core.people.registry import Belonging

from .models import Application, Confirmation, Group, JoinRequest, Membership, Office


def belongings(departure: Departure, viewer: Viewer) -> Iterator[Belonging]:
    """Offices and invitations can be recommended to whoever names officers and invites; what was asked for ends."""
    here: dict[str, Any] = {
        "tenure__person": departure.person_id,
        "tenure__seat__organization": departure.organization_id,
    }
    people = ("group__entry", "tenure")
    for office in Office.objects.filter(period__upper_inf=True, **here).select_related(*people).order_by("pk"):
        role, seat = office.get_role_display(), office.tenure.seat_id
        label = _("%(office)s of %(group)s") % {"office": role, "group": _named(office.group, viewer)}
        note = _("Ends with the seat. The council’s team names officers; your proposal is put before it.")
        yield Belonging("office", label, note, office.pk, seat)
    for member in Membership.objects.filter(period__upper_inf=True, **here).select_related(*people).order_by("pk"):
        assert member.tenure is not None  # looked for by it
        label = _("Invited to %(group)s") % {"group": _named(member.group, viewer)}
        note = _("Ends with the seat. Whoever runs the group invites; your proposal is put before the council’s team.")
        yield Belonging("invitation", label, note, member.pk, member.tenure.seat_id)
    asked = JoinRequest.objects.filter(state=JoinRequest.State.WAITING, **here).select_related(*people).order_by("pk")
    for request in asked:
        label = _("Asked to join %(group)s") % {"group": _named(request.group, viewer)}
        yield Belonging("request", label, _("Unanswered. It ends with the seat; the successor can ask anew."))
    yield from _applications(departure, viewer)


def _applications(departure: Departure, viewer: Viewer) -> Iterator[Belonging]:
    """With another role at the society, while neither it nor the council's team has decided."""
    mine = Application.objects.filter(person=departure.person_id, society=departure.organization_id)
    found = mine.filter(state__in=Application.OPEN).select_related("group__entry", "function").order_by("pk")
    for application in found:
        words = {"group": _named(application.group, viewer), "function": application.function.name}
        label = _("Applied to %(group)s as %(function)s") % words
        note = _("Undecided. It cannot be approved while they leave; the successor can apply anew.")
        yield Belonging("application", label, note)


def _named(group: Group, viewer: Viewer) -> str:
    """A group whose page the reader may not see has no name for them."""
    return group.name if viewer.is_among(group.entry.audience_id) else _("a group whose page you do not see")


def recommend(handover: Handover, at: Any) -> None:
    """Nothing more than the record: the council's team reads it and decides."""


def take_back(tenure: Tenure) -> None:
    """What a group prepared for a tenure that never began."""
    for model in (Confirmation, JoinRequest, Office, Membership):
        model.objects.filter(tenure=tenure).delete()
