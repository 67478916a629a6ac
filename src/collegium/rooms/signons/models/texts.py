"""The text of a letter: numbered wordings that never change, each with the hash a signature is bound to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .letters import Letter, Round


class Version(models.Model):
    """A wording of all that stands above the names: addressee, subject and text. Another wording is another version."""

    class Change(models.TextChoices):
        DRAFT = "draft", _("Before anybody was asked")
        MARKUP = "markup", _("Markup: nothing reads differently")
        EDITORIAL = "editorial", _("Editorial: spelling, grammar, references")
        CLARIFYING = "clarifying", _("Clarifying: says better what was meant")
        SUBSTANTIVE = "substantive", _("Substantive: says something else")

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    addressee = models.CharField(_("addressee"), max_length=200)
    office = models.CharField(_("office"), max_length=200, blank=True)
    address = models.TextField(_("address"), blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    raw = models.TextField(_("text"))
    html = models.TextField()
    digest = models.CharField(max_length=64)
    change = models.CharField(_("class of change"), max_length=12, choices=Change.choices)
    note = models.CharField(max_length=300, blank=True)
    # In which round societies read it; none for what its host alone wrote and read.
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="versions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="signon_version_once"),
            models.CheckConstraint(
                condition=Q(change__in=["draft", "markup", "editorial", "clarifying", "substantive"]),
                name="signon_change_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}, version {self.number}"

    @property
    def addressed_to(self) -> list[str]:
        """The addressee, line by line."""
        return [line for line in (self.addressee, self.office, *self.address.split("\n")) if line.strip()]
