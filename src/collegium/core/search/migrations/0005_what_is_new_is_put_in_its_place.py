"""Whoever looks for something reads the list of what is new in the index: the worker may put that in its place.

Only who owns an index may ask for it, so the function has the rights of the owner. It answers how many pages of the
lists there were.
"""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION search_put_in_place() RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT gin_clean_pending_list('passage_vector') + gin_clean_pending_list('passage_names')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0004_names_reach_their_index_soon")]

    operations = [migrations.RunSQL(_FUNCTION, "DROP FUNCTION search_put_in_place()")]
