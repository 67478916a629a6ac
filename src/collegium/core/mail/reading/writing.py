"""What a person wrote, from the parts of a letter to Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import html, plain, quotes
from .bodies import Text, body_of, invitation_text
from .charsets import cleaned
from .headers import Head
from .lines import MARKS
from .parts import Part
from .phrases import FORWARDED_SUBJECT
from .results import Attachment, Reading, Wrapped
from .wrapping import unarmoured

MAX_MARKDOWN = 100_000
"""The longest text, in bytes: what the house renders."""

MAX_LINES = 5_000
MAX_LINE = 20_000
MANY_BLANK = re.compile(r"\n{3,}")
STUFFED = re.compile(r"^>(?=From )", re.MULTILINE)


@dataclass(slots=True)
class Writing:
    """The text, what was cut from it, and what came with it."""

    markdown: str = ""
    removed: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    wrapped: Wrapped | None = None
    automatic: str | None = None
    problems: list[str] = field(default_factory=list)


def written(root: Part, wrapped: Wrapped | None, head: Head, reading: Reading) -> Writing:
    """The writing in this part of a letter with this head."""
    if wrapped and wrapped.reason:
        return Writing(wrapped=wrapped, problems=[wrapped.reason])
    body = body_of(root)
    result = Writing(attachments=body.attachments, wrapped=wrapped, problems=body.problems)
    texts = [text for text in body.texts if text.content.strip()]
    if not texts and (invitation := invitation_text(body.attachments)):
        texts = [Text(invitation, is_html=False)]
    _take_apart(texts, result, head, reading)
    if body.replies_to_invitation:
        result.automatic = "invitation-reply"
    if not result.markdown and result.removed and not body.attachments:
        result.problems.append("nothing-written")
    return result


def _take_apart(texts: list[Text], result: Writing, head: Head, reading: Reading) -> None:
    rich = any(text.is_html for text in texts)
    lines: list[str] = []
    for text in texts:
        lines += ["", *_lines_of(text, result, mixed=rich)] if lines else _lines_of(text, result, mixed=rich)
    if len(lines) > MAX_LINES:
        result.problems.append("text-cut")
        lines = lines[:MAX_LINES]
    answers = bool(head.first("in-reply-to").strip() or head.first("references").strip())
    forwards = bool(FORWARDED_SUBJECT.match(reading.subject))
    parts = quotes.split(lines, forwards=forwards, answers=answers, sender_name=reading.sender_name)
    kept = [MARKS.sub("", line) for line in parts.kept]
    result.markdown = _bounded(kept if rich else plain.as_markdown(kept), result)
    result.removed = _bounded([MARKS.sub("", line) for line in parts.removed], result)


def _lines_of(text: Text, result: Writing, *, mixed: bool) -> list[str]:
    """One text as lines: of Markdown if any text of the letter is HTML."""
    if text.is_html:
        return html.markdown_of(text.content).split("\n")
    content, sealed = unarmoured(text.content)
    if sealed:
        result.wrapped = sealed
        result.problems += filter(None, [sealed.reason])
    lines = [line[:MAX_LINE] for line in STUFFED.sub("", content).split("\n")[: MAX_LINES + 1]]
    return plain.as_markdown(lines) if mixed else lines


def _bounded(lines: list[str], result: Writing) -> str:
    """The lines as one text, cut where it becomes too long for the house."""
    text = MANY_BLANK.sub("\n\n", cleaned("\n".join(line.rstrip() for line in lines))).strip()
    content = text.encode()
    if len(content) <= MAX_MARKDOWN:
        return text
    result.problems.append("text-cut")
    return content[:MAX_MARKDOWN].decode("utf-8", "ignore").rpartition("\n")[0] or content[:MAX_MARKDOWN].decode(
        "utf-8", "ignore"
    )
