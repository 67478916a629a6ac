"""The viewer: a person, or nobody, at a moment, with the audiences they are among."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from .registry import silences
from .standard import PUBLIC
from .statements import rows

if TYPE_CHECKING:
    from collegium.core.people.models import Person

# One round trip: the audiences one is admitted to now, each with whether only to read and since when one belongs to it
# through silent organizations alone; and 0 if one is named in any other.
_AUDIENCES = """
SELECT a.audience_id, bool_and(a.reason = 'reading'),
    CASE WHEN bool_and(a.reason = 'reading' OR s.organization_id IS NOT NULL) THEN max(s.since) END
FROM access_admission a LEFT JOIN ({silent}) AS s ON s.organization_id = a.organization_id
WHERE a.person_id = %s AND a.period @> %s::timestamptz GROUP BY a.audience_id
UNION ALL
SELECT 0, false, NULL WHERE EXISTS (SELECT FROM access_namedperson WHERE person_id = %s)
"""
_NONE_SILENT = "SELECT NULL::bigint AS organization_id, NULL::timestamptz AS since WHERE false"


@cache
def _audiences() -> str:
    return _AUDIENCES.format(silent="\nUNION ALL\n".join(silent() for silent in silences.all()) or _NONE_SILENT)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Built once per request or per recipient; `audience_ids` always holds the public one.

    `reading_ids` are those of them one may read without belonging to them; `silent_since` holds those to which one
    belongs only through organizations whose people write nothing for now, with since when.
    """

    person: Person | None
    at: datetime
    audience_ids: frozenset[int]
    is_named: bool = False
    reading_ids: frozenset[int] = frozenset()
    silent_since: Mapping[int, datetime] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, person: Person | None, *, at: datetime) -> Viewer:
        if person is None or not person.is_active:
            return cls(None, at, frozenset({PUBLIC}))
        found = rows(_audiences(), [person.pk, at, person.pk])
        ids = {audience for audience, _only_reads, _since in found}
        reading = frozenset(audience for audience, only_reads, _since in found if only_reads)
        silent = {audience: since for audience, _only_reads, since in found if since is not None}
        return cls(person, at, frozenset(ids - {0} | {PUBLIC}), 0 in ids, reading, silent)

    @classmethod
    def of_recipient(cls, person: Person | None, *, at: datetime) -> Viewer:
        """The person as letters and notices reach them: of what they only read nothing is sent."""
        viewer = cls.of(person, at=at)
        return cls(viewer.person, at, viewer.own_ids, viewer.is_named)

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

    @property
    def own_ids(self) -> frozenset[int]:
        """The audiences the viewer belongs to."""
        return self.audience_ids - self.reading_ids

    def belongs_to(self, audience_id: int) -> bool:
        """Whether the viewer is one of the audience, and not only lets their eyes pass over it."""
        return audience_id in self.audience_ids and audience_id not in self.reading_ids
