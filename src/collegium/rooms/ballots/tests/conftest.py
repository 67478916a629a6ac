"""What the tests of ballots begin with."""

import pytest


@pytest.fixture
def cast(db):
    """The cast: in the CEO Council are the chair, for Harbour, and the delegate, for Lagoon."""
    from collegium.core.groups.tests.cast import build_cast

    return build_cast()
