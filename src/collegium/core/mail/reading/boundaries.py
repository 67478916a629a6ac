"""Where a writer's own text ends: a line that begins the history, or a letter handed on."""

from __future__ import annotations

from dataclasses import dataclass

from .lines import ATTRIBUTION, HISTORY, bare, is_quoted, is_rule, unquoted
from .phrases import (
    A_MINUTE,
    A_MOMENT,
    AN_ADDRESS,
    BEGINS_AS_ATTRIBUTION,
    ENDS_AS_ATTRIBUTION,
    FORWARDED,
    GROUPWISE,
    LABEL,
    NOTES_RULE,
    ONLY_WROTE,
    ORIGINAL,
    REPLY_ABOVE,
)

WRAPPED_OVER = 5
"""A line that says who wrote what, with long names and addresses, is broken into no more lines than this."""

HEAD_LINES = 9


@dataclass(frozen=True, slots=True)
class Boundary:
    """The line from which on it is not the writer's, and whether that is handed on for reading.

    `certain` is False for what looks like a letter's head and might be a memorandum's.
    """

    at: int
    forwards: bool
    certain: bool = True


def boundary_in(lines: list[str], *, forwards: bool) -> Boundary | None:
    """The first boundary; `forwards` says the subject is that of a letter handed on."""
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if found := _at(lines, at, line, forwards=forwards):
            return Boundary(_with_rule(lines, found.at), found.forwards, found.certain)
    return None


def _at(lines: list[str], at: int, line: str, *, forwards: bool) -> Boundary | None:
    words = bare(line)
    if GROUPWISE.match(words):
        return Boundary(at, forwards=False)
    if is_quoted(line):
        return _forwarded_in_quotes(lines, at, line)
    if line.strip() == HISTORY or ORIGINAL.match(words):
        return Boundary(at, forwards=forwards)
    if FORWARDED.match(words) and _head_follows(lines, at):
        return Boundary(at, forwards=True)
    if REPLY_ABOVE.match(words) or NOTES_RULE.match(words):
        return Boundary(at, forwards=False)
    if is_head(lines, at):
        return Boundary(at, forwards=forwards, certain=False)
    if (end := attribution_at(lines, at)) and not _quote_follows(lines, end) and _is_exact(lines[at:end]):
        return Boundary(at, forwards=False)
    return None


def _is_exact(statement: list[str]) -> bool:
    """Whether a statement before no quote is a program's: it tells an address, or the minute."""
    words = " ".join(map(bare, statement))
    return statement[0].startswith(ATTRIBUTION) or bool(AN_ADDRESS.search(words) or A_MINUTE.search(words))


def _forwarded_in_quotes(lines: list[str], at: int, line: str) -> Boundary | None:
    """Some mail programs hand on a letter as if they quoted it."""
    opens = at == 0 or not is_quoted(lines[at - 1])
    if not opens or not FORWARDED.match(bare(unquoted(line))) or attribution_before(lines, at) is not None:
        return None
    return Boundary(at, forwards=True)


def _head_follows(lines: list[str], at: int) -> bool:
    """Whether a field of a head, or nothing that could be one's own, stands after the mark."""
    following = [bare(line) for line in lines[at + 1 : at + 6] if line.strip()]
    return any(LABEL.match(line) for line in following[:3]) or bare(lines[at])[:2] == "--"


def is_head(lines: list[str], at: int) -> bool:
    """Whether a letter's head as mail programs write it into a text begins here: From and two more fields together."""
    first = LABEL.match(bare(lines[at]))
    if not first:
        return False
    found = {first.lastgroup}
    for line in lines[at + 1 : at + HEAD_LINES]:
        if match := LABEL.match(bare(line)):
            found.add(match.lastgroup)
        elif len(found) > 1 and not line.strip() and {"from", "subject"} <= found:
            break
    return (
        "from" in found and len(found & {"from", "date", "to", "cc", "subject"}) >= 3 and bool({"date", "to"} & found)
    )


def attribution_at(lines: list[str], at: int) -> int:
    """Where the statement of who wrote what that begins here ends (the line after it); 0 if there is none."""
    if lines[at].startswith(ATTRIBUTION):
        return _past_mark(lines, at)
    if not BEGINS_AS_ATTRIBUTION.match(bare(lines[at])):
        return 0
    joined = ""
    for end in range(at, min(at + WRAPPED_OVER, len(lines))):
        if not lines[end].strip():
            return 0
        joined = f"{joined} {bare(lines[end])}".strip()
        if ENDS_AS_ATTRIBUTION.search(joined[-300:]):
            told = A_MOMENT.search(joined) or AN_ADDRESS.search(joined)
            return end + 1 if told and len(joined) < 500 else 0
    return 0


def _past_mark(lines: list[str], at: int) -> int:
    """The statement whose place the markup told: all lines up to a blank one after it."""
    end = at + 1
    while end < len(lines) and not lines[end].strip():
        end += 1
    while end < len(lines) and end < at + 2 + WRAPPED_OVER and lines[end].strip() and not is_quoted(lines[end]):
        end += 1
    return end


def attribution_before(lines: list[str], quote: int) -> int | None:
    """Where the statement before a quote begins: the lines say, by their words or their place, who wrote what."""
    end = quote
    while end > 0 and not lines[end - 1].strip() and quote - end < 3:
        end -= 1
    for start in range(end - 1, max(end - 1 - WRAPPED_OVER, -1), -1):
        if not lines[start].strip():
            break
        if attribution_at(lines, start) == end:
            return start
    return _marked_before(lines, end) if end else None


def _marked_before(lines: list[str], end: int) -> int | None:
    for start in range(end - 1, max(end - 4 - WRAPPED_OVER, -1), -1):
        if lines[start].startswith(ATTRIBUTION):
            return start
    last = bare(lines[end - 1])
    if not last.endswith((":", "：")):
        return None
    if ONLY_WROTE.fullmatch(last):
        return end - 1
    # In whatever language: a line with an address or a day that ends in a colon, before a quote.
    for start in range(end - 1, max(end - 1 - WRAPPED_OVER, -1), -1):
        if not lines[start].strip():
            break
        joined = " ".join(map(bare, lines[start:end]))
        if A_MOMENT.search(joined) and (AN_ADDRESS.search(joined) or len(joined) < 200):
            return start
    return end - 1 if AN_ADDRESS.search(last) else None


def _quote_follows(lines: list[str], at: int) -> bool:
    return next((is_quoted(line) for line in lines[at : at + 4] if line.strip()), False)


def _with_rule(lines: list[str], at: int) -> int:
    """The line drawn above a boundary belongs to it."""
    above = at
    while above > 0 and not lines[above - 1].strip() and at - above < 3:
        above -= 1
    return above - 1 if above > 0 and is_rule(lines[above - 1]) and not is_quoted(lines[above - 1]) else at
