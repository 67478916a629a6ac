"""Posts and titles can be searched by the society and the function they were said from."""

from django.db import migrations

_SEATS = """
UPDATE entries_passage p SET vector = p.vector || array_to_tsvector(
    ARRAY['=of:' || po.society_id, '=as:' || s.function_id])
FROM discussions_post po JOIN people_tenure t ON t.id = po.tenure_id JOIN people_seat s ON s.id = t.seat_id
WHERE po.topic_id = p.entry_id AND (p.part = 'post' AND po.id = p.part_id OR p.part = 'title' AND po.number = 1
    OR p.part = 'file' AND po.id = (SELECT f.part_id FROM files_attachment f WHERE f.id = p.part_id))"""


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0002_reports_held_posts_continuations"),
        ("search", "0001_people_and_files_are_found"),
    ]

    operations = [migrations.RunSQL(_SEATS, migrations.RunSQL.noop)]
