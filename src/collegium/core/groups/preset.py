"""Seeding a council from a preset: functions and related bodies, then the groups and what they need undertaken."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.people import preset

from .actions import draw_up_undertaking, found_group
from .actions.undertakings import add_need, add_version
from .models import Group, Undertaking
from .models.circles import POLICY_FIELDS
from .models.undertakings import GRACE_DAYS

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
    seed_undertakings(at=at)


def seed_undertakings(*, at: datetime) -> None:
    """The undertakings that are not there, each with its first text and the groups that need it."""
    known = set(Undertaking.objects.values_list("slug", flat=True))
    tables = tomllib.loads((Path(__file__).parent / "undertakings.toml").read_text(encoding="utf-8"))
    for row in tables["undertaking"]:
        if row["slug"] not in known:
            made = draw_up_undertaking(row["name"], slug=row["slug"], kind=row["kind"], by=None, at=at)
            add_version(made, text=row["text"].strip() + "\n", by=None, at=at)
            for group in Group.objects.filter(slug__in=row["needed_by"]).order_by("pk"):
                add_need(group, undertaking=made, grace_days=GRACE_DAYS, by=None, at=at)


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
