"""Makes findable what was there before: passages get their further lexemes, people and files their passages."""

from typing import Any

from django.db import migrations
from django.utils import timezone
from django.utils.module_loading import import_string

BATCH = 500

# As `core.entries.lexemes` names them; what a post was said from is added by its own room.
_LEXEMES = """
UPDATE entries_passage p SET vector = ts_delete(p.vector, 'audience:' || e.audience_id) || array_to_tsvector(
    ARRAY['=audience:' || e.audience_id, '=' || e.kind || '/' || p.part, '=in:' || COALESCE(e.place_id, e.id),
          '=t0:' || w.week, '=t1:' || floor(w.week / 4.0), '=t2:' || floor(w.week / 16.0),
          '=t3:' || floor(w.week / 64.0), '=t4:' || floor(w.week / 256.0)]
    || CASE WHEN p.part = 'title' THEN ARRAY['=title'] ELSE ARRAY[]::text[] END
    || CASE WHEN e.kind = 'society' THEN ARRAY['=of:' || e.id] ELSE ARRAY[]::text[] END)
FROM entries_entry e, (SELECT id, floor(extract(epoch FROM at) / 604800)::int AS week FROM entries_passage) AS w
WHERE e.id = p.entry_id AND w.id = p.id"""


def find_people_and_files(apps: Any, schema_editor: Any) -> None:
    """In an empty database there is nothing to do, and no code of later releases is asked."""
    persons = list(apps.get_model("people", "Person").objects.order_by("pk").values_list("pk", flat=True))
    files = list(apps.get_model("files", "Attachment").objects.exclude(entry=None).order_by("pk"))
    if not persons and not files:
        return
    ensure_directory = import_string("collegium.core.people.directory.ensure_directory")
    write_people = import_string("collegium.core.people.actions.write_people")
    name_text = import_string("collegium.core.files.actions.name_text")
    write_passages = import_string("collegium.core.entries.actions.write_passages")
    ensure_directory(using=schema_editor.connection.alias)
    for start in range(0, len(persons), BATCH):
        write_people(persons[start : start + BATCH], at=timezone.now())
    for start in range(0, len(files), BATCH):
        write_passages([name_text(file) for file in files[start : start + BATCH]])


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0003_one_directory_and_newest_passages"),
        ("files", "0002_initial"),
        ("people", "0002_address_ties"),
    ]

    operations = [
        migrations.RunSQL(_LEXEMES, migrations.RunSQL.noop),
        migrations.RunPython(find_people_and_files, migrations.RunPython.noop),
    ]
