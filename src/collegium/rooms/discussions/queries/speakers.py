"""Who speaks, and through which seat; whom a post can mention."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from collegium.core.access.models import Admission
from collegium.core.people.models import Person

# The tenures in which a person speaks to an audience: in force on the day of their organization, at organizations
# through which the person is admitted. As `core.people.queries.speaking_tenures`, inside statements that ask for more.
# Takes the person, the moment, the moment again.
SPEAKING = """
people_tenure te
JOIN people_seat s ON s.id = te.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id
JOIN entries_entry so ON so.id = o.entry_id
WHERE te.person_id = %s AND te.period @> (%s::timestamptz AT TIME ZONE o.time_zone)::date
AND EXISTS (
    SELECT FROM access_admission a
    WHERE a.person_id = te.person_id AND a.audience_id = {audience} AND a.organization_id = o.entry_id
    AND a.period @> %s::timestamptz)
"""

MOST_MENTIONED = 30


# Since when the people of `SPEAKING`'s organization read only.
SILENT_SINCE = "CASE WHEN o.read_only_at IS NOT NULL THEN COALESCE(o.unconfirmed_at, o.read_only_at) END"


@dataclass(frozen=True, slots=True)
class Speaker:
    """As whom somebody speaks: the tenure, and title and society as they are called at the moment."""

    tenure_id: int
    title: str
    society_id: int
    society: str
    function_id: int
    # Since when its people read, but write nothing, until it has confirmed its seats.
    silent_since: datetime | None = None

    @property
    def pk(self) -> int:
        """A speaker stands for its tenure wherever an action asks for one."""
        return self.tenure_id


def speaking(audience: str) -> str:
    """`SPEAKING` for the column that holds the audience."""
    return SPEAKING.format(audience=audience)


def mentionable(handles: Iterable[str], audience_id: int, at: datetime) -> dict[str, Any]:
    """The persons with these handles who are admitted to the audience at the moment, by handle; 30 at most.

    The handle of an account that was joined to another one leads to that.
    """
    wanted = sorted(set(handles))[:MOST_MENTIONED]
    admitted = Admission.objects.belonging(at).filter(audience_id=audience_id).values("person_id")
    named = Q(handle__in=wanted) | Q(joined__handle__in=wanted)
    found = Person.objects.filter(named, closed_at=None, pk__in=admitted).annotate(once=F("joined__handle"))
    people = found.only("handle", "name").order_by("pk")
    return {handle: person for person in people for handle in (person.once, person.handle) if handle in wanted}
