"""Reading a letter that came in: bytes to what the house needs, whatever the bytes are.

`read(raw)` never raises, takes time and memory in proportion to what it is given (and no more than that of the first
`MAX_BYTES`), touches neither database nor network nor clock, and says the same of the same bytes. A `Reading` holds:

- `subject`: one line of at most 998 characters; `sender`: the one address of From in small letters, its domain in
  ASCII, or None with `sender_problem`; `sender_name`.
- `message_id`, `in_reply_to`, `references`: without angle brackets, in order, each once. `date`: aware, or None.
- `markdown`: what the person wrote, safe to store (`design.text.clean_text` takes it) and to render; at most
  `MAX_MARKDOWN` bytes. `removed`: quotes, signature, disclaimer and footers that were cut off.
- `attachments`; `automatic`: why a machine wrote it, or None; `bounce`: the report it is, or None; `wrapped`: how it
  was sealed, or None; `problems`: codes that `PROBLEMS` puts into sentences.
- `authentication(authserv_id)`: what our own server found about the sender.

What only the door knows is handed in: `return_path` of the envelope ("" is the null path), `own_lists` (our own
list-ids or their domains), and `at`, the moment it was received.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from . import addresses, automatic, reports, threads, wrapping
from .headers import Head, one_line
from .parts import Part, tree_of
from .problems import PROBLEMS
from .results import Attachment, Bounce, Failure, Reading, Wrapped
from .verdicts import Verdict
from .writing import Writing, written

__all__ = ["MAX_BYTES", "PROBLEMS", "Attachment", "Bounce", "Failure", "Reading", "Verdict", "Wrapped", "read"]

MAX_BYTES = 52_428_800
T = TypeVar("T")


def read(
    raw: bytes, *, return_path: str | None = None, own_lists: Collection[str] = (), at: datetime | None = None
) -> Reading:
    """Read a letter; see the package for what is promised."""
    problems: list[str] = ["too-large"] if len(raw) > MAX_BYTES else []
    raw = _without_envelope(bytes(raw[:MAX_BYTES]))
    root = _guarded("parts", lambda: _tree(raw, problems), Part(Head(), b""), problems)
    reading = _guarded("head", lambda: _head(root.head, at, problems), Reading(), problems)
    nothing: tuple[Part, Wrapped | None] = (root, None)
    inner, wrapped = _guarded("parts", lambda: wrapping.unwrapped(root), nothing, problems)
    text = _guarded("text", lambda: written(inner, wrapped, root.head, reading), Writing(wrapped=wrapped), problems)
    null = (
        return_path if return_path is not None else root.head.first("return-path") or "-"
    ).strip() in automatic.NULL_PATHS
    bounce = _guarded(
        "report", lambda: reports.report_of(root, raw, sender=reading.sender, null_path=null), None, problems
    )
    reason = automatic.automatic_reason(root.head, reading.subject, return_path=return_path, own_lists=own_lists)
    return replace(
        reading,
        markdown=text.markdown,
        removed=text.removed,
        attachments=tuple(text.attachments),
        wrapped=text.wrapped,
        bounce=bounce,
        automatic=reason or ("report" if bounce or _is_report(root) else text.automatic),
        problems=tuple(dict.fromkeys([*problems, *text.problems])),
    )


def _without_envelope(raw: bytes) -> bytes:
    """Some stores put a line `From …` before the head."""
    if raw.startswith((b"From ", b">From ")):
        return raw.partition(b"\n")[2]
    return raw


def _guarded(what: str, step: Callable[[], T], otherwise: T, problems: list[str]) -> T:
    """A fault of ours in one step does not lose the letter: the others are taken, and the office is told."""
    try:
        return step()
    except Exception:
        problems.append(f"failed-{what}")
        return otherwise


def _tree(raw: bytes, problems: list[str]) -> Part:
    root, left_out = tree_of(raw)
    problems += ["head-cut"] * root.head.cut + ["parts-left-out"] * left_out
    return root


def _head(head: Head, at: datetime | None, problems: list[str]) -> Reading:
    sender = addresses.sender_of(head)
    message_id, id_problem = threads.message_id(head)
    date, date_problem = threads.date_of(head, at)
    problems += filter(None, (sender.problem, id_problem, date_problem))
    return Reading(
        subject=one_line(head.first("subject")),
        sender=sender.address,
        sender_problem=sender.problem,
        sender_name=sender.name,
        message_id=message_id,
        in_reply_to=threads.ids_in(head.first("in-reply-to")),
        references=threads.ids_in(" ".join(head.all("references"))),
        date=date,
        authentication_results=tuple(head.all("authentication-results")[:50]),
    )


def _is_report(root: Part) -> bool:
    return root.kind == "multipart/report"
