"""Ballots from before know the wording they are about, as their question names it."""

from django.db import migrations

READ = """
UPDATE ballots_ballot b SET about_hash = substring(c.raw FROM '`([0-9a-f]{64})`')
FROM calls_call c
WHERE c.entry_id = b.call_id AND b.about_id IS NOT NULL AND b.about_hash = '' AND c.raw ~ '`[0-9a-f]{64}`'
"""


class Migration(migrations.Migration):
    dependencies = [("ballots", "0005_wording_that_is_voted_on")]
    operations = [migrations.RunSQL(READ, migrations.RunSQL.noop)]
