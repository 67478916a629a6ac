"""Who on a roll can be meant by a recusal."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from collegium.core.calls.models import Call, Entitlement, RollRow
from collegium.core.calls.queries import rows_of

from ..models import Ballot


def offered_for_recusal(ballot: Ballot) -> list[tuple[str, str]]:
    """Societies on the roll, and those who may vote for them; members, where each votes for themselves."""
    offered = [(_key(row), str(row.addressee)) for row in rows_of(ballot.call)]
    if ballot.call.addressed != Call.Addressed.MEMBERS:
        found = Entitlement.objects.filter(row__call=ballot.call_id).select_related("person").order_by("person__name")
        offered += [(f"person:{one.person_id}", one.person.name) for one in found]
    return list(dict(offered).items())


def _key(row: RollRow) -> str:
    return f"society:{row.organization_id}" if row.organization_id else f"person:{row.person_id}"


def whose(ballot: Ballot, key: str) -> dict[str, Any]:
    """The words for the action: the organization or the person that was offered under the key; Http404 for another."""
    for row in rows_of(ballot.call):
        if _key(row) == key:
            return {"organization": row.organization} if row.organization_id else {"person": row.person}
    for one in Entitlement.objects.filter(row__call=ballot.call_id).select_related("person"):
        if f"person:{one.person_id}" == key:
            return {"person": one.person}
    raise Http404
