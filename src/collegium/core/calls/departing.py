"""What of calls hangs on somebody who leaves a society: answers they have taken up or drafted."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Departure
from collegium.core.people.registry import Belonging

from .models import Call, RollRow


def belongings(departure: Departure, viewer: Viewer) -> Iterator[Belonging]:
    """Calls still unanswered, what is due first comes first; of a draft only the society's own people are told."""
    leaver = departure.person_id
    mine = Q(taken_by=leaver)
    if viewer.belongs_to(departure.organization.audience_id):
        mine |= Q(draft__by=leaver)
    open_now = Call.objects.running().filter(closes_at__gt=viewer.at).values("pk")
    rows = RollRow.objects.filter(mine, organization=departure.organization_id, struck_at=None, is_answered=False)
    rows = rows.filter(call__in=open_now).select_related("call__entry").order_by("call__closes_at", "pk")
    for row in rows:
        seen = viewer.is_among(row.call.entry.audience_id)
        call = {"call": row.call.entry.title if seen else _("a call you do not see")}
        if row.taken_by_id == leaver:
            note = _("It is still to be answered. Somebody else of the society can take it up at the desk.")
            yield Belonging("call", _("Has taken up the answer to %(call)s") % call, note)
        else:
            note = _("The draft stays with the society’s people, and whoever answers can go on with it.")
            yield Belonging("call", _("Drafted the answer to %(call)s") % call, note)
