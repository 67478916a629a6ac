"""What waits for an officer: reports and held posts; and what waits for an author: a continuation elsewhere."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience, VisibleQuerySet
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.people.models import Tenure

from .topics import Post, Topic


def _person(**options: object) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]  # any of its


class ReportQuerySet(VisibleQuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        """To those it was made to: officers who read the post and did not write it; its author never learns of it."""
        seen = Q(post__topic__entry__audience__in=viewer.audience_ids)
        officers = Q(group__officers_audience__in=viewer.audience_ids)
        return self.filter(seen & officers).exclude(post__author__in=[viewer.person_id])

    def open(self) -> Self:
        return self.filter(state=Report.State.OPEN)


class Report(models.Model):
    """A reader thinks the officers should look at a post."""

    class Reason(models.TextChoices):
        CONFIDENCE = "confidence", _("It breaks a confidence or a privacy")
        CONDUCT = "conduct", _("It attacks or demeans somebody")
        COMPETITION = "competition", _("It speaks of what competitors may not agree on: fees, salaries, boycotts")
        PROMOTION = "promotion", _("It sells or promotes something")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an officer")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")

    post = models.ForeignKey(Post, models.PROTECT, related_name="reports", db_index=False)
    # To whose officers it was made: theirs it stays where the topic moves to another group.
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    by = _person()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = _person(null=True, db_index=False)
    decided_at = models.DateTimeField(null=True)
    # What the reporter is told.
    answer = models.TextField(blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "by"], name="reported_once"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | Q(state__in=["upheld", "dismissed"], decided_by__isnull=False, decided_at__isnull=False),
                name="decided_report_says_who",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["confidence", "conduct", "competition", "promotion", "other"]),
                name="reason_of_report_is_known",
            ),
        ]
        indexes = [models.Index(fields=["at"], condition=Q(state="open"), name="report_open")]

    @property
    def entry(self) -> Entry:
        """The topic's."""
        return self.post.topic.entry


class HeldPostQuerySet(VisibleQuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        """To its author, and to the officers among those it is meant for."""
        officers = Q(group__officers_audience__in=viewer.audience_ids, audience__in=viewer.audience_ids)
        return self.filter(officers | Q(author__in=[viewer.person_id]))

    def waiting(self) -> Self:
        return self.filter(state=HeldPost.State.WAITING)


class HeldPost(models.Model):
    """What somebody wrote and nobody else reads before an officer has released it: an answer, or a new topic.

    It is no post: it has no number, nothing finds it, and it counts nowhere.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for an officer")
        RELEASED = "released", _("Published")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    # Of an answer the topic; a new topic has a kind and a title instead.
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=200, blank=True)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", db_index=False)
    # A topic the new one goes on from, once it is published.
    continues = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+", db_index=False)
    author = _person()
    tenure = models.ForeignKey(Tenure, models.PROTECT, related_name="+", db_index=False)
    raw = models.TextField()
    reply_to = models.PositiveIntegerField(null=True)
    # It came by letter, and whether it is from whom it says could not be proved: an officer looks at that too.
    is_unproved = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = _person(null=True, db_index=False)
    decided_at = models.DateTimeField(null=True)
    # What the author is told.
    answer = models.TextField(blank=True)
    post = models.OneToOneField(Post, models.PROTECT, null=True, related_name="+")

    objects = HeldPostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__isnull=False, kind="", title="") | (Q(topic=None) & ~Q(kind="")),
                name="held_answer_or_held_topic",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | Q(state__in=["released", "refused", "withdrawn"], decided_by__isnull=False, decided_at__isnull=False),
                name="decided_held_post_says_who",
            ),
            models.CheckConstraint(condition=Q(state="released") ^ Q(post=None), name="released_post_is_there"),
            # What was published is the post's, and what was withdrawn is nobody's.
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "refused"]) | Q(raw="", title=""), name="decided_held_post_is_empty"
            ),
        ]
        indexes = [models.Index(fields=["group", "at"], condition=Q(state="waiting"), name="held_post_waiting")]

    def get_absolute_url(self) -> str:
        return reverse("discussions:held", args=[self.pk])

    @property
    def entry(self) -> Entry:
        """Where it would stand: the topic's, or the group's."""
        return self.topic.entry if self.topic else self.group.entry


class ContinuationQuerySet(VisibleQuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        """To the two it is between, while they read what it is about."""
        two = Q(author__in=[viewer.person_id]) | Q(proposed_by__in=[viewer.person_id])
        return self.filter(two, topic__entry__audience__in=viewer.audience_ids)


class Continuation(models.Model):
    """Somebody proposes to go on with a topic in another group; the author of its opening post agrees or does not."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for the author")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Lapsed")

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", db_index=False)
    to_group = models.ForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", db_index=False)
    author = _person()
    proposed_by = _person()
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)

    objects = ContinuationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "to_group"], condition=Q(state="waiting"), name="continuation_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(decided_at__isnull=False), name="decided_continuation_says_when"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("discussions:continuation", args=[self.pk])

    @property
    def entry(self) -> Entry:
        """The topic's that would go on elsewhere."""
        return self.topic.entry
