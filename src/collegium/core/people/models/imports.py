"""A roster somebody handed in, line by line, until it is carried out or forgotten."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RosterImport(models.Model):
    """A roster: its lines are read, then looked through, and carried out once somebody confirms."""

    class State(models.TextChoices):
        READING = "reading", _("Being looked through")
        READY = "ready", _("Waits for you")
        APPLYING = "applying", _("Being carried out")
        DONE = "done", _("Carried out")
        ABANDONED = "abandoned", _("Abandoned")

    name = models.CharField(_("file"), max_length=150)
    digest = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20, blank=True)
    ignored = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    # Lines looked through or carried out so far, of all there are.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["reading", "ready", "applying", "done", "abandoned"]),
                name="state_of_import_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["applying", "done"]) | models.Q(confirmed_at__isnull=False),
                name="carried_out_once_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RosterLine(models.Model):
    """A line of a roster: what it says, what it comes to, and when it was carried out."""

    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    outcome = models.CharField(max_length=10, blank=True)
    # What is done for it: a list of {do, was, becomes}.
    deeds: Any = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    column = models.CharField(max_length=20, blank=True)
    carried_out_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="line_of_roster_once")]
        indexes = [models.Index(fields=["roster", "outcome", "number"], name="roster_line_by_outcome")]
