"""Lines of a letter's text: the marks between the steps of reading, and how a line looks without its ornaments."""

from __future__ import annotations

import re

ATTRIBUTION, HISTORY, SIGNATURE = "\ufdd0", "\ufdd1", "\ufdd2"
"""What the markup of a mail program says for certain, as lines among lines; no text holds these characters."""

ESCAPE = "\ufdd3"
"""Stands for a backslash that the conversion of HTML must not see."""

MARKS = re.compile("[\ufdd0-\ufdd3]")
LOOKED_AT = 600
"""No line is looked at further than this."""

DIRECTION = re.compile("[\u200b\u200e\u200f\u202a-\u202c\u2066-\u2069]")
LINK = re.compile(r"\[([^\]\n]{0,300})\]\(<?[^)\n]{0,600}\)")
ORNAMENT = re.compile(r"\\(?=[^\w\s])|\*{1,3}|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)")
QUOTE = re.compile(r" ?>")
RULE = re.compile(r"\s*(?:\\?[-_=*—]\s?){3,}\s*")


def bare(line: str) -> str:
    """The words of a line: no direction marks, emphasis, backslashes or link targets."""
    text = line[:LOOKED_AT].translate(NARROW)
    if max(text, default=" ") >= "\u200b":
        text = DIRECTION.sub("", text)
    if "](" in text:
        text = LINK.sub(r"\1", text)
    if "*" in text or "_" in text or "\\" in text:
        text = ORNAMENT.sub("", text)
    return text.strip()


NARROW = {0xA0: " ", 0x202F: " ", 0x3000: " "}


def is_quoted(line: str) -> bool:
    return bool(QUOTE.match(line))


def unquoted(line: str) -> str:
    """The line without its outermost quote mark."""
    rest = QUOTE.sub("", line, count=1)
    return rest.removeprefix(" ")


def is_rule(line: str) -> bool:
    """Whether the line is drawn, not written."""
    return bool(RULE.fullmatch(line))


def has_words(lines: list[str]) -> bool:
    return any(line.strip() and not MARKS.fullmatch(line.strip()) for line in lines)


def trimmed(lines: list[str]) -> list[str]:
    """Without the blank lines around."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return lines[first:last]


def last_written(lines: list[str]) -> int:
    """The index of the last line that is not blank, or -1."""
    return next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), -1)
