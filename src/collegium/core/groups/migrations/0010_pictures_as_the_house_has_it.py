from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0009_pictures_in_letters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="group",
            name="shows_pictures",
            field=models.BooleanField(default=None, null=True, verbose_name="pictures in letters"),
        ),
    ]
