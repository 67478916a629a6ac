"""Keeping a letter that comes in, and seeing that it is handled."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from collegium.core.access.statements import row

QUEUE = "letters"
HANDLING = "collegium.core.mail.jobs.handle"
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?<?([^>\r\n]{1,250})", re.IGNORECASE | re.MULTILINE)


@transaction.atomic
def take_in(raw: bytes, *, to: Iterable[str], return_path: str, at: datetime) -> list[int]:
    """Keep a letter for each of our addresses it is for, and have it handled; returns the ids of those that are new.

    The same letter to the same address is kept once, however often a mail server brings it. Once this returns and its
    transaction is committed, nothing of the letter is lost.
    """
    head, body = _parted(raw)
    found = _MESSAGE_ID.search(head)
    message_id = found[1].decode("ascii", "replace").replace("\x00", "").strip() if found else ""
    digest, new = hashlib.sha256(body).hexdigest(), []
    for address in dict.fromkeys(to):
        kept = row(_KEEP, [address.lower()[:320], return_path[:320], message_id, digest, raw, at, QUEUE, HANDLING])
        if kept is not None:
            new.append(kept[0])
    return new


# With its job, enqueued as the queue does it, without its detours: a mail server waits for each letter.
_KEEP = """
WITH kept AS (
    INSERT INTO mail_incoming
        ("to", return_path, message_id, digest, raw, received_at, state, reason, sender, part, part_id)
    VALUES (%s::text, %s::text, %s::text, %s::text, %s::bytea, %s::timestamptz, 'waiting', '', '', '', 0)
    ON CONFLICT DO NOTHING RETURNING id)
SELECT kept.id, procrastinate_defer_jobs_v1(ARRAY[ROW(
    %s::text, %s::text, 0, NULL, NULL, jsonb_build_object('incoming_id', kept.id), NULL
)::procrastinate_job_to_defer_v1]) FROM kept"""


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    end = _HEAD_ENDS.search(raw)
    return (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
