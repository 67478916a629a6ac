"""Seeding a council from a preset: functions and related bodies, then the groups."""

from datetime import datetime
from typing import Any

from django.db import transaction

from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.people import preset

from .actions import found_group
from .models import Group
from .models.circles import POLICY_FIELDS

PAGES = {"public": PUBLIC, "members": MEMBERS}


@transaction.atomic
def seed(name: str, *, council: dict[str, Any], at: datetime) -> None:
    """Write what is not there yet; `council` gives the name, time zone and other fields of the council itself."""
    preset.seed(name, council=council, at=at)
    seed_groups(name, at=at)


def seed_groups(name: str, *, at: datetime) -> None:
    """The groups of the preset that do not exist."""
    known = set(Group.objects.values_list("slug", flat=True))
    for row in preset.read(name)["group"]:
        if row["slug"] not in known:
            _found(row, at=at)


def _found(row: dict[str, Any], *, at: datetime) -> Group:
    return found_group(
        row["name"],
        slug=row["slug"],
        short=row["short"],
        purpose=row["purpose"].strip(),
        kind=row["kind"],
        joining=row["joining"],
        is_closed=row["closed"],
        is_new=row["is_new"],
        page_audience=PAGES[row["page"]],
        policy={field: row[field] for field in POLICY_FIELDS},
        by=None,
        at=at,
    )
