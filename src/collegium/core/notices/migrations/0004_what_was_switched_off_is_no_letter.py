"""Who wanted no notice of a name before there were letters of them wants no letter of it either."""

from django.db import migrations

SQL = """
INSERT INTO notices_letterswitch (person_id, notice, is_on) SELECT person_id, notice, false FROM notices_switchedoff
ON CONFLICT DO NOTHING"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_digest_choices_and_letter_switches"),
    ]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
