from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entries", "0002_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("kind",), condition=models.Q(("kind", "directory")), name="one_directory"
            ),
        ),
        migrations.AddIndex(model_name="passage", index=models.Index(fields=["at"], name="passage_newest")),
    ]
