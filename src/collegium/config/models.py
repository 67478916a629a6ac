"""What the database knows of its installation: whether it is a demo, and since when."""

from django.db import models


class Installation(models.Model):
    """The one row that says which mode this database belongs to; it never changes sides."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    mode = models.CharField(max_length=10, choices=[("demo", "demo"), ("production", "production")])
    created_at = models.DateTimeField(auto_now_add=True)
    demo_loaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="config_installation_is_one"),
            models.CheckConstraint(
                condition=models.Q(mode="demo") | models.Q(mode="production"), name="config_installation_mode_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(mode="demo") | models.Q(demo_loaded_at__isnull=True),
                name="config_installation_demo_data_only_in_demo",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mode} installation"
