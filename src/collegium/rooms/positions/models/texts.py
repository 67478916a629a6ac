"""The text of a position: numbered revisions that never change, each a row of blocks with lasting keys."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .positions import Position


class Revision(models.Model):
    """A wording of the whole text. Immutable: another wording is another revision."""

    class Change(models.TextChoices):
        FIRST = "first", _("First wording")
        MARKUP = "markup", _("Markup: nothing reads differently")
        EDITORIAL = "editorial", _("Editorial: spelling, grammar, references")
        CLARIFYING = "clarifying", _("Clarifying: says better what was meant")
        SUBSTANTIVE = "substantive", _("Substantive: says something else")

    position = models.ForeignKey(Position, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    change = models.CharField(_("class of change"), max_length=12, choices=Change.choices)
    note = models.CharField(max_length=300, blank=True)
    # SHA-256 of title and text, in hex: what a society commented on, signed or voted for.
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # When others than its drafters first read it; no earlier wording is for them.
    presented_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["position", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=Q(change__in=["first", "markup", "editorial", "clarifying", "substantive"]),
                name="class_of_change_is_known",
            ),
            models.CheckConstraint(
                condition=(Q(number=1) & Q(change="first")) | (Q(number__gt=1) & ~Q(change="first")),
                name="only_the_first_wording_is_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}, revision {self.number}"


class Block(models.Model):
    """A paragraph, heading, list or table of a revision; `key` stays the same from revision to revision."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="blocks")
    key = models.PositiveIntegerField()
    ordinal = models.PositiveSmallIntegerField()
    raw = models.TextField()
    html = models.TextField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "key"], name="block_once_in_a_revision"),
            models.UniqueConstraint(fields=["revision", "ordinal"], name="one_block_at_a_place"),
        ]
