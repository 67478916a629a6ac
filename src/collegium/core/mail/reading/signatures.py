"""What stands below what a person wrote: signatures, mobile footers, disclaimers, the footers of lists."""

from __future__ import annotations

from .lines import SIGNATURE, bare, is_quoted, is_rule, last_written
from .phrases import CLOSING, CONTACT, DISCLAIMER, FOOTER, LIST_FOOTER, LIST_WORDS, POSTSCRIPT

MAX_SIGNATURE = 40
MAX_BARE_SIGNATURE = 15
MAX_DISCLAIMER = 40
MAX_CONTACT = 14
MAX_FOOTER = 200


def without_signature(lines: list[str], sender_name: str) -> tuple[list[str], list[str]]:
    """What was written, and what was cut off below it."""
    end = len(lines)
    for _round in range(8):
        before = end
        for rule in (_marked, _dashes, _footer, _list_footer, _disclaimer):
            end = rule(lines, end)
        if end == before:
            break
    end = _contact(lines, end, sender_name)
    return lines[:end], lines[end:]


def _marked(lines: list[str], end: int) -> int:
    """The mail program marked it."""
    return next((at for at in range(end) if lines[at].strip() == SIGNATURE), end)


def _dashes(lines: list[str], end: int) -> int:
    """`-- ` by the book; two dashes alone, or with a blank lost, if little comes after them."""
    for at in range(end):
        line = lines[at]
        if line in ("-- ", "\\-- ") and end - at <= MAX_SIGNATURE:
            return at
        if bare(line) in ("--", "—", "–") and 1 < end - at <= MAX_BARE_SIGNATURE and not is_quoted(line):
            return at
    return end


def _footer(lines: list[str], end: int) -> int:
    """What a telephone or an app wrote below."""
    last = last_written(lines[:end])
    if last < 0 or is_quoted(lines[last]) or len(lines[last]) > MAX_FOOTER:
        return end
    if not FOOTER.fullmatch(bare(lines[last])):
        return end
    return last - 1 if last > 0 and is_rule(lines[last - 1]) else last


def _list_footer(lines: list[str], end: int) -> int:
    """The footer of a mailing list: a line drawn, and where to unsubscribe."""
    for at in range(max(0, end - 10), end):
        if LIST_FOOTER.fullmatch(bare(lines[at]) or lines[at]) and any(LIST_WORDS.search(one) for one in lines[at:end]):
            return at
    return end


def _disclaimer(lines: list[str], end: int) -> int:
    """A lawyer's paragraph, with all below it."""
    for at in range(max(0, end - MAX_DISCLAIMER), end):
        begins = at == 0 or not lines[at - 1].strip() or is_rule(lines[at - 1])
        if begins and DISCLAIMER.match(bare(" ".join(lines[at : at + 3]))) and not is_quoted(lines[at]):
            return at - 1 if at > 0 and is_rule(lines[at - 1]) else at
    return end


def _contact(lines: list[str], end: int, sender_name: str) -> int:
    """Telephone numbers and addresses below a closing, or below the sender's own name: closing and name stay."""
    first = max(0, end - MAX_CONTACT - 2)
    for at in range(end - 1, first - 1, -1):
        if is_quoted(lines[at]):
            return end
        words = bare(lines[at])
        closes = bool(words) and len(words) < 60 and CLOSING.fullmatch(words)
        if not closes and not _is_name(words, sender_name):
            continue
        name = _name_after(lines, at, end) if closes else at
        if name is not None and _holds_contacts(lines[name + 1 : end]):
            return name + 1
    return end


def _is_name(words: str, sender_name: str) -> bool:
    """Whether the line is the sender's name, perhaps with a title after it."""
    name = sender_name.casefold()
    return len(name) > 3 and len(words) < 80 and words.casefold().partition(",")[0].strip() == name


def _name_after(lines: list[str], closing: int, end: int) -> int | None:
    """The line with the name below a closing, if one stands there."""
    for at in range(closing + 1, end):
        words = bare(lines[at])
        if words:
            is_name = len(words.split()) <= 6 and not any(one.isdigit() for one in words) and "@" not in words
            return at if is_name and not CONTACT.search(words) else None
    return None


def _holds_contacts(lines: list[str]) -> bool:
    """Whether these lines tell how to reach somebody, and nothing that was written afterwards."""
    words = [bare(line) for line in lines if line.strip()]
    return any(map(CONTACT.search, words)) and not any(map(POSTSCRIPT.match, words))
