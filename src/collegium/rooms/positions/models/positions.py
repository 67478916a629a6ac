"""Positions: where each stands on its way, who drafts it, and each step it took."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience
from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization, Tenure

from ..course import STATES
from .issues import Issue


class PositionManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("entry__society__entry")


class Position(models.Model):
    """What the council holds, or is about to; the entry's society leads its drafting.

    `current` is the newest revision, `presented` the newest that others than its drafters read, `adopted` the one that
    is in force. Who has to act next, and since when, stands in `holder` and `holder_since`.
    """

    class Kind(models.TextChoices):
        POLICY = "policy", _("Policy")
        PAPER = "paper", _("Position paper")
        STATEMENT = "statement", _("Statement")
        RESPONSE = "response", _("Response to a consultation")
        PRINCIPLES = "principles", _("Principles")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="position")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="positions")
    # Its drafters and the council's team, who alone see it until societies are asked.
    drafting_audience = models.OneToOneField(Audience, models.PROTECT, related_name="drafting_of")
    holder = models.CharField(max_length=12)
    holder_since = models.DateTimeField()
    affected = models.ManyToManyField(Organization, through="positions.PositionAffected", related_name="+")
    current = models.ForeignKey("positions.Revision", models.PROTECT, null=True, related_name="+")
    presented = models.ForeignKey("positions.Revision", models.PROTECT, null=True, related_name="+")
    adopted = models.ForeignKey("positions.Revision", models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    sunset_on = models.DateField(null=True)
    was_deferred = models.BooleanField(default=False)

    objects = PositionManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["policy", "paper", "statement", "response", "principles"]),
                name="kind_of_position_is_known",
            ),
            models.CheckConstraint(
                condition=Q(adopted=None, adopted_at=None) | Q(adopted__isnull=False, adopted_at__isnull=False),
                name="adopted_position_says_when",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(adopted_at__isnull=False), name="published_position_is_adopted"
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at"], condition=Q(published_at__isnull=False), name="position_published")
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("positions:position", args=[self.pk])

    @property
    def is_internal(self) -> bool:
        """Whether only its drafters and the council's team see it."""
        return self.entry.audience_id == self.drafting_audience_id


class PositionAffected(models.Model):
    """The position touches this society, which is asked first."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="touches")
    society = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["position", "society"], name="position_touches_once")]


class Drafter(models.Model):
    """Somebody named to draft a position, in a tenure, for a period; they write once they have declared interests."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="drafters")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(null=True)
    has_interests = models.BooleanField(null=True)
    interests = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "tenure"], condition=Q(period__upper_inf=True), name="named_as_drafter_once"
            ),
            models.CheckConstraint(
                condition=Q(declared_at=None, has_interests=None, interests="")
                | Q(declared_at__isnull=False, has_interests=False, interests="")
                | (Q(declared_at__isnull=False, has_interests=True) & ~Q(interests="")),
                name="declared_interests_are_said",
            ),
        ]


class Window(models.Model):
    """A period in which societies are asked about one frozen revision: from when until when, in which zone."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="windows")
    state = models.CharField(max_length=20)
    revision = models.ForeignKey("positions.Revision", models.PROTECT, related_name="+")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    zone = models.CharField(max_length=50)
    # What is asked beyond the text itself.
    questions = models.TextField(blank=True)
    # Why it is shorter than it should be.
    fast_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="window_has_a_length")
        ]


class Step(models.Model):
    """A position went from one state to another: who, why, and with which text. Append-only."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="steps")
    was = models.CharField(max_length=20)
    now = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    # None for the clock.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    revision = models.ForeignKey("positions.Revision", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(was=models.F("now")), name="step_leads_somewhere")]

    @property
    def now_word(self) -> str:
        return str(STATES[self.now].label)
