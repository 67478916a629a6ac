"""What may shake a published position: a review, and when one is due, and a ballot that was annulled."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from collegium.core.calls.models import Call
from collegium.core.entries.models import Entry
from collegium.rooms.ballots.models import Ballot

from .positions import Position, Step


class Review(models.Model):
    """The societies are asked whether the council goes on holding this; `decided` is the step that ended the review."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="reviews")
    begun = models.OneToOneField(Step, models.PROTECT, related_name="review")
    call = models.OneToOneField(Call, models.PROTECT, related_name="position_review")
    decided = models.OneToOneField(Step, models.PROTECT, null=True, related_name="decided_review")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["position"], condition=Q(decided=None), name="one_review_at_a_time")
        ]

    @property
    def entry(self) -> Entry:
        return self.position.entry


class ReviewDates(models.Model):
    """Days other than the usual: when a review is due, and after which the position is not relied on. Newest counts."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="other_dates")
    review_on = models.DateField()
    sunset_on = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(review_on__lte=F("sunset_on")), name="review_is_before_sunset")
        ]

    @property
    def entry(self) -> Entry:
        return self.position.entry


class Annulment(models.Model):
    """A ballot by which a published position was adopted was annulled; `upheld_by` decided the same again."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="annulments")
    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="shaken")
    at = models.DateTimeField()
    upheld_by = models.ForeignKey(Ballot, models.PROTECT, null=True, related_name="+")
    upheld_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(upheld_by=None, upheld_at=None) | Q(upheld_by__isnull=False, upheld_at__isnull=False),
                name="adoption_is_upheld_by_a_ballot",
            )
        ]

    @property
    def entry(self) -> Entry:
        return self.position.entry
