"""What societies say about a position, block by block, and how each comment was disposed of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization, Tenure

from .positions import Position
from .texts import Revision


class Consultation(models.Model):
    """The comments on a position: an entry of its own, for member societies, whatever becomes of the position."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="consultation")
    position = models.OneToOneField(Position, models.PROTECT, related_name="consultation")


class Comment(models.Model):
    """A society's comment on a revision, on a block of it or on the whole; by whom, with which mandate, it was given.

    `quote` are words of the block as it read, with what stood before and after them. `is_orphan` says that the newest
    revision shown to societies no longer has them in this block.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    society = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    # None where the council's team entered what the society had sent.
    tenure = models.ForeignKey(Tenure, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    block_key = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=40, blank=True)
    suffix = models.CharField(max_length=40, blank=True)
    is_orphan = models.BooleanField(default=False)
    raw = models.TextField()
    html = models.TextField()
    # What the society would have the text say instead.
    proposal = models.TextField(blank=True)
    disposition = models.OneToOneField("positions.Disposition", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number_once"),
            models.CheckConstraint(
                condition=Q(block_key__isnull=False) | Q(quote="", prefix="", suffix="", is_orphan=False),
                name="quoted_words_stand_in_a_block",
            ),
        ]
        indexes = [models.Index(fields=["consultation"], condition=Q(disposition=None), name="comment_unanswered")]

    @property
    def entry(self) -> Entry:
        """What happens to a comment stands in the history of the consultation."""
        return self.consultation.entry


class Disposition(models.Model):
    """What became of a comment and why; the newest counts. The society says whether it is satisfied with it."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        PRINCIPLE = "principle", _("Accepted in principle")
        PART = "part", _("Accepted in part")
        REJECTED = "rejected", _("Rejected")
        DUPLICATE = "duplicate", _("Says what another comment says")
        OUT_OF_SCOPE = "out-of-scope", _("Out of scope")
        WITHDRAWN = "withdrawn", _("Withdrawn by the society")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="dispositions")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_satisfied = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="disposition_says_why"),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        "accepted",
                        "principle",
                        "part",
                        "rejected",
                        "duplicate",
                        "out-of-scope",
                        "withdrawn",
                    ]
                ),
                name="outcome_of_comment_is_known",
            ),
            models.CheckConstraint(
                condition=Q(is_satisfied=None, answer="", answered_by=None, answered_at=None)
                | Q(is_satisfied__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="answered_disposition_says_who",
            ),
        ]
