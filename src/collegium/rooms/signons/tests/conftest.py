"""What the tests of sign-on letters begin with."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def cast(db: Any) -> Any:
    """The cast with mandates to sign. Imported late: this file is read before the settings are."""
    from collegium.core.calls.tests.scene import mandates
    from collegium.core.groups.tests.cast import build_cast

    found = build_cast()
    mandates(found, "sign")
    return found
