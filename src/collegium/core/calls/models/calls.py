"""Something asked of societies or people by a date, and each time the date was moved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience, VisibleQuerySet
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group

from ..registry import CallKind, kind_of


class CallQuerySet(VisibleQuerySet):
    audience_path = "entry__audience"

    def due_to_open(self, at: datetime) -> Self:
        """Announced, not cancelled, whose opening has come and whose roll nobody has needed yet."""
        return self.filter(announced_at__isnull=False, opened_at=None, cancelled_at=None, opens_at__lte=at)

    def running(self) -> Self:
        """Opened and neither closed nor cancelled."""
        return self.filter(opened_at__isnull=False, closed_at=None, cancelled_at=None)


class Call(models.Model):
    """Title, audience and author are its entry's; `kind` names a `CallKind`; moments are UTC, shown in `time_zone`."""

    class Addressed(models.TextChoices):
        SOCIETIES = "societies", _("Societies, each through whoever it has mandated")
        BODY = "body", _("Societies, each through its members in a group")
        MEMBERS = "members", _("The members of a group, each for themselves")

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        ANNOUNCED = "announced", _("Announced")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="call")
    kind = models.CharField(max_length=40)
    # What is asked about: a position, a letter; its page shows the call.
    about = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="calls")
    raw = models.TextField(_("what is asked"), blank=True)
    html = models.TextField(blank=True)
    addressed = models.CharField(max_length=10, choices=Addressed.choices, default=Addressed.SOCIETIES)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="calls")
    # Who is put on the roll: `{"kinds", "standings", "only", "but": […], "weights": {…}}`; see `rolls.Roll`.
    roll_rule = models.JSONField(default=dict)
    # Who sees it from its announcement on; until then the council's team prepares it.
    seen_by = models.ForeignKey(Audience, models.PROTECT, related_name="+")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    time_zone = models.CharField(_("time zone"), max_length=50)
    announced_at = models.DateTimeField(null=True)
    # When the roll was taken, as of `opens_at`.
    opened_at = models.DateTimeField(null=True)
    roll_hash = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_for = models.TextField(_("reason"), blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        constraints = [
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="call_opens_before_it_closes"),
            models.CheckConstraint(
                condition=Q(addressed="societies", group=None)
                | Q(addressed__in=["body", "members"], group__isnull=False),
                name="call_addresses_somebody",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, roll_hash="") | (Q(opened_at__isnull=False) & ~Q(roll_hash="")),
                name="open_call_has_its_roll",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(announced_at__isnull=False), name="open_call_was_announced"
            ),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="closed_was_open"),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(cancelled_at=None), name="closed_or_cancelled"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancelled_for=""), name="cancelled_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at"], condition=Q(closed_at=None, cancelled_at=None), name="call_not_over"),
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.pk])

    @property
    def kind_of(self) -> CallKind:
        """What the room that made it says of its kind."""
        return kind_of(self.kind)

    @property
    def is_over(self) -> bool:
        return self.closed_at is not None or self.cancelled_at is not None

    def takes_answers(self, at: datetime) -> bool:
        """Whether something said at the moment is said in time."""
        return self.announced_at is not None and not self.is_over and self.opens_at <= at < self.closes_at

    def state_at(self, at: datetime) -> str:
        """As it stands for a reader: the clock says so, whether or not a job has run."""
        if self.cancelled_at is not None:
            return self.State.CANCELLED
        if self.announced_at is None:
            return self.State.DRAFT
        if self.closed_at is not None or at >= self.closes_at:
            return self.State.CLOSED
        return self.State.OPEN if at >= self.opens_at else self.State.ANNOUNCED

    @property
    def window(self) -> timedelta:
        return self.closes_at - self.opens_at


class Extension(models.Model):
    """The date was moved, for all alike, for a reason."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="extensions")
    closed_before = models.DateTimeField()
    closes_at = models.DateTimeField()
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extended_for_a_reason"),
            models.CheckConstraint(condition=~Q(closes_at=F("closed_before")), name="extension_moves_the_date"),
        ]
