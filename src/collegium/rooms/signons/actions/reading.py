"""Who reads a letter while it is prepared, brought in line when that begins and when it ends."""

from __future__ import annotations

from collegium.core.access.actions import settle_shared

from ..models import Letter

# Who is admitted to a letter while it is prepared: the people of its host and the council's team.
_READERS = """
SELECT t.person_id FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id WHERE o.kind = 'council' OR o.entry_id = %s"""


def settle_readers(letter: Letter) -> None:
    """Bring in line who reads the letter while it is prepared: all people of its host, and the whole team."""
    settle_shared(_READERS, [letter.entry.society_id or 0])
