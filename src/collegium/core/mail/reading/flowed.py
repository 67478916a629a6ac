"""format=flowed (RFC 3676): lines a program broke are put together, lines a person broke stay."""

from __future__ import annotations

SIGNATURE_LINE = "-- "


def unflowed(text: str, *, delsp: bool) -> str:
    """The text with one line for each paragraph, at each depth of quoting."""
    pieces: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        content = content.removeprefix(" ")
        soft = content.endswith(" ") and content != SIGNATURE_LINE
        words = content[:-1] if soft and delsp else content
        if depth == open_depth and content != SIGNATURE_LINE:
            pieces[-1].append(words)
        else:
            pieces.append([">" * depth + (" " if depth and content else ""), words])
        open_depth = depth if soft else -1
    lines = map("".join, pieces)
    return "\n".join(line if line == SIGNATURE_LINE else line.rstrip() for line in lines)
