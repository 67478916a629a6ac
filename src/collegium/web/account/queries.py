"""Rows for the pages of an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from collegium.core.access.viewers import Viewer
from collegium.core.groups.queries import groups_of
from collegium.core.mail.bounces.reaching import is_suspended
from collegium.core.notices.models import Preference
from collegium.core.people.models import AddressProposal, Person
from collegium.core.people.queries import live_addresses, present_tenures


def addresses_page(person: Person, *, at: datetime) -> dict[str, Any]:
    """`addresses`: `{address, is_live, society, can_be_removed, can_be_primary, can_be_verified, failing}` each, the
    primary one first; `proposals` that wait for the person."""
    living = Exists(live_addresses(at).filter(pk=OuterRef("pk")))
    found = (
        EmailAddress.objects.filter(user=person)
        .annotate(is_live=living)
        .select_related("tie__organization__entry", "health")
    )
    rows: list[Any] = list(found.order_by("-primary", "-verified", "pk"))
    sure = {row.pk for row in rows if row.verified and row.is_live}
    waiting = [AddressProposal.State.PROPOSED, AddressProposal.State.DELAYED]
    proposals = AddressProposal.objects.filter(person=person, state__in=waiting).select_related("proposed_by")
    return {
        "addresses": [_address(row, row.is_live, sure) for row in rows],
        "proposals": list(proposals.order_by("pk")),
    }


def _address(row: EmailAddress, is_live: bool, sure: set[int]) -> dict[str, Any]:
    tie = getattr(row, "tie", None)
    return {
        "address": row,
        "is_live": is_live,
        "society": tie.organization.name if tie else "",
        "can_be_removed": bool(sure - {row.pk}) and not (row.primary and is_live),
        "can_be_primary": row.pk in sure and not row.primary,
        "can_be_verified": is_live and not row.verified,
        "failing": row.health if is_live and is_suspended(row) else None,
    }


def seats(person: Person, *, at: datetime) -> list[dict[str, str]]:
    """The seats the person holds: `{title, function, society, url}` each."""
    return [
        {
            "title": tenure.title,
            "function": tenure.seat.function.name,
            "society": tenure.seat.organization.name,
            "url": tenure.seat.organization.get_absolute_url(),
        }
        for tenure in present_tenures(at).filter(person=person).order_by("pk")
    ]


def group_levels(viewer: Viewer) -> list[dict[str, Any]]:
    """The groups one is in, with how much one wants to hear: `{slug, name, url, level, entry}` each, in one query."""
    mine = Preference.objects.filter(person=viewer.person_id, place=OuterRef("pk")).values("level")[:1]
    return [
        {
            "slug": group.slug,
            "name": group.name,
            "url": group.get_absolute_url(),
            "level": group.level,
            "entry": group.entry,
        }
        for group in groups_of(viewer).annotate(level=Coalesce(Subquery(mine), "default_level"))
    ]
