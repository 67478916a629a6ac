"""How a call is held still: alone by whoever changes it, together by those who answer."""

from __future__ import annotations

from django.http import Http404

from collegium.core.access.statements import row as one_row

from ..models import Answer, Call, RollRow

_SHARED = "SELECT 1 FROM calls_call WHERE entry_id = %s FOR SHARE"


def lock_call(pk: int) -> Call:
    """Nobody answers, moves or closes it meanwhile."""
    rows = Call.objects.select_for_update(of=("self",)).select_related("entry", "group__circle", "about")
    return rows.get(pk=pk)


def share_call(pk: int) -> Call:
    """Others may answer meanwhile; whoever closes or moves it waits, and who waited for them sees what became of it."""
    one_row(_SHARED, [pk])
    return Call.objects.select_related("entry", "group__circle", "about").get(pk=pk)


def lock_row(call: Call, pk: int) -> RollRow:
    """A row of this call; Http404 for another's."""
    rows = RollRow.objects.select_for_update(of=("self",)).select_related("organization__entry", "person")
    found = rows.filter(call=call, pk=pk).first()
    if found is None:
        raise Http404
    found.call = call
    return found


def standing_answer(row: RollRow) -> Answer | None:
    return Answer.objects.filter(row=row, ended_at=None).first()
