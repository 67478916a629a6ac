"""What the tests of every place may ask for."""

import pytest


@pytest.fixture
def cast(db):
    """The fixed cast: a small council in which everybody has a part."""
    from collegium.core.groups.tests.cast import build_cast

    return build_cast()
