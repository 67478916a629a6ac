"""What can be loaded into the demo council only once everybody has spoken: the silence of some, and lost letters."""

from __future__ import annotations

from datetime import datetime

from collegium.core.people.demo import attestations

from .account import demo as digests
from .office.letters import demo as letters


def load(at: datetime) -> None:
    """Most societies have confirmed their seats; the people of one that has not for two quarters read only.

    Letters came in, some came back, and two personas have digests.
    """
    attestations.load(at)
    letters.load(at)
    digests.load(at)
