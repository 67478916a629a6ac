"""How far a person has read, as SQL for the statements that list or show topics.

These statements look up single rows by scalar subqueries where a join would do the same: a planner weighs every order
of a dozen joins, which took ten times as long as running them.
"""

# The viewer's own rows beside a topic `t`, in one row: `mark`, `done` and `follow`. Takes the person three times.
# OFFSET 0 keeps each subquery from being run again wherever its column is used.
MINE = """
CROSS JOIN LATERAL (
    SELECT (SELECT x.number FROM discussions_readmark x WHERE x.person_id = %s AND x.topic_id = t.entry_id) AS mark,
           (SELECT x.at FROM discussions_readall x WHERE x.person_id = %s AND x.group_id = t.group_id) AS done,
           (SELECT x.state FROM notices_follow x WHERE x.person_id = %s AND x.entry_id = t.entry_id) AS follow
    OFFSET 0
) AS mine"""

# The number read up to: the mark, or the last post that "mark all read" covered if that is further. Posts are looked
# at only where a topic went on after it, newest first, and no further back than the mark. What came with the archive of
# a mailing list is news to nobody.
READ_NUMBER = """
GREATEST(COALESCE(mine.mark, 0), t.imported, CASE
    WHEN mine.done IS NULL THEN 0
    WHEN t.last_post_at <= mine.done THEN t.last_number
    ELSE COALESCE((
        SELECT p.number FROM discussions_post p
        WHERE p.topic_id = t.entry_id AND p.number > COALESCE(mine.mark, 0) AND p.at <= mine.done
        ORDER BY p.number DESC LIMIT 1), 0)
    END)"""
