"""How far a person has read. No event: these are notes to oneself, and the council's books do not change."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group

# One statement in a transaction of its own: losing the last second of marks in a power failure costs nobody anything,
# waiting for the disk on every page read would.
_ADVANCE = """
INSERT INTO discussions_readmark (person_id, topic_id, number, at)
SELECT %(person)s, t.entry_id, LEAST(%(number)s, t.last_number), %(at)s
FROM discussions_topic t,
     (SELECT set_config('synchronous_commit',
                        CASE WHEN %(alone)s THEN 'off' ELSE current_setting('synchronous_commit') END, true)) AS waits
WHERE t.entry_id = %(topic)s
ON CONFLICT (person_id, topic_id) DO UPDATE SET number = excluded.number, at = excluded.at
WHERE discussions_readmark.number < excluded.number
"""


def advance_read_mark(topic: Any, *, number: int, viewer: Viewer, at: datetime) -> None:
    """The viewer has read the topic up to the post with this number; a mark never goes back."""
    if viewer.person_id is None:
        raise Refused(_("Only somebody signed in has read marks."))
    # Inside somebody else's transaction its own durability stands.
    alone = not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(
            _ADVANCE,
            {"person": viewer.person_id, "topic": topic.pk, "number": number, "at": at, "alone": alone},
        )


_MARK_ALL = """
INSERT INTO discussions_readall (person_id, group_id, at)
SELECT %(person)s, mine.group_id, %(at)s FROM (
    SELECT group_id FROM groups_circle WHERE audience_id = ANY(%(audiences)s::bigint[])
    UNION
    SELECT entry_id FROM groups_group WHERE officers_audience_id = ANY(%(audiences)s::bigint[])
) AS mine WHERE %(group)s::bigint IS NULL OR mine.group_id = %(group)s
ON CONFLICT (person_id, group_id) DO UPDATE SET at = GREATEST(discussions_readall.at, excluded.at)
"""


def mark_all_read(group: Group | None, *, viewer: Viewer, at: datetime) -> None:
    """All that was written up to this moment in the group, or in all one's groups, counts as read."""
    parameters = {
        "person": viewer.person_id,
        "at": at,
        "audiences": sorted(viewer.own_ids),
        "group": group.pk if group else None,
    }
    if viewer.person_id is None:
        raise Refused(_("Only somebody signed in has read marks."))
    with connection.cursor() as cursor:
        cursor.execute(_MARK_ALL, parameters)
        if group is not None and not cursor.rowcount:
            raise Refused(_("Only members of the group have something to read in it."))
