"""Visits of the cast to the pages, at a fixed moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

Visit = Callable[[str | None], Client]


@pytest.fixture
def today(cast: Any) -> Iterator[datetime]:
    """The moment of every request of the test: the day after everything in the cast happened."""
    now = cast.at + timedelta(days=1)
    with time_machine.travel(now, tick=False):
        yield now


@pytest.fixture
def visit(cast: Any, today: datetime) -> Visit:
    """A browser in which somebody of the cast is signed in, or nobody."""

    def signed_in(part: str | None) -> Client:
        client = Client()
        if part:
            client.force_login(getattr(cast, part))
        return client

    return signed_in
