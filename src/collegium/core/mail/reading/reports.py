"""Reports on our letters: not delivered (RFC 3464), complained about (RFC 5965), or told in a server's own words."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import compat32

from flufl.bounce import all_failures

from .headers import Head, one_line, read_head
from .parts import Part
from .results import Bounce, Failure
from .threads import ids_in

MAX_RECIPIENTS = 200
MAX_REPORT = 200_000
MAX_SCANNED = 60_000
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
BLOCKS = re.compile(rb"\r?\n[ \t]*\r?\n")
SENDERS = re.compile(r"(?:mailer-daemon|postmaster|mail-?daemon|bounces?)(?:[+._-]|@|$)", re.IGNORECASE)
ORIGINALS = {
    "message/rfc822",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
    "message/rfc822-headers",
}
NOBODY = "nobody@server.invalid"
KEPT_FIELDS = ("from", "to", "subject", "date", "message-id", "list-id", "list-unsubscribe", "return-path")

# It logs each detector that a stranger's letter breaks; that says nothing of us.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


def report_of(root: Part, raw: bytes, *, sender: str | None, null_path: bool) -> Bounce | None:
    """The report a letter is, or None for a letter."""
    inside = root.children if root.kind.startswith("multipart/") else []
    for part in inside:
        if part.kind == "message/feedback-report":
            return _complaint(part, inside)
    for part in inside:
        if part.kind in ("message/delivery-status", "message/global-delivery-status"):
            failures = _failures(part.content[:MAX_REPORT])
            if failures:
                return _bounce(failures, inside)
    if null_path or (sender and SENDERS.match(sender)):
        return _in_own_words(root, raw, inside)
    return None


def _failures(content: bytes) -> list[Failure]:
    found = []
    for block in BLOCKS.split(content)[: MAX_RECIPIENTS + 1]:
        fields = read_head(block)
        recipient = _typed(fields.first("original-recipient")) or _typed(fields.first("final-recipient"))
        if not recipient:
            continue
        status = STATUS.search(fields.first("status"))
        diagnostic = one_line(fields.first("diagnostic-code").partition(";")[2] or fields.first("diagnostic-code"))
        action = one_line(fields.first("action")).lower()[:40]
        found.append(Failure(recipient, action or "failed", status[1] if status else "", diagnostic))
    return found


def _typed(value: str) -> str:
    """`rfc822; jane@society.example` without its type."""
    kind, semicolon, address = value.partition(";")
    return one_line((address if semicolon else kind).strip().strip("<>"))[:320].lower()


def _complaint(part: Part, inside: list[Part]) -> Bounce:
    fields = read_head(part.content[:MAX_REPORT])
    readers = list(dict.fromkeys(filter(None, map(_typed, fields.all("original-rcpt-to")))))
    failures = [Failure(one, "complained", "", "") for one in readers[:MAX_RECIPIENTS]]
    kind = one_line(fields.first("feedback-type")).lower()[:40] or "other"
    envelope = _typed(fields.first("original-mail-from"))
    found = _bounce(failures, inside, "complaint", kind)
    return replace(found, headers=(*found.headers, ("original-mail-from", envelope))) if envelope else found


def _bounce(failures: list[Failure], inside: list[Part], kind: str = "delivery", feedback_type: str = "") -> Bounce:
    original = _original(inside)
    ids = ids_in(original.first("message-id"))
    headers = tuple((name, one_line(original.first(name))) for name in KEPT_FIELDS if original.first(name))
    return Bounce(kind, tuple(failures), feedback_type, ids[0] if ids else None, headers)


def _original(inside: list[Part]) -> Head:
    """The head of our letter, as far as it was sent back."""
    for part in inside:
        if part.kind in ORIGINALS:
            content = part.content[:MAX_REPORT].lstrip(b"\r\n")
            end = BLOCKS.search(content)
            return read_head(content[: end.start()] if end else content)
    return Head()


def _in_own_words(root: Part, raw: bytes, inside: list[Part]) -> Bounce | None:
    """A server that follows no standard: known wordings, by `flufl.bounce`, in the beginning of a shallow letter."""
    if any(part.depth > 3 for part in root.walk()):
        return None
    begins = raw[:MAX_SCANNED]
    message = message_from_bytes(begins, policy=compat32)
    if not message.get("from"):
        message["From"] = NOBODY  # one of its detectors takes it for granted
    try:
        later, never = all_failures(message)
    except Exception:
        return None
    final = {str(one, "ascii", "replace").lower() for one in never}
    temporary = {str(one, "ascii", "replace").lower() for one in later} - final
    status = STATUS.search(begins.decode("latin-1"))
    found = [Failure(one, "failed", status[1] if status else "", "") for one in sorted(final)]
    found += [Failure(one, "delayed", "", "") for one in sorted(temporary)]
    return _bounce(found[:MAX_RECIPIENTS], inside) if found else None
