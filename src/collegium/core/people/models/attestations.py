"""Each quarter a society confirms who sits where; silence degrades in steps, each with its moment."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry

from .organizations import Organization
from .seats import Tenure


def _person(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", **options)  # type: ignore[arg-type]  # any of its


class Attestation(models.Model):
    """What is asked of a society for a quarter; the days of what silence leads to are counted from its opening."""

    class Step(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        OPEN = "open", _("Asked")
        REMINDED = "reminded", _("Reminded")
        CALL = "call", _("To be called")
        UNCONFIRMED = "unconfirmed", _("Seats unconfirmed")
        READ_ONLY = "read_only", _("Reads only")
        LAPSED = "lapsed", _("Confirmed later")

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="attestations")
    quarter = models.DateField(_("first day of the quarter"))
    opened_at = models.DateTimeField()
    # Days of the society's zone; the row carries them, so that other ones can be agreed with a society.
    remind_on = models.DateField()
    call_on = models.DateField()
    unconfirmed_on = models.DateField()
    read_only_on = models.DateField()
    # When each step was taken.
    reminded_at = models.DateTimeField(null=True)
    call_at = models.DateTimeField(null=True)
    unconfirmed_at = models.DateTimeField(null=True)
    read_only_at = models.DateTimeField(null=True)
    attested_at = models.DateTimeField(null=True)
    attested_by = _person()
    # A later quarter was confirmed instead.
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "quarter"], name="attested_once_a_quarter"),
            models.CheckConstraint(
                condition=Q(attested_at=None) ^ Q(attested_by__isnull=False), name="attested_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["quarter"], condition=Q(attested_at=None), name="attestation_open")]

    def __str__(self) -> str:
        return f"{self.organization}, {self.quarter}"

    @property
    def entry(self) -> Entry:
        """What happens to it stands in the organization's history."""
        return self.organization.entry

    @property
    def is_open(self) -> bool:
        return self.attested_at is None and self.lapsed_at is None

    @property
    def step(self) -> str:
        """How far it is: the last of what was done."""
        steps = (
            (self.attested_at, self.Step.CONFIRMED),
            (self.lapsed_at, self.Step.LAPSED),
            (self.read_only_at, self.Step.READ_ONLY),
            (self.unconfirmed_at, self.Step.UNCONFIRMED),
            (self.call_at, self.Step.CALL),
            (self.reminded_at, self.Step.REMINDED),
        )
        return next((step for at, step in steps if at is not None), self.Step.OPEN)

    @property
    def step_word(self) -> str:
        return str(self.Step(self.step).label)

    @property
    def next_quarter(self) -> date:
        """The day on which this quarter, and every link of it, is over."""
        month = self.quarter.month + 3
        return date(self.quarter.year + (month > 12), (month - 1) % 12 + 1, 1)


class Contact(models.Model):
    """The society was written to or called about its attestation."""

    class Way(models.TextChoices):
        LETTER = "letter", _("Letter")
        REMINDER = "reminder", _("Reminder")
        CALL = "call", _("Telephone")

    attestation = models.ForeignKey(Attestation, models.PROTECT, related_name="contacts")
    way = models.CharField(max_length=10, choices=Way.choices)
    # Whom; nobody in particular where somebody of the team called.
    person = _person()
    by = _person()
    at = models.DateTimeField()


class ProposedRemoval(models.Model):
    """In confirming, somebody said that this person no longer holds the seat; a signed-in person ends the tenure."""

    attestation = models.ForeignKey(Attestation, models.PROTECT, related_name="removals")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="proposed_removals")
    by = _person()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attestation", "tenure"], name="removal_proposed_once")]
