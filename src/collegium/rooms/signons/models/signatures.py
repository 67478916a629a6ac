"""Who signed: the list as it stood when the letter closed, and what became of each name since."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from collegium.core.calls.models import Answer
from collegium.core.entries.models import Entry
from collegium.core.people.models import Organization

from .letters import Letter
from .outsiders import Outsider


class Signature(models.Model):
    """A society, or an outside organization, that signed a text; ended where it was withdrawn or the society left.

    What is asked while a letter is open stands in its call; these rows are made when it closes. Name and place in the
    list are those of the register when the letter is assembled.
    """

    class End(models.TextChoices):
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("No longer a member")

    class Told(models.TextChoices):
        NO = "no", _("The addressee is not told")
        YES = "yes", _("The addressee is told")

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="signatures")
    society = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    outsider = models.ForeignKey(Outsider, models.PROTECT, null=True, related_name="signatures")
    # What it said, with who said it in which seat; none for an outside organization.
    answer = models.OneToOneField(Answer, models.PROTECT, null=True, related_name="signature")
    is_reserved = models.BooleanField(default=False)
    # SHA-256 of the text it is bound to.
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    name = models.CharField(max_length=300, blank=True)
    place = models.PositiveIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # What the society says of it in public.
    line = models.CharField(_("a line about it"), max_length=300, blank=True)
    # Whether its host tells the addressee of a withdrawal from a sent letter, and how.
    told = models.CharField(max_length=5, choices=Told.choices, blank=True)
    told_how = models.CharField(max_length=300, blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [F("place").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(society=None) ^ Q(outsider=None), name="signed_by_one"),
            models.CheckConstraint(
                condition=Q(society=None) ^ Q(answer__isnull=False), name="society_signed_by_answer"
            ),
            models.UniqueConstraint(
                fields=["letter", "society"], condition=Q(ended_at=None), name="society_signs_once"
            ),
            models.UniqueConstraint(
                fields=["letter", "outsider"], condition=Q(ended_at=None), name="outsider_signs_once"
            ),
            models.UniqueConstraint(
                fields=["letter", "is_late", "place"], condition=Q(place__isnull=False), name="one_name_at_a_place"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="ended_signature_says_how",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, told="") | (Q(told_at__isnull=False) & ~Q(told="")),
                name="told_of_withdrawal_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.signer

    @property
    def signer(self) -> str:
        """As it is called now."""
        if self.society is not None:
            return self.society.name
        assert self.outsider is not None  # a constraint of the row
        return self.outsider.organization

    @property
    def was_sent(self) -> bool:
        """Whether it stands in a file that was sent: what went off the list before has no place in it."""
        return self.letter.sent_at is not None and self.place is not None

    @property
    def entry(self) -> Entry:
        return self.letter.entry
