"""What changed between two wordings of a post, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Comparing takes time that grows faster than the product of both lengths; beyond this it is done by lines, or not.
COMPARED_AT_MOST = 250_000


def compared(before: str, after: str) -> SafeString:
    """The later wording as HTML, with what came in `<ins>` and what went in `<del>`; white space is kept.

    Word by word where little changed, line by line where much did, as a whole where nearly everything did.
    """
    parts = _compared(before, after, WORDS) or _compared(before, after, LINES) or [_went([before]), _came([after])]
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped


def _compared(before: str, after: str, pattern: re.Pattern[str]) -> list[str] | None:
    """The parts in their order; None if there is too much to compare."""
    old, new = pattern.findall(before), pattern.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    gone, come = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(gone) * len(come) > COMPARED_AT_MOST:
        return None
    return [_plain(new[:head]), *_marked(gone, come), _plain(new[len(new) - tail :])]


def _common(old: list[str], new: list[str]) -> int:
    """How many tokens both begin with."""
    same = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        same += 1
    return same


def _marked(old: list[str], new: list[str]) -> Iterator[str]:
    gone: list[str] = []
    come: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal" and not "".join(new[c:d]).isspace():
            yield from (_went(gone), _came(come), _plain(new[c:d]))
            gone, come = [], []
        else:
            # Space between two changes belongs to both: “Thank you” became “Many thanks”, not word by word.
            gone, come = gone + old[a:b], come + new[c:d]
    yield from (_went(gone), _came(come))


def _plain(tokens: list[str]) -> str:
    return escape("".join(tokens))


def _went(tokens: list[str]) -> str:
    return f"<del>{_plain(tokens)}</del>" if tokens else ""


def _came(tokens: list[str]) -> str:
    return f"<ins>{_plain(tokens)}</ins>" if tokens else ""
