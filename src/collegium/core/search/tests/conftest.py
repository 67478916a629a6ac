"""Little to search, and what the database is taken to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

YEARS = timedelta(days=5 * 365)


@pytest.fixture
def taken_to_know() -> Iterator[Callable[..., object]]:
    """Let the database know of so many passages over five years, and how common words are."""
    # This file may be read before Django has its settings.
    from django.db import connection

    from collegium.core.people.tests.factories import AT
    from collegium.core.search import known

    name = str(connection.settings_dict["NAME"])

    def know(passages: float, **shares: float) -> object:
        facts = known.Known(passages, {"rare": 0.001, **shares}, [AT - YEARS * (100 - n) / 100 for n in range(101)])
        known._kept[name] = (AT - timedelta(minutes=1), facts)
        return facts

    known._kept.pop(name, None)
    yield know
    known._kept.pop(name, None)


@pytest.fixture
def nobody() -> object:
    """Whoever is not signed in."""
    from collegium.core.access.viewers import Viewer
    from collegium.core.people.tests.factories import AT

    return Viewer.of(None, at=AT)
