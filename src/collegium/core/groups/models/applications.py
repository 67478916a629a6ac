"""Applications: somebody without an account, or with other seats than the policy admits, asks to join with a role."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry
from collegium.core.people.models import Function, Organization, Tenure

from .groups import Group

# How long an address can be verified after somebody typed it.
VERIFIED_WITHIN = timedelta(hours=72)


def _person() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class Application(models.Model):
    """A role somebody says they have at a society, and the two keys: the society knows the role, the team the fit.

    It is no account, no seat and no tenure before both keys have turned.
    """

    class State(models.TextChoices):
        UNVERIFIED = "unverified", _("Address not verified")
        SOCIETY = "society", _("Waiting for the society")
        COUNCIL = "council", _("Waiting for the council’s team")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Lapsed")

    OPEN = (State.SOCIETY, State.COUNCIL)

    group = models.ForeignKey(Group, models.PROTECT, related_name="applications")
    # Somebody who has an account and applies with another role than those they hold.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="applications")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(max_length=254)
    society = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    function = models.ForeignKey(Function, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=150)
    capacity = models.CharField(_("capacity"), max_length=10, choices=Tenure.Capacity.choices)
    leadership = models.CharField(_("leadership"), max_length=10, choices=Tenure.Leadership.choices)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNVERIFIED)
    asked_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    # When the society's people were last written to.
    society_asked_at = models.DateTimeField(null=True)
    # The first key.
    confirmed_by = _person()
    confirmed_at = models.DateTimeField(null=True)
    remark = models.TextField(_("remark"), blank=True)
    # The second key, or a no from either side.
    decided_by = _person()
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True)
    # What came of it.
    tenure = models.ForeignKey(Tenure, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "email"], condition=Q(state__in=["society", "council"]), name="applied_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["society", "council", "approved"]) | Q(verified_at__isnull=False),
                name="application_was_verified",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["council", "approved"])
                | (Q(confirmed_by__isnull=False) & Q(confirmed_at__isnull=False)),
                name="society_turned_its_key",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "declined"])
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="decided_application_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | (~Q(decided_by=F("confirmed_by")) & Q(tenure__isnull=False)),
                name="application_takes_two_keys",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.group}"

    @property
    def entry(self) -> Entry:
        """What happens to an application stands in the group's history, for the council's team."""
        return self.group.entry

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def is_too_late(self, at: datetime) -> bool:
        """Whether the address can no longer be verified."""
        return at >= self.asked_at + VERIFIED_WITHIN
