"""What becomes of an objection: whether the remedy it asks for is taken up, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.calls.models import RollRow
from collegium.core.entries.models import Entry

from .ballots import Ballot


class ObjectionAnswer(models.Model):
    """What those who run the ballot say to an objection; what was said before stays, and the newest counts."""

    class Outcome(models.TextChoices):
        TAKEN_UP = "taken-up", _("The remedy is taken up")
        IN_PART = "in-part", _("The remedy is taken up in part")
        DECLINED = "declined", _("The remedy is not taken up")

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="objection_answers")
    row = models.ForeignKey(RollRow, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="objection_answered_for_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome__in=["taken-up", "in-part", "declined"]), name="answer_to_objection_is_known"
            ),
        ]

    @property
    def entry(self) -> Entry:
        return self.ballot.entry
