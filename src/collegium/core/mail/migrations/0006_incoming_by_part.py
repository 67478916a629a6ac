from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0005_digests"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(fields=["part_id"], name="incoming_by_part"),
        ),
    ]
