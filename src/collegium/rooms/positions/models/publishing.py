"""What belongs to publishing a position: an embargo, who supports it as was confirmed, and its paper as it went out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization

from .positions import Position, Step
from .texts import Revision


class Embargo(models.Model):
    """The position is not published before this moment, unless it was lifted; `publishes` says that the clock does."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="embargoes")
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=50)
    publishes = models.BooleanField(default=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["position"], condition=Q(lifted_at=None), name="one_embargo_at_a_time"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="embargo_is_lifted_by_somebody",
            ),
        ]

    @property
    def entry(self) -> Entry:
        return self.position.entry


class SupportList(models.Model):
    """Who supports the position, as the team confirmed it; the newest is the one that is shown."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="support_lists")
    # SHA-256, in hex, of the lines below, in their order.
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def entry(self) -> Entry:
        return self.position.entry


class Supporter(models.Model):
    """A society on the list, under the name it had, and where it stands; what it said is told as the terms say."""

    class Stance(models.TextChoices):
        SUPPORT = "support", _("Supports it")
        RESERVATION = "reservation", _("Supports it with a reservation")
        NEUTRAL = "neutral", _("Neutral")
        DECLINE = "decline", _("Does not support it")
        RECUSED = "recused", _("Recused")

    support_list = models.ForeignKey(SupportList, models.PROTECT, related_name="lines")
    ordinal = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    stance = models.CharField(max_length=12, choices=Stance.choices)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["support_list", "organization"], name="supports_once"),
            models.CheckConstraint(
                condition=Q(stance__in=["support", "reservation", "neutral", "decline", "recused"]),
                name="stance_of_supporter_is_known",
            ),
        ]

    @property
    def is_reserved(self) -> bool:
        return self.stance == self.Stance.RESERVATION

    @property
    def tone(self) -> str:
        """How its sign is drawn."""
        return {"support": "done", "reservation": "part", "decline": "off"}.get(self.stance, "wait")


class Edition(models.Model):
    """The published position as PDF: made for each step among what is published and for other dates, never replaced."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="editions")
    # The last step that was taken when it was made.
    step = models.ForeignKey(Step, models.PROTECT, related_name="editions")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    # SHA-256 of the bytes, in hex.
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["position", "number"], name="edition_number_once")]

    @property
    def entry(self) -> Entry:
        return self.position.entry
