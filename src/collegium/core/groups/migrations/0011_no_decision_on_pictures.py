from typing import Any

from django.db import migrations


def undecided(apps: Any, schema_editor: Any) -> None:
    """Off was how a group began, and nobody's decision: it goes on as the house has it, which is off as well."""
    apps.get_model("groups", "Group").objects.filter(shows_pictures=False).update(shows_pictures=None)


def off(apps: Any, schema_editor: Any) -> None:
    apps.get_model("groups", "Group").objects.filter(shows_pictures=None).update(shows_pictures=False)


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0010_pictures_as_the_house_has_it"),
    ]

    operations = [migrations.RunPython(undecided, off)]
