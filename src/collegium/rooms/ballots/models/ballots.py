"""A question put to a body under a rule set before it opens, its options and tellers, and when its clock stood."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import VisibleQuerySet
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.calls.models import Call
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group

from ..rulesets import RuleSet

# Within so many days after the certification somebody entitled may contest it.
CONTEST_WINDOW = timedelta(days=7)


class BallotQuerySet(VisibleQuerySet):
    audience_path = "entry__audience"

    def visible_to(self, viewer: Viewer) -> Self:
        """Those it is for; the council's team, which prepares and runs it; and its tellers, once it is announced."""
        if viewer.is_among(OFFICE):
            return self.all()
        told = Q(
            call__announced_at__isnull=False, pk__in=Teller.objects.filter(person=viewer.person_id).values("ballot")
        )
        return super().visible_to(viewer) | self.filter(told)

    def loaded(self) -> Self:
        """With all a page says of it in one line."""
        return self.select_related("entry", "call__entry", "call__group", "body__entry", "body__circle", "about")

    def uncounted(self) -> Self:
        """Closed, neither counted nor annulled."""
        return self.filter(call__closed_at__isnull=False, counted_at=None, annulled_at=None)


class Ballot(models.Model):
    """Title and audience are its entry's; window, roll and open votes its call's, which is *about* the ballot."""

    class Method(models.TextChoices):
        MOTION = "motion", _("Motion: yes, no or abstain")
        APPROVAL = "approval", _("Election by approval")
        STV = "stv", _("Election by single transferable vote")

    class Publication(models.TextChoices):
        TOTALS = "totals", _("Totals")
        BY_SOCIETY = "by_society", _("Totals, and who voted how")
        NONE = "none", _("Only what came of it")

    class State(models.TextChoices):
        PREPARED = "prepared", _("In preparation")
        ANNOUNCED = "announced", _("Announced")
        OPEN = "open", _("Open")
        PAUSED = "paused", _("Paused")
        CLOSED = "closed", _("Closed, not counted yet")
        COUNTED = "counted", _("Counted, not certified yet")
        CERTIFIED = "certified", _("Certified")
        CONTESTED = "contested", _("Contested")
        PUBLISHED = "published", _("Published")
        ANNULLED = "annulled", _("Annulled")

    class Outcome(models.TextChoices):
        PASSED = "passed", _("Carried")
        FAILED = "failed", _("Not carried")
        NO_QUORUM = "no_quorum", _("No quorum")
        TIED = "tied", _("Tied: not carried")
        NO_RESULT = "no_result", _("No result")
        COUNT_ERROR = "count_error", _("Two counts differ")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="ballot")
    call = models.OneToOneField(Call, models.PROTECT, related_name="ballot")
    # Whose officers preside over it.
    body = models.ForeignKey(Group, models.PROTECT, related_name="ballots")
    # What it decides on: a position, a slate; its room hears of the certification.
    about = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="ballots")
    # Of the wording of it that is voted on, where it has wordings: SHA-256, in hexadecimal, as its room has it. The
    # question names it.
    about_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    is_secret = models.BooleanField(_("secret"), default=False)
    publication = models.CharField(_("published"), max_length=10, choices=Publication.choices)
    seats = models.PositiveSmallIntegerField(_("places to fill"), default=1, validators=[MinValueValidator(1)])
    rule = models.JSONField()
    # Of question, options, rule and window as they were announced.
    text_hash = models.CharField(max_length=64, blank=True)
    # From which the order of the lots follows; drawn at the announcement, and shown from then on.
    lot_seed = models.CharField(max_length=64, blank=True)
    lots = ArrayField(models.BigIntegerField(), default=list)
    counted_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    certified_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    annulled_at = models.DateTimeField(null=True)
    annulled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    annulled_for = models.TextField(_("reason"), blank=True)
    # The annulled one it repeats.
    rerun_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="rerun")

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="ballot_fills_a_place"),
            models.CheckConstraint(
                condition=Q(about_hash="") | Q(about__isnull=False), name="wording_voted_on_is_of_something"
            ),
            models.CheckConstraint(condition=~Q(is_secret=True) | ~Q(publication="by_society"), name="secret_stays_so"),
            models.CheckConstraint(
                condition=Q(counted_at=None, outcome="") | (Q(counted_at__isnull=False) & ~Q(outcome="")),
                name="counted_ballot_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(certified_at=None) | (Q(counted_at__isnull=False) & ~Q(outcome="count_error")),
                name="certified_was_counted",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False, certified_at__isnull=False),
                name="published_was_certified",
            ),
            models.CheckConstraint(
                condition=Q(annulled_at=None, annulled_for="") | (Q(annulled_at__isnull=False) & ~Q(annulled_for="")),
                name="annulled_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("ballots:ballot", args=[self.pk])

    @property
    def ruleset(self) -> RuleSet:
        return RuleSet.of(self.rule)

    @property
    def is_election(self) -> bool:
        return self.method != self.Method.MOTION

    def is_run_by(self, viewer: Viewer) -> bool:
        """Whether the viewer is one of those who preside over it."""
        return viewer.belongs_to(self.body.officers_audience_id)

    @property
    def contestable_until(self) -> datetime | None:
        return self.certified_at + CONTEST_WINDOW if self.certified_at else None

    def state_at(self, at: datetime, *, is_paused: bool = False, is_contested: bool = False) -> str:
        """As it stands for a reader; before it is over the clock of its call says so."""
        steps: tuple[tuple[Any, str], ...] = (
            (self.annulled_at, self.State.ANNULLED),
            (self.certified_at and is_contested, self.State.CONTESTED),
            (self.published_at, self.State.PUBLISHED),
            (self.certified_at, self.State.CERTIFIED),
            (self.counted_at, self.State.COUNTED),
            (is_paused and self.call.closed_at is None, self.State.PAUSED),
        )
        early = {Call.State.DRAFT: self.State.PREPARED, Call.State.CANCELLED: self.State.ANNULLED}
        found = self.call.state_at(at)
        return next((state for holds, state in steps if holds), early.get(Call.State(found), found))


class Option(models.Model):
    """Something one can choose: a candidate, a proposal."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=150)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "position"], name="one_option_at_a_place"),
            models.UniqueConstraint(fields=["ballot", "name"], name="option_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Teller(models.Model):
    """Somebody who, beside an officer, verifies the count."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="tellers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "person"], name="teller_named_once")]


class Pause(models.Model):
    """The clock stood still: for a fault or an error in the text. Votes are kept."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="pauses")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot"], condition=Q(ended_at=None), name="paused_once_at_a_time"),
            models.CheckConstraint(condition=~Q(reason=""), name="paused_for_a_reason"),
            models.CheckConstraint(condition=Q(ended_at=None) ^ Q(ended_by__isnull=False), name="pause_ended_by_one"),
        ]

    @property
    def entry(self) -> Entry:
        return self.ballot.entry
