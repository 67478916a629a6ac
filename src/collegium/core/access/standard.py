"""The three audiences every council has, present after every migration under fixed ids."""

from typing import Any

from django.db import connections

PUBLIC, MEMBERS, OFFICE = 1, 2, 3

# The reason of an admission that lets somebody look without belonging: no voice, no letters, no place in a roster.
READING = "reading"

_ENSURE = """
INSERT INTO access_audience (id, kind) VALUES (1, 'public'), (2, 'members'), (3, 'office') ON CONFLICT DO NOTHING;
SELECT setval(pg_get_serial_sequence('access_audience', 'id'), GREATEST(100, (SELECT max(id) FROM access_audience)));
"""


def ensure_standard_audiences(*, using: str, **_: Any) -> None:
    """Runs after each migration and after a test emptied the tables."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('access_audience')")
        if cursor.fetchone()[0]:
            cursor.execute(_ENSURE)
