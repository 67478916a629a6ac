"""Sessions in the database, read by a prepared statement: every page of whoever is signed in begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from collegium.core.access.statements import row

_UNEXPIRED = """
SELECT session_key, session_data, expire_date FROM django_session
WHERE session_key = %s AND expire_date > %s::timestamptz"""


class SessionStore(db.SessionStore):
    """The framework's store, but for how a session is read."""

    def _get_session_from_db(self) -> Any:
        """The session that goes by the key, unless it has expired; a key that cannot be one is not asked for."""
        key = self.session_key
        found = row(_UNEXPIRED, [key, timezone.now()]) if key and key.isalnum() else None
        if found is None:
            self._session_key = None
            return None
        columns: Any = found
        return self.model(*columns)
