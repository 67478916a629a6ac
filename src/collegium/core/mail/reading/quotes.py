"""The writer's own words apart from what they quote; answers between quoted lines stay with what they answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from .boundaries import Boundary, attribution_at, attribution_before, boundary_in
from .lines import MARKS, bare, has_words, is_quoted, last_written, trimmed, unquoted
from .signatures import without_signature

CONTEXT = 3
"""So many quoted lines above an answer say what it answers; more are history."""


@dataclass(slots=True)
class Split:
    """What was written and what was not, as lines."""

    kept: list[str]
    removed: list[str] = field(default_factory=list)

    def remove(self, lines: list[str]) -> None:
        if has_words(lines):
            self.removed += ["", *trimmed(lines)] if self.removed else trimmed(lines)


@dataclass(slots=True)
class _Stretch:
    lines: list[str]
    is_quote: bool


def split(lines: list[str], *, forwards: bool, answers: bool, sender_name: str) -> Split:
    """The text taken apart. `answers` says the letter is an answer to another, `forwards` that it hands one on."""
    found = boundary_in(lines, forwards=forwards)
    if found and not _is_memorandum(lines, found, answers=answers):
        own, rest = lines[: found.at], lines[found.at :]
    else:
        found, own, rest = None, lines, []
    answer = _own_words(own, answers=answers, sender_name=sender_name, more=bool(rest))
    if found and found.forwards:
        whole = [unquoted(line) for line in rest] if all(map(is_quoted, trimmed(rest))) else rest
        answer.kept = [*trimmed(answer.kept), "", *trimmed(whole)]
    elif rest:
        answer.remove(rest)
    answer.kept = trimmed(answer.kept)
    return answer


def _is_memorandum(lines: list[str], found: Boundary, *, answers: bool) -> bool:
    """Whether what looks like a quoted letter's head is the text's own: it begins with it, and answers nothing."""
    return not found.certain and not found.forwards and not answers and not has_words(lines[: found.at])


def _own_words(lines: list[str], *, answers: bool, sender_name: str, more: bool) -> Split:
    stretches = _stretches(lines)
    result = Split([])
    if not any(one.is_quote for one in stretches):
        result.kept, below = without_signature(lines, sender_name)
        result.remove(below)
        return result
    below = _end_with_words(stretches, sender_name)
    _take_statements(stretches, result)
    if stretches and stretches[-1].is_quote and (more or _is_history(stretches, result, answers=answers)):
        _take_history(stretches, result, sender_name)
    _take_long_context(stretches, result)
    result.kept = [line for one in stretches for line in one.lines]
    result.remove(below)
    return result


def _stretches(lines: list[str]) -> list[_Stretch]:
    """Quoted and unquoted lines in turn; blank lines between two quotes are the quotes'."""
    found: list[_Stretch] = []
    for line in lines:
        quoted = is_quoted(line)
        if found and (found[-1].is_quote == quoted or (not line.strip() and found[-1].is_quote)):
            found[-1].lines.append(line)
        else:
            found.append(_Stretch([line], quoted))
    return [one for one in found if has_words(one.lines)]


def _end_with_words(stretches: list[_Stretch], sender_name: str) -> list[str]:
    """Cut the signature at the end; if nothing else stands after the last quote, the text ends with the quote."""
    if stretches[-1].is_quote:
        return []
    kept, below = without_signature(stretches[-1].lines, sender_name)
    if has_words(kept):
        stretches[-1].lines = kept
    else:
        stretches.pop()
    return below


def _take_statements(stretches: list[_Stretch], result: Split) -> None:
    """Take away who wrote what, and when: before the quotes, and in them; it holds addresses."""
    for at, one in enumerate(stretches):
        if one.is_quote:
            one.lines = _without_statements(one.lines, result)
            continue
        follows = at + 1 < len(stretches)
        end = last_written(one.lines) + 1
        start = attribution_before([*one.lines, ">"], len(one.lines)) if follows else None
        if start is not None:
            result.remove(one.lines[start:end])
            one.lines = [*one.lines[:start], ""]
    stretches[:] = [one for one in stretches if has_words(one.lines)]


def _without_statements(lines: list[str], result: Split) -> list[str]:
    inner = [unquoted(line) if is_quoted(line) else line for line in lines]
    kept, at = [], 0
    while at < len(lines):
        end = attribution_at(inner, at) if inner[at].strip() else 0
        if end:
            result.remove(lines[at:end])
            at = end
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _is_history(stretches: list[_Stretch], result: Split, *, answers: bool) -> bool:
    """Whether the quote at the end is what was answered, and not a passage that the text shows."""
    if result.removed or len(stretches) == 1:
        return True
    last = bare(stretches[-2].lines[last_written(stretches[-2].lines)])
    return answers and not last.endswith((":", "："))


def _take_history(stretches: list[_Stretch], result: Split, sender_name: str) -> None:
    history = stretches.pop().lines
    if stretches and not stretches[-1].is_quote:
        stretches[-1].lines, below = without_signature(stretches[-1].lines, sender_name)
        result.remove(below)
    result.remove(history)


def _take_long_context(stretches: list[_Stretch], result: Split) -> None:
    """An answer below one long quote is an answer to a whole letter."""
    if len(stretches) != 2 or not stretches[0].is_quote or not result.removed:
        return
    written = [line for line in stretches[0].lines if unquoted(line).strip() and not MARKS.search(line)]
    if len(written) > CONTEXT:
        result.remove(stretches.pop(0).lines)
