"""Who does not take part, what was counted, who has verified it, who objects."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.calls.models import RollRow
from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization

from .ballots import Ballot


class _OfBallot(models.Model):
    """Done on a ballot, by somebody, at a moment."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def entry(self) -> Entry:
        ballot: Ballot = self.ballot  # type: ignore[attr-defined]  # each of these has one
        return ballot.entry


class Recusal(_OfBallot):
    """A person, or a whole society, does not take part: declared by themselves, or asked for and ruled on.

    Of a person alternates may act instead. A society that declares itself answers *recused*; here it stands once the
    chair has ruled so.
    """

    class Ruling(models.TextChoices):
        PENDING = "", _("Waits for a ruling")
        UPHELD = "upheld", _("Does not take part")
        DISMISSED = "dismissed", _("Takes part")

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="recusals")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"))
    ruling = models.CharField(max_length=10, choices=Ruling.choices, blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    ruled_for = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(organization=None) ^ Q(person=None), name="recusal_of_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="recused_for_a_reason"),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_by=None, ruled_at=None)
                | (~Q(ruling="") & Q(ruled_by__isnull=False, ruled_at__isnull=False)),
                name="recusal_ruled_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["ballot", "organization"], condition=~Q(ruling="dismissed"), name="society_recused_once"
            ),
            models.UniqueConstraint(
                fields=["ballot", "person"], condition=~Q(ruling="dismissed"), name="person_recused_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization or self.person)


class Release(_OfBallot):
    """One of two who open the box of a closed secret ballot."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="releases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "by"], name="released_once_by_each")]


class Count(models.Model):
    """What a count of the stored votes gave: the first is the result, each certification counts again."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="counts")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=Ballot.Outcome.choices)
    result = models.JSONField()
    # SHA-256 of all votes as they were counted, and of these with rule and result.
    papers_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["ballot", "number"], name="counts_are_numbered")]

    @property
    def entry(self) -> Entry:
        return self.ballot.entry


class Certification(_OfBallot):
    """Somebody has had the votes counted again, and says that the result is right."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="certifications")
    count = models.OneToOneField(Count, models.PROTECT, related_name="certification")
    # Whether as one of those who run it; a teller may be nothing else.
    is_officer = models.BooleanField()

    class Meta:
        ordering = ["pk"]


class CastingVote(_OfBallot):
    """Of two equal halves the chair made one larger; only where the rule says so."""

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="casting_vote")
    choice = models.CharField(max_length=10, choices=[("yes", _("Yes")), ("no", _("No"))])


class Contest(_OfBallot):
    """Somebody entitled says, within the window, why the result cannot stand; the chair rules on it."""

    class Ruling(models.TextChoices):
        PENDING = "", _("Waits for a ruling")
        UPHELD = "upheld", _("Upheld: the ballot is annulled")
        DISMISSED = "dismissed", _("Dismissed")

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="contests")
    row = models.ForeignKey(RollRow, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    ruling = models.CharField(max_length=10, choices=Ruling.choices, blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    ruled_for = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="contested_for_a_reason"),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_by=None, ruled_at=None, ruled_for="")
                | (~Q(ruling="") & ~Q(ruled_for="") & Q(ruled_by__isnull=False, ruled_at__isnull=False)),
                name="contest_ruled_by_somebody",
            ),
            models.UniqueConstraint(fields=["ballot", "row"], condition=Q(ruling=""), name="contested_once_at_a_time"),
        ]
