"""Whether sign-on letters are sound, for `collegium check`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from collegium.core.access.checking import sentences
from collegium.core.access.standard import PUBLIC

from ..course import OPEN, OUT, STATES
from ..models import Letter, Paper, Version
from ..wording import digest_of

_STATES = """
SELECT l.entry_id, format('letter %%s is in a state the table does not know: %%s', l.entry_id, e.state)
FROM signons_letter l JOIN entries_entry e ON e.id = l.entry_id WHERE e.state <> ALL(%(states)s)"""
_STEPS = """
SELECT l.entry_id, format('letter %%s is %%s, and its last step led to %%s', l.entry_id, e.state, s.now)
FROM signons_letter l JOIN entries_entry e ON e.id = l.entry_id
JOIN LATERAL (SELECT now FROM signons_step WHERE letter_id = l.entry_id ORDER BY id DESC LIMIT 1) AS s ON true
WHERE s.now <> e.state"""
_SEEN = """
SELECT l.entry_id, format('letter %%s is %%s and not seen by those who should see it', l.entry_id, e.state)
FROM signons_letter l JOIN entries_entry e ON e.id = l.entry_id
WHERE (e.state = ANY(%(out)s) AND l.publication = 'public' AND e.audience_id <> %(public)s)
   OR (e.state = ANY(%(shown)s) AND e.audience_id = l.preparing_audience_id)"""
_OPEN = """
SELECT l.entry_id, format('letter %%s is open for signature and its call is not', l.entry_id)
FROM signons_letter l JOIN entries_entry e ON e.id = l.entry_id LEFT JOIN signons_round r ON r.id = l.round_id
LEFT JOIN calls_call c ON c.entry_id = r.call_id
WHERE e.state = ANY(%(open)s) AND (c.entry_id IS NULL OR c.closed_at IS NOT NULL OR c.cancelled_at IS NOT NULL)"""
_BOUND = """
SELECT s.id, format('signature %%s is bound to a text that was never asked about', s.id) FROM signons_signature s
WHERE NOT EXISTS (SELECT FROM signons_version v WHERE v.letter_id = s.letter_id AND v.digest = s.digest
    AND v.round_id IS NOT NULL)"""
_SENT = """
SELECT l.entry_id, format('letter %%s was sent and its files are not there', l.entry_id)
FROM signons_letter l JOIN entries_entry e ON e.id = l.entry_id
WHERE e.state = ANY(%(out)s) AND (SELECT count(*) FROM signons_paper p
    WHERE p.letter_id = l.entry_id AND p.kind = 'letter') <> 2"""


def unsound_letters() -> Iterator[str]:
    """A sentence for each letter whose state, steps, texts, signatures or files contradict each other."""
    told: dict[str, Any] = {
        "states": list(STATES),
        "open": list(OPEN),
        "out": list(OUT),
        "shown": [*OPEN, *OUT],
        "public": PUBLIC,
    }
    yield from sentences((_STATES, _STEPS, _SEEN, _OPEN, _BOUND, _SENT), told)
    yield from _unsound_texts()
    for paper in Paper.objects.order_by("pk").iterator(chunk_size=20):
        if hashlib.sha256(bytes(paper.content)).hexdigest() != paper.digest:
            yield f"file {paper.pk} of letter {paper.letter_id} is not the one that was sent"


def _unsound_texts() -> Iterator[str]:
    for version in Version.objects.order_by("pk").iterator(chunk_size=100):
        if digest_of(version.addressed_to, version.subject, version.raw) != version.digest:
            yield f"version {version.number} of letter {version.letter_id} does not have the hash it was signed under"
    for letter in Letter.objects.filter(current=None).order_by("pk"):
        yield f"letter {letter.pk} has no text"
