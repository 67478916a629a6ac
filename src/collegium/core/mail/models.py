"""Letters on their way out, single ones and mailings to many; and letters that came in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .bounces.models import AddressHealth, Bounce, Complaint

__all__ = ["AddressHealth", "Bounce", "Complaint", "Delivery", "Incoming", "Letter", "Mailing"]


class Letter(models.Model):
    """A letter to one address. In a demo the rows are the outbox; otherwise the text goes once the relay has it."""

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    kind = models.CharField(max_length=60)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refused = models.TextField(blank=True)
    # Whom an answer to it goes to, where that is somebody else than the house.
    reply_to = models.EmailField(max_length=254, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Mailing(models.Model):
    """An event on its way to everybody who is told of it by letter: written once, sent to each by themselves.

    It refers to what was said and holds none of it. The row stays: what its letters are answered with refers to it. A
    digest is one too, to one person and of no single event or entry.
    """

    event = models.ForeignKey("trail.Event", models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    entry = models.ForeignKey("entries.Entry", models.CASCADE, null=True, related_name="+")
    part = models.CharField(max_length=20, blank=True)
    part_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    # What a digest holds, once it was looked up.
    contents: Any = None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], name="mailed_once"),
            models.CheckConstraint(
                condition=Q(event=None, entry=None) | Q(event__isnull=False, entry__isnull=False),
                name="mailing_of_an_event_or_none",
            ),
        ]
        indexes = [models.Index(fields=["part", "part_id"], name="mailing_of_part")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def title(self) -> str:
        """What it is about; the name of what it is where that is many things."""
        return self.entry.title if self.entry else str(_("Digest"))


class Digest(models.Model):
    """What one person missed in a window of time, as one letter; its mailing is on its way as any other.

    What is in it was assigned to it when it was written (`Delivery.digest`): a message is in one digest or in none,
    whatever its reader chooses meanwhile. `since` is where the one before ended.
    """

    class Cadence(models.TextChoices):
        DAILY = "daily", _("Daily digest")
        WEEKLY = "weekly", _("Weekly digest")

    mailing = models.OneToOneField(Mailing, models.CASCADE, primary_key=True, related_name="digest")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    cadence = models.CharField(max_length=10, choices=Cadence.choices)
    # The one group it is of, for whoever wants one for each.
    place = models.ForeignKey("entries.Entry", models.CASCADE, null=True, related_name="+", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cadence", "place", "until"], nulls_distinct=False, name="digest_written_once"
            ),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="digest_window_goes_forward"),
            models.CheckConstraint(condition=Q(cadence__in=["daily", "weekly"]), name="digest_cadence_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.cadence} {self.pk}"


class Delivery(models.Model):
    """A mailing on its way to one person; where to is looked up when it is sent.

    Each post writes one for every member of a group, so there is no index but those that sending needs.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        CLAIMED = "claimed", _("Is being sent")
        SENT = "sent", _("Sent")
        # Whoever may no longer see it, and what was deleted meanwhile.
        DROPPED = "dropped", _("Not sent: no longer for this person")
        UNREACHABLE = "unreachable", _("Not sent: no address")
        REFUSED = "refused", _("Refused by the relay")
        # Not a letter of its own: for its reader's next digest, and then in it.
        GATHERED = "gathered", _("Waits for a digest")
        IN_DIGEST = "in_digest", _("In a digest")

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="deliveries", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    # When it last changed its state.
    at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    # What the relay said last, without whom it was for.
    answer = models.CharField(max_length=200, blank=True)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="gathered", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing", "person"], name="delivered_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "waiting",
                        "claimed",
                        "sent",
                        "dropped",
                        "unreachable",
                        "refused",
                        "gathered",
                        "in_digest",
                    ]
                ),
                name="delivery_state_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["at"], condition=Q(state="claimed"), name="delivery_claimed"),
            models.Index(fields=["person"], condition=Q(state="gathered"), name="delivery_gathered"),
            models.Index(fields=["digest"], condition=Q(digest__isnull=False), name="delivery_in_digest"),
        ]


class Incoming(models.Model):
    """A letter that came in, kept as it came before that was acknowledged, once for each address of ours it was for.

    What it says is forgotten after a while; its way through the house stays: received, and then what became of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Received")
        POSTED = "posted", _("Published")
        HELD = "held", _("Waits for an officer")
        DONE = "done", _("Done as it asked")
        REFUSED = "refused", _("Refused")
        # Of machines: bounces, complaints, automatic replies, our own letters.
        RECORDED = "recorded", _("Recorded")
        FAILED = "failed", _("Could not be handled")

    to = models.CharField(max_length=320)
    return_path = models.CharField(max_length=320, blank=True)
    message_id = models.CharField(max_length=250, blank=True)
    # SHA-256 of what comes after the head.
    digest = models.CharField(max_length=64)
    raw = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    # A code of `incoming.reasons`.
    reason = models.CharField(max_length=30, blank=True)
    handled_at = models.DateTimeField(null=True)
    # Whose it is, as far as that was found out, and what became of it.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    sender = models.CharField(max_length=320, blank=True)
    entry = models.ForeignKey("entries.Entry", models.SET_NULL, null=True, related_name="+", db_index=False)
    part = models.CharField(max_length=20, blank=True)
    part_id = models.BigIntegerField(default=0)
    # The group it was for: its officers see which way it went.
    place = models.ForeignKey("entries.Entry", models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["to", "message_id", "digest"], name="taken_in_once"),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(handled_at__isnull=False), name="handled_some_time"
            ),
        ]
        indexes = [
            models.Index(fields=["message_id"], name="incoming_by_message"),
            models.Index(fields=["sender", "handled_at"], name="incoming_by_sender"),
            models.Index(fields=["received_at"], name="incoming_by_time"),
            models.Index(fields=["place", "received_at"], name="incoming_by_place"),
            # What a post or a held post came from: asked when its letters go out.
            models.Index(fields=["part_id"], name="incoming_by_part"),
            # The few that somebody has to look at.
            models.Index(
                fields=["received_at"], condition=Q(state__in=["waiting", "failed"]), name="incoming_unhandled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"
