"""The viewer: a person, or nobody, at a moment, with the audiences they are among."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from .standard import PUBLIC
from .statements import rows

if TYPE_CHECKING:
    from collegium.core.people.models import Person

# One round trip: the audiences one is admitted to now, and 0 if one is named in any other.
_AUDIENCES = """
SELECT audience_id FROM access_admission WHERE person_id = %s AND period @> %s::timestamptz
UNION
SELECT 0 WHERE EXISTS (SELECT FROM access_namedperson WHERE person_id = %s)
"""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Built once per request or per recipient; `audience_ids` always holds the public one."""

    person: Person | None
    at: datetime
    audience_ids: frozenset[int]
    is_named: bool = False

    @classmethod
    def of(cls, person: Person | None, *, at: datetime) -> Viewer:
        if person is None or not person.is_active:
            return cls(None, at, frozenset({PUBLIC}))
        ids = {audience for (audience,) in rows(_AUDIENCES, [person.pk, at, person.pk])}
        return cls(person, at, frozenset(ids - {0} | {PUBLIC}), 0 in ids)

    @property
    def itself(self) -> Viewer:
        """The viewer behind whatever stands for it: every look through a stand-in takes longer than the look."""
        return self

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person else None

    def is_among(self, audience_id: int) -> bool:
        """Whether the viewer is admitted to the audience; audiences of named persons are asked by query only."""
        return audience_id in self.audience_ids
