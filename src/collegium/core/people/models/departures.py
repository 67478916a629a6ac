"""Somebody leaves a society on a day: which of their seats end then, and who takes up what hung on them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry

from .organizations import Organization
from .seats import Tenure


def _person(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, **options)  # type: ignore[arg-type]  # any of its


class Departure(models.Model):
    """A person leaves an organization; `last_day` is a day of the organization's time zone."""

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        DONE = "done", _("Done")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    person = _person(related_name="departures")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="departures")
    last_day = models.DateField(_("last day"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    begun_by = _person(null=True, related_name="+")
    begun_at = models.DateTimeField()
    # Each time what hangs on the person is handed on; the first time is what the desk waits for.
    handed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization"], condition=Q(state="open"), name="one_open_departure"
            ),
            models.CheckConstraint(condition=Q(state="open") ^ Q(closed_at__isnull=False), name="departure_closed_at"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "withdrawn"]), name="state_of_departure_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.organization}"

    @property
    def entry(self) -> Entry:
        """What happens to a departure stands in the organization's history."""
        return self.organization.entry

    @property
    def is_open(self) -> bool:
        return self.state == Departure.State.OPEN


class Leaving(models.Model):
    """A tenure that ends with a departure: when it would have ended otherwise, and the tenure that follows it."""

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="leavings")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="leavings")
    last_day_before = models.DateField(null=True)
    succession = models.OneToOneField(Tenure, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["departure", "tenure"], name="tenure_leaves_once")]

    def last_day_with(self, last_day: date) -> date:
        """When the tenure ends if its holder leaves on this day: not later than it would have anyway."""
        return min(self.last_day_before or last_day, last_day)


class Handover(models.Model):
    """To whom something other than a seat goes: an office is recommended, open questions are handed on.

    What `thing_id` is an id of depends on the kind; whoever registered the kind knows.
    """

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="handovers")
    kind = models.CharField(max_length=20)
    thing_id = models.BigIntegerField()
    successor = _person(related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["departure", "kind", "thing_id"], name="handed_on_once")]
