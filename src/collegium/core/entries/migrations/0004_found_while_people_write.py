"""What is written is put in its place in the index soon, and what is ranked lies where the passage lies.

New passages wait in a list of the index until that is full, and whoever looks for anything reads all of the list: at the
usual 4 MB that takes longer than the looking, at 64 kB to write takes twice as long. A vector beyond a quarter of a page
is usually kept elsewhere, and ranking reads three hundred of them: up to half a page they stay in their row.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

_SET = """
ALTER INDEX passage_vector SET (gin_pending_list_limit = 256);
ALTER TABLE entries_passage SET (toast_tuple_target = 4080)"""
_RESET = """
ALTER INDEX passage_vector RESET (gin_pending_list_limit);
ALTER TABLE entries_passage RESET (toast_tuple_target)"""


class Migration(migrations.Migration):
    dependencies = [("entries", "0003_one_directory_and_newest_passages")]

    operations = [
        migrations.RunSQL(
            _SET,
            _RESET,
            # The index stays as it is, where making it anew would take minutes.
            state_operations=[
                migrations.RemoveIndex("passage", "passage_vector"),
                migrations.AddIndex(
                    "passage", GinIndex(fields=["vector"], name="passage_vector", gin_pending_list_limit=256)
                ),
            ],
        )
    ]
