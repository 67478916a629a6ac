"""Topics of a group and the posts in them.

Every reply writes these tables, so a key has no index of its own where a constraint's index begins with it or nothing
ever looks by it; the last author above all, whose index would be rewritten by each reply.
"""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import VisibleQuerySet
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.people.models import Organization, Tenure

# What is left of a post that was deleted is a part of its own: its author reads there why.
DELETION = "deletion"


class TopicQuerySet(VisibleQuerySet):
    audience_path = "entry__audience"

    def unanswered_of(self, person_id: int) -> Self:
        """The person's open questions, asked by them or handed on to them: without an accepted answer, not closed."""
        theirs = Q(entry__author=person_id) | Q(handed_to=person_id)
        return self.filter(theirs, kind=Topic.Kind.QUESTION, accepted=None, closed_at=None)


class Topic(models.Model):
    """A conversation in a group. Title, audience, author and the time it was last touched are its entry's."""

    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("Discussion")
        QUESTION = "question", _("Question")
        ANNOUNCEMENT = "announcement", _("Announcement")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="topic")
    group = models.ForeignKey(Group, models.PROTECT, related_name="topics")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    # The number of the newest post; numbers are given once and never again, also when a post is deleted.
    last_number = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField()
    # None for somebody of whom only the name is known.
    last_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    accepted = models.ForeignKey("discussions.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    accepted_at = models.DateTimeField(null=True)
    # Whose the question is since whoever asked it left: they may accept an answer to it.
    handed_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    handed_at = models.DateTimeField(null=True)
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    pinned_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    # So many of its first posts were brought in with the archive of a mailing list: they are news to nobody.
    imported = models.PositiveIntegerField(default=0, db_default=0)
    # Such a topic is read by the officers alone until they open the archive, and nobody answers in it.
    is_sealed = models.BooleanField(default=False, db_default=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pinned_at=None) ^ Q(pinned_by__isnull=False), name="pinned_by_somebody"),
            models.CheckConstraint(condition=Q(closed_at=None) ^ Q(closed_by__isnull=False), name="closed_by_somebody"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) ^ Q(accepted_by__isnull=False), name="accepted_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(accepted=None) ^ Q(accepted_at__isnull=False), name="accepted_at_some_time"
            ),
            models.CheckConstraint(condition=Q(accepted=None) | Q(kind="question"), name="only_questions_have_answers"),
            models.CheckConstraint(
                condition=Q(handed_at=None, handed_to=None)
                | Q(handed_at__isnull=False, handed_to__isnull=False, kind="question"),
                name="questions_are_handed_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["discussion", "question", "announcement"]), name="kind_of_topic_is_known"
            ),
            models.CheckConstraint(condition=Q(is_sealed=False) | Q(imported__gt=0), name="only_archives_are_sealed"),
        ]
        indexes = [
            models.Index(fields=["group"], condition=Q(pinned_at__isnull=False), name="topic_pinned"),
            models.Index(fields=["handed_to"], condition=Q(handed_to__isnull=False), name="topic_handed_on"),
            models.Index(fields=["group", "entry"], condition=Q(is_sealed=True), name="topic_sealed"),
        ]

    def __str__(self) -> str:
        return self.entry.title

    def get_absolute_url(self) -> str:
        return reverse("discussions:topic", args=[self.pk])

    @property
    def state(self) -> str:
        """What the entry's state says: a closed topic is closed, whether it was answered or not."""
        if self.closed_at is not None:
            return Topic.State.CLOSED
        return Topic.State.ANSWERED if self.accepted_id is not None else Topic.State.OPEN


class PostQuerySet(VisibleQuerySet):
    audience_path = "topic__entry__audience"


class Post(models.Model):
    """What somebody said, with their name, title and society as they were then.

    What was brought in with the archive of a mailing list was said from no seat, and by somebody of whom there may be
    nothing but the name.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="posts", db_index=False)
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    tenure = models.ForeignKey(Tenure, models.PROTECT, null=True, related_name="+", db_index=False)
    society = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", db_index=False)
    author_name = models.CharField(max_length=220)
    author_title = models.CharField(max_length=150)
    society_name = models.CharField(max_length=200)
    raw = models.TextField()
    # The whole article as every viewer sees it; what differs by viewer is put around it.
    article = models.TextField()
    # What was cut off when it came by letter: quotes, signature, disclaimer; shown on demand.
    trimmed = models.TextField(blank=True, default="", db_default="")
    mentions = ArrayField(models.BigIntegerField(), default=list, blank=True)
    reply_to = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # What its author is told if an officer deleted it.
    deletion_words = models.TextField(blank=True, default="", db_default="")

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once"),
            models.CheckConstraint(
                condition=Q(author__isnull=False, tenure__isnull=False, society__isnull=False)
                | Q(tenure=None, society=None),
                name="said_from_a_seat_or_brought_in",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) ^ Q(deleted_by__isnull=False), name="deleted_by_somebody"
            ),
            # A tombstone keeps nothing of what was said.
            models.CheckConstraint(condition=Q(deleted_at=None) | Q(raw="", trimmed=""), name="tombstone_is_empty"),
            models.CheckConstraint(
                condition=Q(deletion_words="") | Q(deleted_at__isnull=False), name="only_what_is_deleted_says_why"
            ),
            models.CheckConstraint(
                condition=Q(reply_to=None) | Q(reply_to__lt=F("number")), name="answers_an_earlier_post"
            ),
        ]
        indexes = [models.Index(fields=["author", "-at"])]

    def __str__(self) -> str:
        return f"{self.topic_id}#{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:post", args=[self.topic_id, self.number])

    @property
    def entry(self) -> Entry:
        """The entry it is a part of."""
        return self.topic.entry


class Revision(models.Model):
    """What a post said before an edit; seen by whoever sees the post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    raw = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    # When this wording was replaced.
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]


class ReadMark(models.Model):
    """How far a person has read a topic; it only advances."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="read_mark_once")]
        # "Continue where I left off" takes the newest few.
        indexes = [models.Index(fields=["person", "-at"], name="read_mark_newest")]


class ReadAll(models.Model):
    """Everything in a group up to a moment counts as read by the person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="read_all_once")]
