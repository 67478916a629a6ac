"""Whether issues and positions are sound, for `collegium check`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collegium.core.access.checking import sentences
from collegium.core.access.standard import PUBLIC

from ..course import PUBLISHED, STATES, Seen

_STATES = """
SELECT p.entry_id, format('position %%s is in a state the table does not know: %%s', p.entry_id, e.state)
FROM positions_position p JOIN entries_entry e ON e.id = p.entry_id WHERE e.state <> ALL(%(states)s)"""

_SEEN = """
SELECT p.entry_id, format('position %%s is %%s and not seen by those who should see it', p.entry_id, e.state)
FROM positions_position p JOIN entries_entry e ON e.id = p.entry_id
WHERE (e.state = ANY(%(published)s) AND e.audience_id <> %(public)s)
   OR (e.state = ANY(%(shown)s) AND e.audience_id = p.drafting_audience_id)"""

_STEPS = """
SELECT p.entry_id, format('position %%s is %%s, and its last step led to %%s', p.entry_id, e.state, s.now)
FROM positions_position p JOIN entries_entry e ON e.id = p.entry_id
JOIN LATERAL (SELECT now FROM positions_step WHERE position_id = p.entry_id ORDER BY id DESC LIMIT 1) AS s ON true
WHERE s.now <> e.state"""

_TEXTS = """
SELECT p.entry_id, format('position %%s shows a revision of another, or one nobody was shown', p.entry_id)
FROM positions_position p JOIN positions_revision r ON r.id IN (p.current_id, p.presented_id, p.adopted_id)
WHERE r.position_id <> p.entry_id OR (r.id IN (p.presented_id, p.adopted_id) AND r.presented_at IS NULL)"""

_COMMENTS = """
SELECT c.id, format('comment %%s has an answer to another', c.id)
FROM positions_comment c JOIN positions_disposition d ON d.id = c.disposition_id WHERE d.comment_id <> c.id"""

_EDITIONS = """
SELECT n.position_id, format('position %%s: edition %%s is not what went out', n.position_id, n.number)
FROM positions_edition n WHERE encode(sha256(n.content), 'hex') <> n.digest"""


def unsound_positions() -> Iterator[str]:
    """A sentence for each position whose state, audience, steps or texts contradict each other."""
    told: dict[str, Any] = {
        "states": list(STATES),
        "published": list(PUBLISHED),
        "shown": [state.name for state in STATES.values() if state.seen != Seen.INTERNAL],
        "public": PUBLIC,
    }
    yield from sentences((_STATES, _SEEN, _STEPS, _TEXTS, _COMMENTS, _EDITIONS), told)
