"""Outside organizations, which sign through a named officer and are confirmed by the council's team."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.entries.models import Entry

from .letters import Letter

# The link in the letter works for so long.
VERIFIED_WITHIN = timedelta(days=2)


class Outsider(models.Model):
    """An organization that asks to sign: nothing before its officer's address is verified; then the team decides."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="outsiders")
    organization = models.CharField(_("organization"), max_length=200)
    officer = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title"), max_length=120)
    email = models.EmailField(_("e-mail"), max_length=254)
    # SHA-256 of the text it consented to last.
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None)
                | Q(outcome="confirmed", decided_at__isnull=False)
                | (Q(outcome="refused", decided_at__isnull=False) & ~Q(reason="")),
                name="outsider_decided_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(verified_at__isnull=False), name="decided_outsider_was_verified"
            ),
        ]

    def __str__(self) -> str:
        return self.organization

    @property
    def entry(self) -> Entry:
        return self.letter.entry

    @property
    def is_waiting(self) -> bool:
        """Whether the council's team has still to decide."""
        return self.verified_at is not None and not self.outcome


class OutsiderConsent(models.Model):
    """To which text it consented when. Append-only."""

    outsider = models.ForeignKey(Outsider, models.CASCADE, related_name="consents")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
