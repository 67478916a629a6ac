"""The second key of a closed group: which action confirms which kind of thing that waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.groups.models import Circle, Group, Membership, Office
from collegium.core.groups.queries.waiting import unconfirmed, unconfirmed_tenures


def turn(group: Group, kind: str, pk: int, *, viewer: Viewer) -> None:
    """Confirm what waits; Http404 for what does not, Refused where somebody else has to."""
    if kind not in _KEYS:
        raise Http404
    _KEYS[kind](group, pk, viewer)


def turn_together(group: Group, keys: Sequence[tuple[str, int]], *, viewer: Viewer) -> None:
    """Confirm all of these `(kind, id)` or none; Http404 if one of them does not wait any more."""
    chosen = {kind: {pk for one, pk in keys if one == kind} for kind in ("tenure", "member", "officer")}
    actions.confirm_together(
        group,
        viewer=viewer,
        at=viewer.at,
        tenures=_all_of(unconfirmed_tenures(group, viewer.at), chosen["tenure"]),
        memberships=_all_of(unconfirmed(Membership, group), chosen["member"]),
        offices=_all_of(unconfirmed(Office, group), chosen["officer"]),
    )


def _all_of(waiting: Any, ids: set[int]) -> list[Any]:
    found = list(waiting.filter(pk__in=ids)) if ids else []
    if len(found) != len(ids):
        raise Http404
    return found


def _tenure(group: Group, pk: int, viewer: Viewer) -> Any:
    tenure = get_object_or_404(unconfirmed_tenures(group, viewer.at), pk=pk)
    return actions.confirm_tenure(group, tenure=tenure, viewer=viewer, at=viewer.at)


def _member(group: Group, pk: int, viewer: Viewer) -> Any:
    return actions.confirm_membership(_waiting(Membership, group, pk), viewer=viewer, at=viewer.at)


def _officer(group: Group, pk: int, viewer: Viewer) -> Any:
    return actions.confirm_office(_waiting(Office, group, pk), viewer=viewer, at=viewer.at)


def _circle(group: Group, pk: int, viewer: Viewer) -> Any:
    return actions.confirm_widening(
        get_object_or_404(Circle, group=group, opened_at=None, pk=pk), viewer=viewer, at=viewer.at
    )


def _waiting(model: Any, group: Group, pk: int) -> Any:
    if not group.is_closed:
        raise Http404
    return get_object_or_404(unconfirmed(model, group), pk=pk)


_KEYS: dict[str, Callable[[Group, int, Viewer], Any]] = {
    "tenure": _tenure,
    "member": _member,
    "officer": _officer,
    "circle": _circle,
}
