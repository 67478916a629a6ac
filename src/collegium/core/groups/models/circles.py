"""Circles: the audiences a group's members form, each with the policy that says whom it admits."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience

from .groups import Group

POLICY_FIELDS = ("functions", "capacities", "leaderships", "organization_kinds", "standings")


def _words(verbose_name: Any) -> ArrayField:
    return ArrayField(models.CharField(max_length=40), verbose_name=verbose_name)


class Circle(models.Model):
    """An audience of a group's members, from one widening of the policy to the next.

    A circle admits whom its own policy *and* the policy of every later circle admit. So widening reaches nobody
    into older text, and narrowing closes all circles at once.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="circles")
    audience = models.OneToOneField(Audience, models.PROTECT, related_name="circle")
    number = models.PositiveSmallIntegerField()
    functions = _words(_("functions admitted"))
    capacities = _words(_("capacities admitted"))
    leaderships = _words(_("staff or volunteer leaders"))
    organization_kinds = _words(_("kinds of organizations"))
    standings = _words(_("standings"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="circle_number_once"),
            models.UniqueConstraint(fields=["group"], condition=Q(opened_at=None), name="one_proposed_circle"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("proposed_by")),
                name="circle_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, circle {self.number}"

    @property
    def policy(self) -> dict[str, list[str]]:
        return {field: sorted(getattr(self, field)) for field in POLICY_FIELDS}
