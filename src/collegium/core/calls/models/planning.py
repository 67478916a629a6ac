"""How long a society takes to answer, and the days on which those meet who decide there."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry
from collegium.core.people.models import Mandate, Organization

LONGEST = 365


class LeadTime(models.Model):
    """For acts of a kind a society needs so many days, or a meeting that lies within the window."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="lead_times")
    act = models.CharField(_("act"), max_length=20, choices=Mandate.Act.choices)
    days = models.PositiveSmallIntegerField(_("days it takes"), validators=[MaxValueValidator(LONGEST)])
    needs_sitting = models.BooleanField(_("only by a meeting"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "act"], name="one_lead_time_per_act"),
            models.CheckConstraint(condition=models.Q(days__lte=LONGEST), name="lead_time_of_a_year"),
        ]

    @property
    def entry(self) -> Entry:
        return self.organization.entry


class Sitting(models.Model):
    """A day on which a society's board, or whoever decides there, meets."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="sittings")
    on = models.DateField(_("day"))
    name = models.CharField(_("what it is"), max_length=100, blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["organization", "on"], name="one_sitting_a_day")]

    @property
    def entry(self) -> Entry:
        return self.organization.entry
