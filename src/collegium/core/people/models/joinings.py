"""Two accounts of one person on their way to being one: which stays, and whether both have been proved."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# How long the links of a joining can be used.
LASTS = timedelta(hours=72)


def _person(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]  # any of its


class Joining(models.Model):
    """Somebody asks to join the account with an address to theirs, or the council's team begins it for them.

    There is a row whether or not anybody signs in with the address, so that whoever asks learns nothing from it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waits for the link in the letter")
        DONE = "done", _("Joined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Lapsed")

    class Side(models.TextChoices):
        STAYS = "stays", _("The account that stays")
        OTHER = "other", _("The account that is joined to it")

    stays = _person()
    # Nobody if no account has the address.
    other = _person(null=True)
    # As it was typed, or where the team's letter went; forgotten once the joining lapses.
    email = models.EmailField(max_length=254, blank=True)
    begun_by = _person()
    begun_at = models.DateTimeField()
    # Why the council's team began it; whoever asks for themselves gives none.
    reason = models.TextField(blank=True)
    stays_agreed_at = models.DateTimeField(null=True)
    other_agreed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stays", "email"], condition=Q(state="open"), name="joining_asked_once"),
            models.CheckConstraint(condition=Q(other=None) | ~Q(other=F("stays")), name="joining_of_two"),
            models.CheckConstraint(condition=Q(state="open") ^ Q(closed_at__isnull=False), name="joining_closed_at"),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(other__isnull=False, stays_agreed_at__isnull=False, other_agreed_at__isnull=False),
                name="joined_with_both_proofs",
            ),
            # The team proves nothing for anybody.
            models.CheckConstraint(condition=Q(begun_by=F("stays")) | ~Q(reason=""), name="team_joins_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.other} → {self.stays}"

    @property
    def is_by_team(self) -> bool:
        return self.reason != ""

    @property
    def until(self) -> datetime:
        return self.begun_at + LASTS

    def is_open(self, at: datetime) -> bool:
        """Whether its links still lead somewhere."""
        return self.state == Joining.State.OPEN and at < self.until

    def agreed_at(self, side: str) -> datetime | None:
        """When the side was proved."""
        found: datetime | None = getattr(self, f"{side}_agreed_at")
        return found
