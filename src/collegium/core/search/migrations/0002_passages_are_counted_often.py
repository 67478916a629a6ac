"""How common words are is counted anew whenever a fiftieth of the passages is new, not a tenth."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_people_and_files_are_found")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE entries_passage SET (autovacuum_analyze_scale_factor = 0.02)",
            "ALTER TABLE entries_passage RESET (autovacuum_analyze_scale_factor)",
        )
    ]
