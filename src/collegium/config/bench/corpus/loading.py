"""Making the corpus, and putting back what runs added to it; both come as the owner of the tables."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from collegium.config.bench.corpus.conversations import load_conversations
from collegium.config.bench.corpus.people import load_people
from collegium.config.bench.corpus.scale import Scale
from collegium.core.entries.models import Passage
from collegium.core.trail.actions import BATCH, seal_settled_events

# What posting leaves behind, rows that others refer to last.
GROWING = (
    "archives_pastletter",
    "archives_intake",
    "archives_pastauthor",
    "archives_archive",
    "mail_delivery",
    "mail_mailing",
    "notices_notification",
    "entries_passage",
    "discussions_post",
    "trail_event",
    "trail_seal",
    "notices_follow",
    "discussions_readmark",
)
PASSING = ("procrastinate_events", "procrastinate_jobs", "django_session", "config_cache")


def load(scale: Scale, *, tell: Callable[[str], object], at_once: bool = False) -> dict[str, int]:
    """Fill a migrated, empty database; answers where the rows of each growing table end.

    `at_once` is for a small corpus inside a transaction; otherwise the index of passages, by far the slowest to grow,
    is built when all passages are there.
    """
    tell(f"  {scale.societies} societies, {scale.people:,} people")
    load_people(scale)
    if at_once:
        load_conversations(scale, tell)
        return ends()
    [index] = [index for index in Passage._meta.indexes if index.name == "passage_vector"]
    with connection.schema_editor() as editor:
        editor.remove_index(Passage, index)
    load_conversations(scale, tell)
    tell("  the index of passages")
    with connection.cursor() as cursor:
        # As they lie in a house where they were written one after the other.
        cursor.execute("CLUSTER entries_passage USING passage_newest")
    with connection.schema_editor() as editor:
        editor.add_index(Passage, index)
    tell("  the seals of the trail")
    # Otherwise the worker of the first run would do it, beside what is measured.
    while seal_settled_events(at=timezone.now()) == BATCH:
        pass
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return ends()


def ends() -> dict[str, int]:
    """The newest id in each growing table."""
    found = {}
    with connection.cursor() as cursor:
        for table in GROWING:
            cursor.execute(f"SELECT COALESCE(max(id), 0) FROM {table}")  # noqa: S608 - a constant
            found[table] = int(cursor.fetchone()[0])
    return found


# The topics somebody answered in a run, as they were before it.
_PUT_BACK = """
WITH last AS (
    SELECT DISTINCT ON (p.topic_id) p.topic_id, p.number, p.at, p.author_id
    FROM discussions_post p WHERE p.topic_id = ANY(%s) ORDER BY p.topic_id, p.number DESC),
topic AS (
    UPDATE discussions_topic t SET last_number = last.number, last_post_at = last.at, last_author_id = last.author_id
    FROM last WHERE t.entry_id = last.topic_id),
mark AS (
    UPDATE discussions_readmark m SET number = LEAST(m.number, last.number) FROM last WHERE m.topic_id = last.topic_id)
UPDATE entries_entry e SET touched_at = last.at FROM last WHERE e.id = last.topic_id"""


@transaction.atomic
def put_back(ended: dict[str, int]) -> None:
    """Remove the posts, events, notifications, marks, jobs and sessions that came after the corpus was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT topic_id FROM discussions_post WHERE id > %s", [ended["discussions_post"]])
        topics = [topic for (topic,) in cursor.fetchall()]
        for table in GROWING:
            cursor.execute(f"DELETE FROM {table} WHERE id > %s", [ended.get(table, 0)])  # noqa: S608 - a constant
        cursor.execute(_PUT_BACK, [topics])
        for table in PASSING:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
