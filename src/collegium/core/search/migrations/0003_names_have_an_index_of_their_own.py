"""Titles and names are looked for further back than all else: through an index of theirs, a tenth of the other.

The condition is one of `core.search.statement`, letter for letter: the database uses the index for nothing else.
"""

from django.db import migrations

_MAKE = """
CREATE INDEX passage_names ON entries_passage USING gin (vector)
WHERE vector @@ $$'=title' | '=group/purpose'$$::tsquery"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_passages_are_counted_often")]

    operations = [migrations.RunSQL(_MAKE, "DROP INDEX passage_names")]
