"""Whether conversations are sound, for `collegium check`."""

from collections.abc import Iterator

from collegium.core.access.checking import sentences

_NUMBERS = """
SELECT t.entry_id, format('topic %s counts %s posts and has %s, the newest numbered %s',
                          t.entry_id, t.last_number, count(p.id), COALESCE(max(p.number), 0))
FROM discussions_topic t LEFT JOIN discussions_post p ON p.topic_id = t.entry_id
GROUP BY t.entry_id HAVING count(p.id) <> t.last_number OR COALESCE(max(p.number), 0) <> t.last_number"""

_STATES = """
SELECT t.entry_id, format('topic %s is %s and its entry says %s', t.entry_id, s.state, e.state)
FROM discussions_topic t JOIN entries_entry e ON e.id = t.entry_id
CROSS JOIN LATERAL (SELECT CASE WHEN t.closed_at IS NOT NULL THEN 'closed'
                                WHEN t.accepted_id IS NOT NULL THEN 'answered' ELSE 'open' END) AS s (state)
WHERE e.state <> s.state"""

_ACCEPTED = """
SELECT t.entry_id, format('topic %s accepts a post that is deleted or of another topic', t.entry_id)
FROM discussions_topic t JOIN discussions_post p ON p.id = t.accepted_id
WHERE p.topic_id <> t.entry_id OR p.deleted_at IS NOT NULL"""

_LEFT_BEHIND = """
SELECT p.topic_id, format('post %s of topic %s was deleted and left something behind', p.number, p.topic_id)
FROM discussions_post p WHERE p.deleted_at IS NOT NULL AND (
    EXISTS (SELECT FROM entries_passage x WHERE x.entry_id = p.topic_id AND x.part = 'post' AND x.part_id = p.id)
    OR EXISTS (SELECT FROM files_attachment x WHERE x.entry_id = p.topic_id AND x.part = 'post' AND x.part_id = p.id)
    OR EXISTS (SELECT FROM discussions_revision x WHERE x.post_id = p.id))"""


def unsound_topics() -> Iterator[str]:
    """A sentence for each topic that miscounts its posts, misstates its state, or keeps what was deleted."""
    yield from sentences((_NUMBERS, _STATES, _ACCEPTED, _LEFT_BEHIND))
