"""The archives of mailing lists: each sealed until the group opens it, with what was brought in and by whom it was."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.rooms.discussions.models import Post


class ArchiveQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        """A sealed one to the group's officers alone; an open one also to those it was opened to."""
        officers = Q(group__officers_audience__in=viewer.own_ids)
        return self.filter(officers | Q(opened_to__in=viewer.audience_ids))


class Archive(models.Model):
    """What was brought in for a group and is opened by one decision; what comes later is sealed again."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    # The decision: whose, why in their words, and whom it lets read.
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    opened_at = models.DateTimeField(null=True)
    opened_to = models.ForeignKey(Audience, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    # When the last topic had followed the decision.
    moved_at = models.DateTimeField(null=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(moved_at=None), name="one_sealed_archive"),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None, opened_to=None, words="", moved_at=None)
                | (Q(opened_at__isnull=False, opened_by__isnull=False, opened_to__isnull=False) & ~Q(words="")),
                name="opened_archive_says_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["group"], name="archive_of_group")]

    @property
    def entry(self) -> Entry:
        """The group's: there it is decided about."""
        return self.group.entry

    @property
    def is_sealed(self) -> bool:
        return self.opened_at is None


class Intake(models.Model):
    """A run that brought letters in; without an end it was broken off, or still goes on."""

    archive = models.ForeignKey(Archive, models.PROTECT, related_name="intakes")
    # What the file was called, without its folder.
    name = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Letters in it, and how many of those were there before.
    found = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    # Files in it that hold no letters.
    passed_over = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]


class PastAuthor(models.Model):
    """Somebody who wrote to a group's mailing list, by the name in the letters.

    Of the address there is only a keyed hash: enough to find whose letters they are once that person verifies the
    address, and of no use to anybody who writes letters.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    # Whose the letters are, if that is known: found by the address, or said by the person.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "key"], name="past_author_once"),
            models.CheckConstraint(
                condition=Q(claimed_at=None) | Q(person__isnull=False), name="claimed_letters_are_somebodys"
            ),
        ]
        indexes = [models.Index(fields=["key"], condition=Q(person=None), name="past_author_unclaimed")]

    def __str__(self) -> str:
        return self.name


class PastLetter(models.Model):
    """A letter of an archive: the post it became, or why it became none.

    `digest` is that of its bytes, by which it is known again; `sameness` that of what it says, as another copy does.
    """

    class Reason(models.TextChoices):
        MACHINE = "machine", _("Written by a machine: out of office, a report, a subscription")
        DUPLICATE = "duplicate", _("Another copy of a letter that is there")
        EMPTY = "empty", _("Nothing is written in it")
        UNREADABLE = "unreadable", _("It cannot be read, or is encrypted")
        TOO_LARGE = "too_large", _("Too large")

    class DatedBy(models.TextChoices):
        RECEIVED = "received", _("by the server that received it")
        LINE = "line", _("by the line before it in the mailbox")
        NEIGHBOUR = "neighbour", _("by the letters around it")

    group = models.ForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="letters")
    digest = models.BinaryField(max_length=32)
    sameness = models.BinaryField(max_length=32, null=True)
    message_id = models.CharField(max_length=250, blank=True)
    author = models.ForeignKey(PastAuthor, models.PROTECT, null=True, related_name="letters")
    subject = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    dated_by = models.CharField(max_length=10, choices=DatedBy.choices, blank=True)
    post = models.OneToOneField(Post, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    # Attachments that the house does not take.
    files_left_out = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "digest"], name="past_letter_once"),
            models.CheckConstraint(condition=Q(post=None) ^ Q(reason=""), name="past_letter_is_a_post_or_says_why_not"),
            models.CheckConstraint(
                condition=Q(reason__in=["", "machine", "duplicate", "empty", "unreadable", "too_large"]),
                name="reason_for_leaving_out_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["message_id"], condition=~Q(message_id=""), name="past_letter_by_id"),
            models.Index(fields=["intake", "at"], condition=Q(post=None), name="past_letter_left_out"),
        ]
