"""Plain text as Markdown that shows what its writer saw: no heading, list or code by accident."""

from __future__ import annotations

import re

from .lines import ESCAPE, is_quoted, unquoted

ESCAPABLE = r"!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"
BACKSLASH = re.compile(rf"\\(?=[{ESCAPABLE}]|$)")
ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]{2,32};)")
ADDRESS = re.compile(r"<?(?:https?://|mailto:|www\.)[^\s<>]+>?|<[^\s<>@]+@[^\s<>]+>", re.IGNORECASE)
EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\W_])[^*_\n`]{1,200}(?<=[^\s*_])\1(?![\w*_])")
MARKS = re.compile(r"[*`]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|!(?=\[)|\[(?=[^\]\n]{0,200}\](?:\(|\[))")
TASK_OR_NOTE = re.compile(r"\[(?=[^\]\n]{1,200}\]:)")
HEADING_OR_RULE = re.compile(r"(?=#{1,6}(?:\s|$)|[-=]+\s*$|\+(?:\s|$)|~~~|\*(?:\s*\*){2,}\s*$|(?:-\s+){2,}-?\s*$)")
BULLET = re.compile(r"[-*•·▪‣]\s+(?=\S)")
NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
FENCE = re.compile(r"\s{0,3}```")
WRAPPED_AT = 60
"""A line as long as this was broken because it was full."""


def as_markdown(lines: list[str]) -> list[str]:
    """The lines of a plain text as lines of Markdown, quotes and lists as such."""
    writer = _Writer()
    fences = sum(1 for line in lines if FENCE.match(line)) // 2 * 2
    fenced = False
    for line in lines:
        if fences and FENCE.match(line):
            fences -= 1
            fenced = not fenced
            writer.verbatim(line.strip())
        elif fenced:
            writer.verbatim(line)
        elif is_quoted(line):
            writer.quoted(line)
        else:
            writer.written(line.expandtabs(4))
    return writer.lines


def inline_safe(text: str) -> str:
    """Words in which nothing becomes a mark that was none; *emphasis* and _emphasis_ as people type them stay."""
    if not SPECIAL.search(text):
        return text
    return _outside_addresses(text)


def markup_safe(text: str) -> str:
    """The same for a piece of HTML's text, before its conversion, which minds backslashes and beginnings of blocks."""
    if SPECIAL.search(text):
        text = ENTITY.sub(ESCAPE + "&", MARKS.sub(lambda match: ESCAPE + match[0], text))
    begins = text.lstrip()
    if NUMBERED.match(begins):
        return text[: len(text) - len(begins)] + NUMBERED.sub(rf"\1{ESCAPE}\2", begins, count=1)
    return text


def _outside_addresses(text: str) -> str:
    pieces, at = [], 0
    for match in ADDRESS.finditer(text):
        pieces += [_escaped(text[at : match.start()]), match[0]]
        at = match.end()
    return "".join(pieces) + _escaped(text[at:])


SPECIAL = re.compile(r"[\\&*_`~\[!]")


def _escaped(text: str) -> str:
    pieces, at = [], 0
    for match in EMPHASIS.finditer(text):
        pieces += [_all_escaped(text[at : match.start()]), match[1], _all_escaped(match[0][1:-1]), match[1]]
        at = match.end()
    return "".join(pieces) + _all_escaped(text[at:])


def _all_escaped(text: str) -> str:
    if not SPECIAL.search(text):
        return text
    text = ENTITY.sub(r"\\&", BACKSLASH.sub(r"\\\\", text))
    return MARKS.sub(lambda match: "\\" + match[0], text)


def line_safe(line: str) -> str:
    """A line without indentation that begins no block."""
    text = TASK_OR_NOTE.sub(r"\\[", inline_safe(line), count=1) if line.startswith("[") else inline_safe(line)
    if text.startswith(">"):
        return "\\" + text
    if NUMBERED.match(text):
        return NUMBERED.sub(r"\1\\\2", text, count=1)
    return HEADING_OR_RULE.sub(lambda match: "\\", text, count=1) if HEADING_OR_RULE.match(text) else text


class _Writer:
    """What was last written decides what the next line may continue."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.in_list = False
        self.number = 0
        self.last = ""
        self.depth = 0

    def verbatim(self, line: str) -> None:
        self.lines.append(line)
        self.in_list, self.depth, self.last = False, 0, ""

    def quoted(self, line: str) -> None:
        depth = 0
        while is_quoted(line) and depth < 12:
            line, depth = unquoted(line), depth + 1
        if depth < self.depth or (self.depth == 0 and self.last.strip()):
            self.lines.append(("> " * min(depth, self.depth)).rstrip())
        self.lines.append(("> " * depth + line_safe(line.strip())).rstrip())
        self.in_list, self.depth, self.last = False, depth, line

    def written(self, line: str) -> None:
        text = line.strip()
        if self.depth and text:
            self.lines.append("")
        self.depth = 0 if text else self.depth
        if not text:
            self.lines.append("")
            self.depth = 0
        else:
            self._paragraph_or_item(line, text)
        self.last = line

    def _paragraph_or_item(self, line: str, text: str) -> None:
        indent = min(len(line) - len(line.lstrip()), 3) if self.in_list else 0
        if (bullet := BULLET.match(text)) and not HEADING_OR_RULE.match(text):
            self._begin_list(indent)
            self.lines.append(" " * indent + "- " + line_safe(text[bullet.end() :]))
        elif (number := NUMBERED.match(text)) and self._counts(int(number[1])):
            self._begin_list(indent)
            self.lines.append(
                f"{' ' * indent}{int(number[1])}{number[2]} {line_safe(text[number.end() :].strip())}".rstrip()
            )
        else:
            self._end_list(line, text, indent)

    def _begin_list(self, indent: int) -> None:
        if not self.in_list and self.last.strip():
            self.lines.append("")
        self.in_list = True

    def _end_list(self, line: str, text: str, indent: int) -> None:
        continues = self.in_list and (indent or len(self.last) >= WRAPPED_AT) and self.last.strip()
        if self.in_list and not continues:
            if self.last.strip():
                self.lines.append("")
            self.in_list = self.in_list and bool(indent)
            indent = indent if self.in_list else 0
        self.lines.append(" " * indent + line_safe(text))

    def _counts(self, number: int) -> bool:
        """Whether this is the next of a list, or its first; a year at the beginning of a line is neither."""
        follows = number == 1 or number == self.number + 1
        if follows:
            self.number = number
        return follows
