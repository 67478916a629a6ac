"""The index of titles and names takes in what is written as soon as the one of all passages."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0003_names_have_an_index_of_their_own")]

    operations = [
        migrations.RunSQL(
            "ALTER INDEX passage_names SET (gin_pending_list_limit = 256)",
            "ALTER INDEX passage_names RESET (gin_pending_list_limit)",
        )
    ]
