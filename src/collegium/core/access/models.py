"""Audiences, who is named in them, and the admissions that answer who may see what."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .standard import MEMBERS, OFFICE, PUBLIC, READING
from .viewers import Viewer


class Audience(models.Model):
    """Those who may see a thing. What the audience is *of* (a society, a circle) points here, never the reverse."""

    kind = models.CharField(_("kind"), max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=["public", "members", "office"]),
                name="one_of_each_standard_audience",
            ),
            # Passages carry the audience as a lexeme; a kind is part of a name shown to people, never free text.
            models.CheckConstraint(condition=Q(kind__regex=r"^[a-z_]+$"), name="audience_kind_is_a_word"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


class NamedPerson(models.Model):
    """A person named in an audience of named persons."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="named")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audience", "person"], name="named_once")]


class VisibleQuerySet(models.QuerySet):
    """Rows that have an audience, or belong to something that has one."""

    audience_path = "audience"

    def visible_to(self, viewer: Viewer) -> Self:
        """The one predicate: the row's audience is among the viewer's."""
        among = Q(**{f"{self.audience_path}_id__in": viewer.audience_ids})
        if viewer.is_named:
            named = NamedPerson.objects.filter(person=viewer.person).values("audience_id")
            among |= Q(**{f"{self.audience_path}_id__in": named})
        return self.filter(among)


class AdmissionQuerySet(models.QuerySet):
    def valid(self, at: datetime) -> Self:
        return self.filter(period__contains=at)

    def belonging(self, at: datetime) -> Self:
        """Those in force of people who belong to the audience: not of those who only read."""
        return self.valid(at).exclude(reason=READING)


class Admission(models.Model):
    """Admits a person to an audience for a period. Written by `settle` alone, from the sources."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="admissions")
    organization = models.ForeignKey("people.Organization", models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=20)
    period = DateTimeRangeField()

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "audience", "organization", "reason", "period"],
                nulls_distinct=False,
                name="admission_written_once",
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="admission_period_not_empty"),
        ]
        indexes = [
            # "Who may see this now", for counts before posting and for choosing recipients.
            models.Index(fields=["audience", "person"]),
        ]


__all__ = ["MEMBERS", "OFFICE", "PUBLIC", "Admission", "Audience", "NamedPerson", "VisibleQuerySet"]
