"""Topics and groups as statements written by hand read them."""

from collections.abc import Sequence
from typing import Any

from collegium.core.access import statements
from collegium.core.access.columns import Columns
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Circle, Group

from ..models import Topic

TOPIC = Columns(Topic, "t")
ENTRY = Columns(Entry, "e")
GROUP = Columns(
    Group,
    "g",
    "entry_id",
    "slug",
    "kind",
    "short",
    "is_closed",
    "default_level",
    "officers_audience_id",
    "holding",
    "held_at_first",
    "circle_id",
)
GROUP_ENTRY = Columns(Entry, "ge", "id", "kind", "title", "audience_id")
CIRCLE = Columns(Circle, "c", "id", "group_id", "audience_id")

# A topic with its entry and its group, as far as actions and rules ask about them.
TOPIC_SQL = f"{TOPIC.sql}, {ENTRY.sql}, {GROUP.sql}"
TOPIC_TABLES = """discussions_topic t
JOIN entries_entry e ON e.id = t.entry_id
JOIN groups_group g ON g.entry_id = t.group_id"""

# A group with its circle; whoever changes the group waits until this transaction is over, and is waited for.
GROUP_LOCKED_SQL = f"""SELECT {GROUP.sql}, {CIRCLE.sql}
FROM groups_group g LEFT JOIN groups_circle c ON c.id = g.circle_id
WHERE g.entry_id = %s FOR SHARE OF g"""  # noqa: S608 - constants


_GROUP_BY_SLUG = f"""SELECT {GROUP.sql}, {GROUP_ENTRY.sql}, {CIRCLE.sql}
FROM groups_group g JOIN entries_entry ge ON ge.id = g.entry_id LEFT JOIN groups_circle c ON c.id = g.circle_id
WHERE g.slug = %s"""  # noqa: S608 - constants


def group_by_slug(slug: str) -> Group | None:
    """The group of this name with its entry and circle; whoever asks has yet to find out who may know of it."""
    row = statements.row(_GROUP_BY_SLUG, [slug])
    if row is None:
        return None
    group: Group
    group, start = GROUP.take(row, 0)
    group.entry, start = GROUP_ENTRY.take(row, start)
    group.circle = CIRCLE.take(row, start)[0] if row[start] is not None else None
    return group


def take_group(row: Sequence[Any]) -> Group:
    """The group of `GROUP_LOCKED_SQL`, with its circle."""
    group: Group
    group, start = GROUP.take(row, 0)
    group.circle = CIRCLE.take(row, start)[0] if row[start] is not None else None
    return group


def take_topic(row: Sequence[Any], start: int = 0) -> tuple[Topic, int]:
    """The topic of `TOPIC_SQL`, with entry and group, and where the next columns begin."""
    topic, start = TOPIC.take(row, start)
    topic.entry, start = ENTRY.take(row, start)
    topic.group, start = GROUP.take(row, start)
    return topic, start
