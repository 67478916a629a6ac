"""Plain text beside HTML: the program wrapped its lines, and the HTML says where the person began new ones."""

from __future__ import annotations

from .lines import is_quoted

FULL = 50
"""A line as long as this may have been broken because it was full."""


def is_wrapped(plain: str) -> bool:
    """Whether some line is long enough to have been broken."""
    return any(len(line) >= FULL for line in plain.split("\n"))


def rejoined(plain: str, seen: str) -> str:
    """The lines that in the HTML are one put together; `seen` is what is seen of it."""
    lines: list[str] = []
    for line in plain.split("\n"):
        if lines and _were_one(lines[-1], line, seen):
            lines[-1] = f"{lines[-1].rstrip()} {line.lstrip()}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _were_one(line: str, following: str, seen: str) -> bool:
    if len(line) < FULL or not following.strip() or is_quoted(line) or is_quoted(following):
        return False
    end, begin = line[-200:].split()[-3:], following[:200].split()[:3]
    return bool(end and begin) and " ".join([*end, *begin]) in seen
