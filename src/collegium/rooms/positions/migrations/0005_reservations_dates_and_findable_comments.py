from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils.module_loading import import_string

BATCH = 500


def find_comments(apps: Any, schema_editor: Any) -> None:
    """Comments from before were made findable are found too. Of an empty database no code of later releases is asked."""
    rows = apps.get_model("positions", "Comment").objects
    passages = apps.get_model("entries", "Passage").objects.filter(part="comment", entry__kind="consultation")
    pks = list(rows.exclude(pk__in=passages.values("part_id")).order_by("pk").values_list("pk", flat=True))
    if not pks:
        return
    write_passages = import_string("collegium.core.entries.actions.write_passages")
    comment_text = import_string("collegium.rooms.positions.findable.comment_text")
    for start in range(0, len(pks), BATCH):
        write_passages([comment_text(comment) for comment in rows.filter(pk__in=pks[start : start + BATCH])])


class Migration(migrations.Migration):
    dependencies = [
        ("positions", "0004_publication_reviews_and_annulments"),
        ("entries", "0003_one_directory_and_newest_passages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="terms",
            name="reservations",
            field=models.CharField(
                choices=[
                    ("printed", "With the words, on the page and on paper"),
                    ("members", "That there is one; the words to member societies alone"),
                ],
                default="members",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(("reservations__in", ["printed", "members"])), name="reservations_are_told_somehow"
            ),
        ),
        migrations.CreateModel(
            name="ReviewDates",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("review_on", models.DateField()),
                ("sunset_on", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="other_dates",
                        to="positions.position",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("review_on__lte", models.F("sunset_on"))), name="review_is_before_sunset"
                    )
                ],
            },
        ),
        migrations.AlterField(
            model_name="edition",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="positions.step"
            ),
        ),
        migrations.RunPython(find_comments, migrations.RunPython.noop),
    ]
