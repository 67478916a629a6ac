"""The demo council: each place brings its own part, loaded once and in one go."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.db import transaction

from collegium.config.binaries import DatabaseTrouble
from collegium.config.models import Installation


def load(*, at: datetime.datetime, tell: Callable[[str], object] = print) -> bool:
    """Load every place's demo data as of `at`, all or nothing; False where that was done before."""
    if settings.MODE != "demo":
        raise DatabaseTrouble(
            "The demo council is loaded in demo mode only: set COLLEGIUM_MODE=demo and use a fresh database."
        )
    with transaction.atomic():
        installation = Installation.objects.select_for_update().get()
        if installation.demo_loaded_at:
            return False
        for name in parts():
            tell(f"  {name.removeprefix('collegium.').removesuffix('.demo')} …")
            import_module(name).load(at=at)
        Installation.objects.filter(pk=installation.pk).update(demo_loaded_at=at)
    return True


def parts() -> Iterator[str]:
    """The modules with demo data, from the lowest place to the highest."""
    for application in apps.get_app_configs():
        name = f"{application.name}.demo"
        if application.name.startswith("collegium.") and application.name != __package__ and find_spec(name):
            yield name


def personas() -> list[str]:
    """A line for each person one can be in the demo."""
    if not find_spec("collegium.core.people.demo"):
        return []
    people = import_module("collegium.core.people.demo")
    return [str(persona) for persona in getattr(people, "PERSONAS", [])]
