"""What the tests of sign-on letters begin with."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client


@pytest.fixture
def cast(db: Any) -> Any:
    """The cast with mandates to sign. Imported late: this file is read before the settings are."""
    from collegium.core.calls.tests.scene import mandates
    from collegium.core.groups.tests.cast import build_cast

    found = build_cast()
    mandates(found, "sign")
    return found


@pytest.fixture
def now(cast: Any) -> Any:
    """The clock of the requests: at the cast's moment, until a test moves it."""
    with time_machine.travel(cast.at, tick=False) as traveller:
        yield traveller.move_to


@pytest.fixture
def visit(cast: Any, now: Any) -> Any:
    """A browser in which somebody of the cast is signed in, or nobody."""

    def signed_in(part: str | None) -> Client:
        client = Client()
        if part:
            client.force_login(getattr(cast, part))
        return client

    return signed_in
