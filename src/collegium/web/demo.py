"""What can be loaded into the demo council only once everybody has spoken: the silence of some societies."""

from __future__ import annotations

from datetime import datetime

from collegium.core.people.demo import attestations


def load(at: datetime) -> None:
    """Most societies have confirmed their seats; the people of one that has not for two quarters read only."""
    attestations.load(at)
