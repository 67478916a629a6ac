"""Rows for the pages of the council's team."""

from __future__ import annotations

from collegium.core.people.models import AddressProposal


def open_proposals() -> list[AddressProposal]:
    """Proposed addresses that are not in effect, newest first."""
    waiting = [AddressProposal.State.PROPOSED, AddressProposal.State.DELAYED]
    found = AddressProposal.objects.filter(state__in=waiting).select_related("person", "proposed_by", "decided_by")
    return list(found.order_by("-pk")[:200])
