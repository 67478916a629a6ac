"""Undertakings: versioned texts people bind themselves to, the groups that need them, who accepted which version."""

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry
from collegium.core.people.models import Tenure

from .groups import Group

GRACE_DAYS, LONGEST_GRACE = 14, 90


class Undertaking(models.Model):
    """Something people undertake, such as to keep what they read to themselves. The newest version is asked."""

    class Kind(models.TextChoices):
        CONFIDENTIALITY = "confidentiality", _("Confidentiality")
        ANTITRUST = "antitrust", _("Antitrust")
        CONDUCT = "conduct", _("Conduct")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="undertaking")
    slug = models.SlugField(unique=True, max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)

    class Meta:
        verbose_name = _("undertaking")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["confidentiality", "antitrust", "conduct"]), name="undertaking_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("undertakings:undertaking", args=[self.slug])

    @property
    def name(self) -> str:
        return self.entry.title


class UndertakingVersion(models.Model):
    """A text as it was published; it never changes. Who accepted an earlier one reads on until `due_at` at most."""

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    html = models.TextField()
    # SHA-256 of the text in hex: what somebody accepted can be proved without trusting the house.
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    grace_days = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    # The last person, by id, to whom a letter about this version was written, and to whom the reminder.
    lettered_through = models.BigIntegerField(default=0)
    reminded_through = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["undertaking", "number"], name="undertaking_version_once"),
            models.CheckConstraint(condition=Q(due_at__gte=F("published_at")), name="due_after_publication"),
        ]

    def __str__(self) -> str:
        return f"{self.undertaking}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("undertakings:version", args=[self.undertaking.slug, self.number])

    @property
    def entry(self) -> Entry:
        """What happens to a version stands in the history of the undertaking."""
        return self.undertaking.entry


class Need(models.Model):
    """A group needs an undertaking, for a period. Who was in when it began has until `due_at` to accept."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="needs")
    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="needs")
    period = DateTimeRangeField()
    due_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    lettered_through = models.BigIntegerField(default=0)
    reminded_through = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "undertaking"], condition=Q(period__upper_inf=True), name="needed_once"
            ),
        ]

    @property
    def entry(self) -> Entry:
        """What happens to a need stands in the group's history."""
        return self.group.entry

    @property
    def has_ended(self) -> bool:
        return self.period.isempty or self.period.upper is not None


class Deferral(models.Model):
    """Who was in by this tenure when the group began to need the undertaking: it has until the need is due."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="deferrals")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "tenure"], name="deferred_once")]


class Acceptance(models.Model):
    """Somebody undertook a version in a tenure. It never changes, and binds while the tenure lasts."""

    version = models.ForeignKey(UndertakingVersion, models.PROTECT, related_name="acceptances")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "tenure"], name="accepted_once")]
