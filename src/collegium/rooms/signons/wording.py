"""What a text is as it is hashed and compared: the form in which addressee, subject and paragraphs stand."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from collegium.core.entries.blocks import Keyed, keyed
from collegium.design.redline import Change, redline
from collegium.design.text import render_blocks

from .models import Version


def canonical(addressed_to: Sequence[str], subject: str, raw: str) -> str:
    """What the hash covers: the addressee line by line, the subject, and the text paragraph by paragraph.

    A blank line stands between each two; lines end in LF and in no blank; the characters are composed (NFC). Names
    below the text, dates and letterhead are not covered: they come once it is signed.
    """
    blocks = ["\n".join(addressed_to), subject, *(source for source, _html in render_blocks(raw))]
    lines = (line.rstrip() for line in "\n\n".join(blocks).split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines))


def digest_of(addressed_to: Sequence[str], subject: str, raw: str) -> str:
    """SHA-256 of the canonical text in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical(addressed_to, subject, raw).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Block:
    key: int
    raw: str
    html: str


def compared(old: Version, new: Version) -> list[Change]:
    """What changed between two wordings, paragraph by paragraph and word by word; addressee and subject first."""
    before, after = render_blocks(old.raw), render_blocks(new.raw)
    began = [Keyed(number, source) for number, (source, _html) in enumerate(before)]
    pairs = keyed(began, [source for source, _html in after], unused=len(began))
    olds = [_Block(number, source, html) for number, (source, html) in enumerate(before)]
    news = [_Block(pair.key, pair.raw, html) for pair, (_source, html) in zip(pairs, after, strict=True)]
    return redline([*_head(old), *olds], [*_head(new), *news])


def _head(version: Version) -> list[_Block]:
    """Addressee and subject as blocks of their own; where they are the same nothing is shown of them."""
    lines = ("\n".join(version.addressed_to), version.subject)
    return [_Block(-1 - number, words, "") for number, words in enumerate(lines)]
