"""The part of a preset that concerns people: the council, functions, related bodies."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from .actions import register_organization
from .models import Function, Organization

FOLDER = Path(__file__).parent / "presets"


def names() -> list[str]:
    """The presets there are."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def read(name: str) -> dict[str, list[dict[str, Any]]]:
    """A preset's tables; ValueError with the names there are if there is none of this name."""
    if name not in names():
        raise ValueError(f"There is no preset “{name}”; there are: {', '.join(names())}.")
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def seed(name: str, *, council: dict[str, Any], at: datetime) -> None:
    """Write what is not there yet: run again, it adds what the preset gained and changes nothing else."""
    preset = read(name)
    if not Organization.objects.filter(kind=Organization.Kind.COUNCIL).exists():
        register_organization(kind=Organization.Kind.COUNCIL, slug="council", by=None, at=at, **council)
    known = set(Function.objects.values_list("slug", flat=True))
    Function.objects.bulk_create([Function(**row) for row in preset["function"] if row["slug"] not in known])
    for row in preset["related_body"]:
        _seed_related_body(row, time_zone=council["time_zone"], at=at)


def _seed_related_body(row: dict[str, Any], *, time_zone: str, at: datetime) -> None:
    if Organization.objects.filter(slug=row["slug"]).exists():
        return
    register_organization(
        row["name"],
        kind=Organization.Kind.RELATED_BODY,
        slug=row["slug"],
        acronym=row["acronym"],
        about=row["about"],
        time_zone=time_zone,
        by=None,
        at=at,
    )
