"""The council, its member societies and what belongs to them, with their standing over time."""

from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience
from collegium.core.entries.models import Entry


class WholeRange(Func):
    """`int8range(x, x, '[]')`: one id as a range, which GiST can compare without an extension."""

    function = "int8range"

    def __init__(self, field: str) -> None:
        super().__init__(F(field), F(field), Value("[]"))


class OrganizationManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("entry")


class Organization(models.Model):
    """A body with a page: the council, a society, a subspecialty society, a foundation, a related body, a partner."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Council")
        SOCIETY = "society", _("Member society")
        SUBSPECIALTY = "subspecialty", _("Designated subspecialty society")
        FOUNDATION = "foundation", _("Foundation")
        RELATED_BODY = "related_body", _("Related body")
        PARTNER = "partner", _("Partner")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="organization")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    slug = models.SlugField(unique=True, max_length=60)
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    specialty = models.CharField(_("specialty"), max_length=100, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    audience = models.OneToOneField(Audience, models.PROTECT, related_name="organization")
    time_zone = models.CharField(_("time zone"), max_length=50)
    about = models.TextField(_("about"), blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True)
    founded = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)

    # Silent for too long about who sits where: its seats are marked, and later its people only read.
    unconfirmed_at = models.DateTimeField(null=True)
    read_only_at = models.DateTimeField(null=True)

    objects = OrganizationManager()

    class Meta:
        verbose_name = _("organization")
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="council"), name="one_council"),
            # A foundation's or designated subspecialty's standing is its parent's, so it must have one.
            models.CheckConstraint(
                condition=~Q(kind__in=["subspecialty", "foundation"]) | Q(parent__isnull=False),
                name="dependent_has_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("societies:society", args=[self.slug])

    @property
    def name(self) -> str:
        return self.entry.title

    def day_of(self, at: datetime) -> date:
        """The day it is at a moment where the organization is."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


class StandingQuerySet(models.QuerySet):
    def valid(self, on: date) -> Self:
        return self.filter(period__contains=on)


class Standing(models.Model):
    """What an organization is to the council, for a period of days in its own time zone."""

    class Status(models.TextChoices):
        APPLICANT = "applicant", _("Applicant")
        MEMBER = "member", _("Member")
        SUSPENDED = "suspended", _("Suspended")
        FORMER = "former", _("Former member")

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="standings")
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    period = DateRangeField(_("period"))

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_standing_at_a_time",
                expressions=[
                    (WholeRange("organization"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="standing_period_not_empty"),
        ]
