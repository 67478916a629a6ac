"""Who is told what, how often, and what they were told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import VisibleQuerySet


class Level(models.TextChoices):
    """How much of a group one wants to hear."""

    EVERY = "every", _("Every message")
    DAILY = "daily", _("A daily digest")
    WEEKLY = "weekly", _("A weekly digest")
    MENTIONS = "mentions", _("Only what mentions or answers me")
    NOTHING = "nothing", _("Nothing")


class Preference(models.Model):
    """How much a person wants to hear of a place (a group's entry); without a row, the place's default."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.ForeignKey("entries.Entry", models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="preference_once_per_place"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="preference_level_is_known"),
        ]


class SwitchedOff(models.Model):
    """A person wants no notice of this name; the statutory ones cannot be switched off."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    notice = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "notice"], name="switched_off_once")]


class LetterSwitch(models.Model):
    """Whether a person wants the notice of this name by letter; without a row, as the notice says itself."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    notice = models.CharField(max_length=60)
    is_on = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "notice"], name="letters_switched_once")]


class DigestChoice(models.Model):
    """When a person wants their digests, in their own time zone, and whether each group has one of its own."""

    class Weekday(models.IntegerChoices):
        """As ISO 8601 numbers them."""

        MONDAY = 1, _("Monday")
        TUESDAY = 2, _("Tuesday")
        WEDNESDAY = 3, _("Wednesday")
        THURSDAY = 4, _("Thursday")
        FRIDAY = 5, _("Friday")
        SATURDAY = 6, _("Saturday")
        SUNDAY = 7, _("Sunday")

    HOUR = 7

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    hour = models.PositiveSmallIntegerField(default=HOUR)
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices, default=Weekday.MONDAY)
    by_group = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(hour__lte=23), name="digest_hour_is_of_the_day"),
            models.CheckConstraint(
                condition=models.Q(weekday__gte=1, weekday__lte=7), name="digest_weekday_is_of_the_week"
            ),
        ]


class Follow(models.Model):
    """A person follows an entry, or has muted it."""

    class State(models.TextChoices):
        FOLLOWING = "following", _("Following")
        MUTED = "muted", _("Muted")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    entry = models.ForeignKey("entries.Entry", models.CASCADE, related_name="follows")
    state = models.CharField(max_length=10, choices=State.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "entry"], name="followed_once"),
            models.CheckConstraint(condition=models.Q(state__in=["following", "muted"]), name="follow_state_is_known"),
        ]
        indexes = [models.Index(fields=["entry", "state"])]


class NotificationQuerySet(VisibleQuerySet):
    audience_path = "entry__audience"


class Notification(models.Model):
    """A person was told of an event. It refers to what was said and holds none of it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    notice = models.CharField(max_length=60)
    event = models.ForeignKey("trail.Event", models.PROTECT, related_name="+")
    entry = models.ForeignKey("entries.Entry", models.CASCADE, related_name="+")
    part = models.CharField(max_length=20, blank=True)
    part_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "event", "notice"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notification_newest"),
            models.Index(fields=["person", "entry"], condition=models.Q(seen_at=None), name="notification_unseen"),
            models.Index(fields=["entry", "part", "part_id"], name="notification_part"),
        ]
