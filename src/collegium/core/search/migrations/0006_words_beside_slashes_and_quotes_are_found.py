"""Words beside slashes, dashes and quotes of typography are found in what was written before, too."""

from typing import Any

from django.db import migrations, transaction
from django.utils.module_loading import import_string
from psycopg.types.json import Jsonb

BATCH = 500

# What a passage is found by besides its words begins with "=", which no word does; a title's words weigh more.
_WRITE = """
UPDATE entries_passage p SET vector = n.vector
FROM (SELECT p.id, setweight(to_tsvector('simple', t.words),
                             (CASE WHEN p.vector @@ $$'=title'$$::tsquery THEN 'A' ELSE 'D' END)::"char")
             || array_to_tsvector(ARRAY(SELECT l FROM unnest(tsvector_to_array(p.vector)) AS l WHERE l LIKE '=%%'))
             AS vector
      FROM jsonb_to_recordset(%s::jsonb) AS t (id bigint, words text) JOIN entries_passage p ON p.id = t.id) AS n
WHERE n.id = p.id AND n.vector IS DISTINCT FROM p.vector"""


# What has no text yet is found by nobody, so that nobody counts it either.
_UNPUBLISHED = """
DELETE FROM entries_passage p USING groups_undertaking u WHERE u.entry_id = p.entry_id AND NOT EXISTS (
    SELECT FROM groups_undertakingversion v WHERE v.undertaking_id = u.entry_id)"""


def write_words(apps: Any, schema_editor: Any) -> None:
    """In an empty database there is nothing to do, and no code of later releases is asked."""
    last: int | None = 0
    while last is not None:
        with transaction.atomic(using=schema_editor.connection.alias):
            last = _write_after(last, schema_editor.connection)


def _write_after(last: int, connection: Any) -> int | None:
    """Write the passages that come next, nobody else writing them; the last of them, None where there are none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, text FROM entries_passage WHERE id > %s ORDER BY id LIMIT %s FOR NO KEY UPDATE", [last, BATCH]
        )
        passages = cursor.fetchall()
        if not passages:
            return None
        words = import_string("collegium.core.entries.text.words")
        cursor.execute(_WRITE, [Jsonb([{"id": key, "words": words(text)} for key, text in passages])])
    return int(passages[-1][0])


class Migration(migrations.Migration):
    # Each batch stands by itself: to begin again changes nothing that is done.
    atomic = False

    dependencies = [("search", "0005_what_is_new_is_put_in_its_place"), ("groups", "0011_no_decision_on_pictures")]

    operations = [
        migrations.RunSQL(_UNPUBLISHED, migrations.RunSQL.noop),
        migrations.RunPython(write_words, migrations.RunPython.noop),
    ]
