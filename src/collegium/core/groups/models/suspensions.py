"""What takes a member out of a group for a time, and what lets one of the council's team read it for a day."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry

from .groups import Group

LONGEST_SUSPENSION, LONGEST_READING = timedelta(days=366), timedelta(hours=24)
LONGEST_REASON = 1000


def _person(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]  # any of its


class Suspension(models.Model):
    """A person is kept out of a group until a day, for a reason they are told."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="suspensions")
    person = _person()
    period = DateTimeRangeField()
    reason = models.TextField(_("reason"))
    given_by = _person()
    # Given by the council's team: only the team lifts it.
    by_team = models.BooleanField()
    lifted_by = _person(null=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person"]), models.Index(fields=["group"])]
        constraints = [
            models.CheckConstraint(condition=~Q(given_by=F("person")), name="suspended_by_another"),
            models.CheckConstraint(condition=Q(period__upper_inf=False), name="suspension_has_an_end"),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None) | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="lifted_suspension_says_who",
            ),
        ]

    @property
    def entry(self) -> Entry:
        """What happens to a suspension stands in the group's history."""
        return self.group.entry


class Reading(models.Model):
    """One of the council's team asks to read a group they are not in; a second person lets them, for a day at most."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="readings")
    person = _person()
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField()
    confirmed_by = _person(null=True)
    # When they may read; none while it waits or if it was refused.
    period = DateTimeRangeField(null=True)
    ended_by = _person(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person"]), models.Index(fields=["group", "-asked_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("person")), name="reading_confirmed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, period=None) | Q(confirmed_by__isnull=False, period__isnull=False),
                name="reading_confirmed_or_waiting",
            ),
            models.CheckConstraint(
                condition=Q(period=None) | Q(period__isempty=True) | Q(period__upper_inf=False),
                name="reading_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(period=None)
                | Q(period__isempty=True)
                | Q(period__lower_inf=False, period__endswith__lte=F("period__startswith") + LONGEST_READING),
                name="reading_lasts_a_day_at_most",
            ),
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(period=None, ended_at=None), name="asked_to_read_once"
            ),
        ]

    @property
    def entry(self) -> Entry:
        """What happens to a reading stands in the group's history."""
        return self.group.entry

    @property
    def is_waiting(self) -> bool:
        return self.period is None and self.ended_at is None

    def is_running(self, at: object) -> bool:
        return self.period is not None and at in self.period
