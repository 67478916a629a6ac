"""What was answered, in the open; and what a society prepares inside itself before it answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry
from collegium.core.people.models import Tenure

from .rolls import RollRow


class Answer(models.Model):
    """What an addressee said. A later answer replaces it and a withdrawal ends it; the row stays."""

    class Source(models.TextChoices):
        PORTAL = "portal", _("Given here")
        TEAM = "team", _("Entered by the council’s team")

    row = models.ForeignKey(RollRow, models.PROTECT, related_name="answers")
    choice = models.CharField(max_length=20)
    raw = models.TextField(_("in words"), blank=True)
    html = models.TextField(blank=True)
    # What a room adds: the hash of the text it binds to, the options ranked. Ids, hashes and numbers.
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # In which seat; none where one answers for oneself, or the team enters what it was sent.
    tenure = models.ForeignKey(Tenure, models.PROTECT, null=True, related_name="+")
    is_alternate = models.BooleanField(default=False)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.PORTAL)
    # What the team relies on: who wrote when.
    evidence = models.TextField(blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["row"], condition=Q(ended_at=None), name="one_standing_answer"),
            models.CheckConstraint(condition=Q(is_withdrawn=False) | Q(ended_at__isnull=False), name="withdrawn_ended"),
            models.CheckConstraint(condition=~Q(source="team") | ~Q(evidence=""), name="entered_with_evidence"),
        ]

    @property
    def entry(self) -> Entry:
        return self.row.call.entry


class Draft(models.Model):
    """What a society would answer: an entry of the society's own audience, of which the call knows nothing."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="answer_draft")
    row = models.OneToOneField(RollRow, models.PROTECT, related_name="draft")
    choice = models.CharField(max_length=20, blank=True)
    raw = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # Counts the versions: who saves over one they have not seen is told so.
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class DraftVersion(models.Model):
    """What a draft said before."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    choice = models.CharField(max_length=20, blank=True)
    raw = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["draft", "version"], name="draft_version_once")]


class DraftNote(models.Model):
    """What somebody of the society says to the others about the answer."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="notes")
    raw = models.TextField()
    html = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def entry(self) -> Entry:
        """Of the society's audience, as the draft is."""
        return self.draft.entry
