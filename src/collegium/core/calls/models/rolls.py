"""Who is asked: the roll as it was when the call opened, what was ruled on it since, who was reminded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization, Person, Tenure

from .calls import Call


class RollRow(models.Model):
    """An addressee: an organization with the standing it had at the opening, or a person."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="roll")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    standing = models.CharField(max_length=20, blank=True)
    weight = models.PositiveIntegerField(default=1)
    # Whether it has answered: so much is known of a secret answer, too.
    is_answered = models.BooleanField(default=False)
    # A ruling took it off the roll.
    struck_at = models.DateTimeField(null=True)
    # Somebody who may answer has opened the call; somebody has taken it up.
    seen_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "organization"], name="organization_asked_once"),
            models.UniqueConstraint(fields=["call", "person"], name="person_asked_once"),
            models.CheckConstraint(condition=Q(organization=None) ^ Q(person=None), name="roll_row_has_one_addressee"),
            models.CheckConstraint(condition=Q(taken_by=None) ^ Q(taken_at__isnull=False), name="taken_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.addressee)

    @property
    def addressee(self) -> Organization | Person:
        found = self.organization or self.person
        assert found is not None  # a constraint of the row
        return found

    @property
    def name(self) -> str:
        return str(self.addressee)

    @property
    def entry(self) -> Entry:
        """What happens to it stands in the call's history."""
        return self.call.entry


class Entitlement(models.Model):
    """Who might answer for a row as of the opening: rank 0 is the primary, the others its alternates in order."""

    row = models.ForeignKey(RollRow, models.CASCADE, related_name="entitled")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    tenure = models.ForeignKey(Tenure, models.PROTECT, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["row", "person"], name="entitled_once"),
            models.UniqueConstraint(fields=["row", "rank"], name="one_of_each_rank"),
        ]


class Ruling(models.Model):
    """A change to the roll after it was taken: decided by somebody, for a reason, and kept."""

    class Kind(models.TextChoices):
        STRIKE = "strike", _("Taken off the roll")
        RESTORE = "restore", _("Put back on the roll")
        STAND = "stand", _("Stays as it is")

    row = models.ForeignKey(RollRow, models.PROTECT, related_name="rulings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="ruled_for_a_reason")]

    @property
    def entry(self) -> Entry:
        return self.row.call.entry


class Reminder(models.Model):
    """Those without an answer were reminded: all of a call, each kind once, or one addressee by the team."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("At the opening")
        HALFWAY = "halfway", _("Half-way")
        THREE_DAYS = "three_days", _("Three days before the end")
        ONE_DAY = "one_day", _("A day before the end")
        SECOND_CONTACT = "second_contact", _("To the society’s second contact")
        NUDGE = "nudge", _("By the council’s team")

    call = models.ForeignKey(Call, models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    row = models.ForeignKey(RollRow, models.PROTECT, null=True, related_name="reminders")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "kind"], condition=Q(row=None), name="reminded_once_of_each_kind"),
            models.CheckConstraint(condition=Q(row=None) ^ Q(kind="nudge"), name="only_nudges_are_for_one"),
        ]

    @property
    def entry(self) -> Entry:
        return self.call.entry


def due_moments(call: Call) -> list[tuple[str, datetime]]:
    """When each kind of reminder is due, in order: opening, half-way, −3 days, −24 h, then the second contact (−12 h).

    In a short window a reminder that would come within a day of the one before it, or before the opening, is left
    out; the last two never are, unless the window is shorter than themselves.
    """
    kinds = Reminder.Kind
    day, half_day = timedelta(days=1), timedelta(hours=12)
    end = call.closes_at
    planned: list[tuple[Any, datetime, timedelta]] = [
        (kinds.HALFWAY, call.opens_at + call.window / 2, day),
        (kinds.THREE_DAYS, end - timedelta(days=3), day),
        (kinds.ONE_DAY, end - day, half_day),
        (kinds.SECOND_CONTACT, end - half_day, half_day),
    ]
    found = [(str(kinds.OPENING), call.opens_at)]
    for kind, moment, apart in planned:
        if moment - found[-1][1] >= apart:
            found.append((str(kind), moment))
    return found
