"""Who is signed in: the person of a session, read by a prepared statement."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS

from collegium.core.access.statements import row

from .models import Person

_FIELDS = Person._meta.concrete_fields
_NAMES = [field.attname for field in _FIELDS]
_PERSON = f"SELECT {', '.join(str(field.column) for field in _FIELDS)} FROM people_person WHERE id = %s"  # noqa: S608 - constants


class Backend(AuthenticationBackend):
    """Sign-in as allauth does it, but for how the person of a session is read."""

    def get_user(self, user_id: int) -> Person | None:
        """The person, unless the account is closed."""
        found = row(_PERSON, [user_id])
        person: Person | None = Person.from_db(DEFAULT_DB_ALIAS, _NAMES, found) if found else None
        return person if person and self.user_can_authenticate(person) else None
