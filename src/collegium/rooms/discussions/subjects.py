"""Subjects of letters: what mail programs put before a title, taken off again."""

from __future__ import annotations

import re

# What clients of many languages put before a subject they answer or pass on.
_ANSWERED = "re|aw|antw|sv|vs|rif|res|odp|ynt|ref|回复|答复|回覆|返信|отв|на|השב|תגובה"
_PASSED_ON = "fwd?|wg|tr|rv|enc|i|doorst|转发|轉寄|転送|пер|הועבר"
_MARK = re.compile(rf"\s*(?:(?P<answered>{_ANSWERED})|{_PASSED_ON})(?:\s?\[\d+\]|\(\d+\))?\s*[:：]\s*", re.IGNORECASE)


def has_answered(subject: str) -> bool:
    """Whether it begins as an answer does."""
    found = _MARK.match(subject)
    return found is not None and found["answered"] is not None


def without_marks(subject: str, short: str) -> str:
    """The title behind the marks of answers and of the group, such as `[CFOs]`, wherever they stand before it."""
    before = None
    while before != subject:
        before = subject
        found = _MARK.match(subject)
        subject = subject[found.end() :] if found else subject
        subject = subject.strip()
        tag = f"[{short}]"
        subject = subject[len(tag) :] if subject.lower().startswith(tag.lower()) else subject
    return " ".join(subject.split())
