"""Who belongs to a group: memberships of seats and of persons, officers, confirmations, requests."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from collegium.core.entries.models import Entry
from collegium.core.people.models import Seat, Tenure

from .circles import Circle
from .groups import Group


def _person(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]  # any of its


class Membership(models.Model):
    """A seat belongs to a group: whoever holds it is in. Or a person does, by invitation, while the tenure lasts."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="memberships")
    tenure = models.ForeignKey(Tenure, models.PROTECT, null=True, related_name="memberships")
    # What an invited person reads begins with the circle that was current when they came.
    from_circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    given_by = _person(null=True)
    confirmed_by = _person(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(seat=None) ^ Q(tenure=None), name="membership_of_seat_or_person"),
            models.UniqueConstraint(
                fields=["group", "seat"], condition=Q(period__upper_inf=True), name="seat_is_member_once"
            ),
            models.UniqueConstraint(
                fields=["group", "tenure"], condition=Q(period__upper_inf=True), name="person_is_member_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(given_by=None) | ~Q(confirmed_by=F("given_by")),
                name="membership_confirmed_by_another",
            ),
        ]

    @property
    def entry(self) -> Entry:
        """What happens to a membership stands in the group's history."""
        return self.group.entry

    @property
    def has_ended(self) -> bool:
        return self.period.isempty or self.period.upper is not None


def until(period: TimestamptzRange, at: datetime) -> TimestamptzRange:
    """The period cut off at a moment; ended as soon as it began, it never was."""
    assert period.lower is not None  # every period here began with a deed
    return TimestamptzRange(period.lower, max(at, period.lower))


class Office(models.Model):
    """A person is an officer of a group, in a tenure, for a period; it ends with the tenure."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice-chair")
        LIAISON = "liaison", _("Council liaison")

    group = models.ForeignKey(Group, models.PROTECT, related_name="offices")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="offices")
    role = models.CharField(_("office"), max_length=12, choices=Role.choices)
    from_circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    given_by = _person(null=True)
    confirmed_by = _person(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "tenure", "role"], condition=Q(period__upper_inf=True), name="office_held_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(given_by=None) | ~Q(confirmed_by=F("given_by")),
                name="office_confirmed_by_another",
            ),
        ]

    @property
    def has_ended(self) -> bool:
        return self.period.isempty or self.period.upper is not None


class Confirmation(models.Model):
    """A second person confirmed that this tenure opens this closed group."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="confirmations")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="confirmations")
    by = _person(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "tenure"], name="tenure_confirmed_once")]


class JoinRequest(models.Model):
    """Somebody whose seat the policy admits asks to join; an officer or the council's team answers with a reason."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for an answer")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    group = models.ForeignKey(Group, models.PROTECT, related_name="requests")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="requests")
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "tenure"], condition=Q(state="waiting"), name="asked_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "declined"])
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="decided_request_says_who",
            ),
        ]
