"""Who is asked in a window, what has to hold of the answers, and what those say who do not agree."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.calls.models import Call
from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization, Tenure

from .positions import Position, Window


class WindowCall(models.Model):
    """A call through which societies are asked in a window; `is_first`: those the position touches, before others."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="asked")
    call = models.OneToOneField(Call, models.PROTECT, primary_key=True, related_name="position_window")
    is_first = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["window", "is_first"], name="window_asks_each_once")]


class Terms(models.Model):
    """How much support the position needs, and how dissent and silence are told; set before societies are asked."""

    class Told(models.TextChoices):
        NAMED = "named", _("By name")
        COUNTED = "counted", _("As a number alone")

    class Reservations(models.TextChoices):
        PRINTED = "printed", _("With the words, on the page and on paper")
        MEMBERS = "members", _("That there is one; the words to member societies alone")

    position = models.OneToOneField(Position, models.PROTECT, primary_key=True, related_name="terms")
    # Societies for it, with or without reservation.
    at_least = models.PositiveIntegerField(_("societies for it, at least"))
    # Societies that decline; none says that any number may.
    at_most = models.PositiveIntegerField(_("societies against it, at most"), null=True)
    # No society the position touches declines.
    spares_touched = models.BooleanField(_("none of the societies it touches against it"), default=True)
    dissent = models.CharField(max_length=10, choices=Told.choices, default=Told.NAMED)
    silence = models.CharField(max_length=10, choices=Told.choices, default=Told.COUNTED)
    reservations = models.CharField(max_length=10, choices=Reservations.choices, default=Reservations.MEMBERS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(at_least__gte=1), name="support_means_somebody"),
            models.CheckConstraint(
                condition=Q(dissent__in=["named", "counted"], silence__in=["named", "counted"]),
                name="dissent_and_silence_are_told_somehow",
            ),
            models.CheckConstraint(
                condition=Q(reservations__in=["printed", "members"]), name="reservations_are_told_somehow"
            ),
        ]


class MinorityStatement(models.Model):
    """What societies that decline say beside the position; the voices are theirs, the first is who wrote it."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="minority_statements")
    raw = models.TextField()
    html = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def entry(self) -> Entry:
        return self.position.entry


class MinorityVoice(models.Model):
    """A society that stands behind a minority statement, until it leaves it."""

    statement = models.ForeignKey(MinorityStatement, models.PROTECT, related_name="voices")
    society = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "society"], condition=Q(left_at=None), name="stands_behind_it_once"
            )
        ]

    @property
    def entry(self) -> Entry:
        return self.statement.entry
