"""Whether a machine wrote a letter, and why we think so: nothing is posted for it, and it gets no answer (RFC 3834)."""

from __future__ import annotations

from collections.abc import Collection

from .headers import Head
from .phrases import OUT_OF_OFFICE

PRECEDENCES = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
SUPPRESSED = {"all", "oof", "autoreply"}
NAMES_A_MACHINE = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-ms-exchange-inbox-rules-loop")
NULL_PATHS = {"", "<>"}


def automatic_reason(head: Head, subject: str, *, return_path: str | None, own_lists: Collection[str]) -> str | None:
    """The first reason that holds, as a code; None for a letter a person wrote."""
    path = head.first("return-path") if return_path is None else return_path
    if (return_path is not None or head.all("return-path")) and path.strip() in NULL_PATHS:
        return "null-return-path"
    if _of_our_own(head, own_lists):
        return "own-list"
    return _said_so(head) or ("out-of-office" if is_out_of_office(subject) else None)


def _of_our_own(head: Head, own_lists: Collection[str]) -> bool:
    ours = {one.lower().strip("<>") for one in own_lists}
    ids = (value.rpartition("<")[2].partition(">")[0].strip().lower() for value in head.all("list-id"))
    return any(one in ours or one.partition(".")[2] in ours for one in ids)


def _said_so(head: Head) -> str | None:
    for value in head.all("auto-submitted"):
        if value.partition(";")[0].partition("(")[0].strip().lower() not in ("", "no"):
            return "auto-submitted"
    if any(head.all(name) for name in NAMES_A_MACHINE):
        return "auto-reply-field"
    if any(value.partition("(")[0].strip().lower() in PRECEDENCES for value in head.all("precedence")):
        return "precedence"
    suppressed = {one.strip().lower() for value in head.all("x-auto-response-suppress") for one in value.split(",")}
    return "auto-response-suppressed" if suppressed & SUPPRESSED else None


def is_out_of_office(subject: str) -> bool:
    """Whether the subject begins as one of an out-of-office answer does."""
    return bool(OUT_OF_OFFICE.match(subject))
