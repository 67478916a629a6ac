"""Letters: to whom and what for, under which policies, where each stands, and each round in which it was signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience
from collegium.core.calls.models import Call
from collegium.core.entries.models import Entry

from ..course import ADDING, OPEN, OUT, STATES, State


class LetterManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("entry__society__entry")


class Letter(models.Model):
    """A letter societies sign. The entry's society is its host; without one the council's team is.

    `current` is the newest wording, `round` the one in which signatures are asked for or were given. Who has to act
    next, and since when, stands in `holder` and `holder_since`.
    """

    class Edits(models.TextChoices):
        NONE = "none", _("None: the text stays as it circulates")
        MINOR = "minor", _("Markup, spelling and what makes it clearer; signatures stay")
        ALL = "all", _("Also in substance; then everybody is asked again")

    class Publication(models.TextChoices):
        PUBLIC = "public", _("Everybody reads it, with its signatories, once it is sent")
        MEMBERS = "members", _("Member societies alone read it")

    class Dissent(models.TextChoices):
        SILENT = "silent", _("Nothing is said of those who do not sign")
        COUNTED = "counted", _("How many declined, and how many did not answer")

    class Reservations(models.TextChoices):
        PRINTED = "printed", _("They stand in the letter, below the names")
        LISTED = "listed", _("They stand on its page")
        INTERNAL = "internal", _("The host and the council's team alone read them")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="signon")
    # The people of its host and the council's team, who alone see it until societies are asked.
    preparing_audience = models.OneToOneField(Audience, models.PROTECT, related_name="preparing_of")
    ask = models.CharField(_("what it asks"), max_length=300)
    # An adopted position it follows from; without one it says something new.
    grounds = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="signons")
    is_advocacy = models.BooleanField(_("advocacy"), default=True)
    delivers_on = models.DateField(_("delivery"))
    time_zone = models.CharField(_("time zone"), max_length=50)
    edits = models.CharField(_("changes while it circulates"), max_length=10, choices=Edits.choices)
    publication = models.CharField(_("publication"), max_length=10, choices=Publication.choices)
    dissent = models.CharField(_("those who do not sign"), max_length=10, choices=Dissent.choices)
    reservations = models.CharField(_("reservations"), max_length=10, choices=Reservations.choices)
    minimum = models.PositiveSmallIntegerField(_("signatures it needs"), default=1)
    late_until = models.DateTimeField(_("later names until"), null=True)
    # The key of the page where outside organizations sign; none while there is no such page.
    outside_key = models.CharField(max_length=64, blank=True)
    current = models.ForeignKey("signons.Version", models.PROTECT, null=True, related_name="+")
    round = models.ForeignKey("signons.Round", models.PROTECT, null=True, related_name="+")
    holder = models.CharField(max_length=12)
    holder_since = models.DateTimeField()
    # Until when a signature can be withdrawn once names are fixed; how often a proof was made.
    locks_at = models.DateTimeField(null=True)
    proof = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    # When the addressee was given the addendum, and how.
    addendum_delivered_at = models.DateTimeField(null=True)
    addendum_delivered_how = models.CharField(max_length=300, blank=True)

    objects = LetterManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=1), name="signon_needs_a_signature"),
            models.CheckConstraint(
                condition=Q(addendum_delivered_at=None, addendum_delivered_how="")
                | (Q(addendum_delivered_at__isnull=False) & ~Q(addendum_delivered_how="")),
                name="addendum_delivered_somehow",
            ),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(round__isnull=False), name="sent_signon_was_signed"),
            models.UniqueConstraint(
                fields=["outside_key"], condition=~Q(outside_key=""), name="signon_outside_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("signons:letter", args=[self.pk])

    @property
    def state(self) -> State:
        return STATES[self.entry.state]

    @property
    def is_internal(self) -> bool:
        """Whether only its host and the council's team see it."""
        return self.entry.audience_id == self.preparing_audience_id

    @property
    def is_out(self) -> bool:
        """Whether it was sent."""
        return self.entry.state in OUT

    @property
    def is_asked(self) -> bool:
        """Whether a call of it is open: for signatures, or for later names."""
        return self.entry.state in (*OPEN, ADDING)

    @property
    def is_new(self) -> bool:
        """Whether it says something the council has not adopted."""
        return self.grounds_id is None


class Round(models.Model):
    """A time in which signatures to a text are asked for by a call: the first, again after a change, or later names."""

    class Kind(models.TextChoices):
        FIRST = "first", _("Asked for signatures")
        AGAIN = "again", _("Asked again for a changed text")
        ADDENDUM = "addendum", _("Asked for later names")

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    call = models.OneToOneField(Call, models.PROTECT, related_name="signon_round")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="signon_round_once")]


class Step(models.Model):
    """A letter went from one state to another: who, why, and with which text. Append-only."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="steps")
    was = models.CharField(max_length=20)
    now = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    # None for the clock.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    version = models.ForeignKey("signons.Version", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    @property
    def now_word(self) -> str:
        return str(STATES[self.now].label)
