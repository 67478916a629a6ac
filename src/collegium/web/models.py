"""What the office keeps of its own: how the house was checked, and what was found."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class CheckRun(models.Model):
    """One run of all checks: asked for by somebody or by the night, so many done of so many, with what was found."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField()
    found = models.PositiveIntegerField(default=0)
    # The first of them, each as `check: sentence`; `found` counts all.
    findings = ArrayField(models.TextField(), default=list)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="no_more_checks_than_there_are"),
        ]


class DeskWeek(models.Model):
    """The letter of a week was written to whoever keeps a society's desk."""

    organization = models.ForeignKey("people.Organization", models.CASCADE, related_name="+")
    monday = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "monday"], name="desk_written_to_once_a_week")]
