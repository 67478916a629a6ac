"""Whose an address is, is asked at each sign-in and for each letter that comes in, however it is written."""

from django.db import migrations

_MAKE = "CREATE INDEX address_by_letters ON account_emailaddress (upper(email::text))"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_join_accounts"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunSQL(_MAKE, "DROP INDEX address_by_letters")]
