"""Functions, the seats they make at organizations, who holds a seat and what the holder may do for it."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from collegium.core.entries.models import Entry

from .organizations import Organization, WholeRange


class Function(models.Model):
    """What somebody does at a society: "Chief Financial Officer"."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=100)
    plural = models.CharField(_("plural"), max_length=100)
    short = models.CharField(_("short name"), max_length=40)
    single_holder = models.BooleanField(_("held by one person at a time"), default=False)
    about = models.TextField(_("about"), blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """An organization × a function: "CFO of society X"."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="seats")
    function = models.ForeignKey(Function, models.PROTECT, related_name="seats")
    # Copied from the function when the seat is made: the database holds the rule on the tenure's own row.
    single_holder = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "function"], name="one_seat_per_function")]

    def __str__(self) -> str:
        return f"{self.function.short}, {self.organization}"


def tenure_period(starts_on: date, last_day: date | None = None) -> DateRange:
    """Days from `starts_on` through `last_day`, both inclusive; open without a last day."""
    return DateRange(starts_on, last_day + timedelta(days=1) if last_day else None)


class TenureQuerySet(models.QuerySet):
    def valid(self, on: date) -> Self:
        """Tenures whose days include this one. Which day it is depends on the organization's time zone."""
        return self.filter(period__contains=on)


class Tenure(models.Model):
    """Who holds a seat, in which capacity, with which title, on which days of the organization's time zone."""

    class Capacity(models.TextChoices):
        HOLDER = "holder", _("Holder")
        INTERIM = "interim", _("Interim")
        DEPUTY = "deputy", _("Deputy")

    class Leadership(models.TextChoices):
        STAFF = "staff", _("Staff")
        VOLUNTEER = "volunteer", _("Volunteer leader")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="tenures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tenures")
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity.choices, default=Capacity.HOLDER)
    leadership = models.CharField(_("leadership"), max_length=10, choices=Leadership.choices, default=Leadership.STAFF)
    title = models.CharField(_("title"), max_length=150)
    period = DateRangeField(_("period"))
    # Who recorded it: a closed group asks for another person's confirmation.
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Whether the seat admits one holder, so that the constraint below needs no other table.
    single_holder = models.BooleanField(default=False)

    objects = TenureQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_holder_at_a_time",
                expressions=[(WholeRange("seat"), RangeOperators.OVERLAPS), ("period", RangeOperators.OVERLAPS)],
                condition=Q(single_holder=True, capacity__in=["holder", "interim"]),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="tenure_period_not_empty"),
            models.CheckConstraint(
                condition=Q(capacity__in=["holder", "interim", "deputy"]), name="tenure_capacity_is_known"
            ),
        ]
        indexes = [models.Index(fields=["person"]), models.Index(fields=["seat"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.seat}"

    @property
    def entry(self) -> Entry:
        """What happens to a tenure stands in the organization's history."""
        return self.seat.organization.entry

    @property
    def starts_on(self) -> date:
        return self.period.lower

    @property
    def last_day(self) -> date | None:
        return self.period.upper - timedelta(days=1) if self.period.upper else None


class Mandate(models.Model):
    """The holder of a tenure may do acts of a kind for the organization, for a period."""

    class Act(models.TextChoices):
        COMMENT = "comment", _("Comment")
        SIGN = "sign", _("Sign")
        VOTE = "vote", _("Vote")
        NOMINATE = "nominate", _("Nominate")
        ADOPT = "adopt", _("Adopt")
        ANSWER = "answer", _("Answer")

    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="mandates")
    act = models.CharField(_("act"), max_length=20, choices=Act.choices)
    is_alternate = models.BooleanField(_("alternate"), default=False)
    period = DateRangeField(_("period"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="mandate_period_not_empty"),
            models.UniqueConstraint(fields=["tenure", "act", "period"], name="mandate_given_once"),
        ]

    @property
    def entry(self) -> Entry:
        """What happens to a mandate stands in the organization's history."""
        return self.tenure.entry
