"""The cast of these tests, with mandates to answer."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def cast(db: Any) -> Any:
    """Imported late: this file is read before the settings are."""
    from collegium.core.groups.tests.cast import build_cast

    from .scene import mandates

    found = build_cast()
    mandates(found)
    return found
