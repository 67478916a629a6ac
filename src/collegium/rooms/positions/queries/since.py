"""The text of one position beside that of another which it replaces."""

from __future__ import annotations

from collections.abc import Sequence

from collegium.core.entries.blocks import Keyed, keyed

from ..models import Block


def across(old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
    """The blocks of another position's text under the keys of those they come from."""
    unused = max((block.key for block in old), default=0) + 1
    keys = keyed([Keyed(block.key, block.raw) for block in old], [block.raw for block in new], unused=unused)
    return [
        Block(key=under.key, ordinal=block.ordinal, raw=block.raw, html=block.html)
        for under, block in zip(keys, new, strict=True)
    ]
