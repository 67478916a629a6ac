"""The directory is an entry whose parts are the people; there is one, present after every migration."""

from typing import Any

from django.db import connections

# Its id is one no sequence gives.
_ENSURE = """
INSERT INTO entries_entry (id, kind, title, state, audience_id, created_at, touched_at)
VALUES (0, 'directory', 'People', '', 2, '1970-01-01 00:00+00', '1970-01-01 00:00+00') ON CONFLICT DO NOTHING
"""


def ensure_directory(*, using: str, **_: Any) -> None:
    """Runs after each migration and after a test emptied the tables; people are seen by the member societies."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('entries_entry')")
        if cursor.fetchone()[0]:
            cursor.execute(_ENSURE)
