"""Attachments: files that belong to a part of an entry, or wait to."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from collegium.core.access.models import VisibleQuerySet


class AttachmentQuerySet(VisibleQuerySet):
    audience_path = "entry__audience"

    def waiting_of(self, person: Any) -> Self:
        """Uploaded by the person and not yet attached to anything: what a refused form keeps."""
        return self.filter(entry=None, part="", by=person)

    def set_aside_for(self, part: str, part_id: int) -> Self:
        """Kept for something that is no part of an entry yet, and may never be."""
        return self.filter(entry=None, part=part, part_id=part_id)

    def of_part(self, entry_id: int, part: str, part_id: int) -> Self:
        return self.filter(entry_id=entry_id, part=part, part_id=part_id)


class Attachment(models.Model):
    """A stored file. Without an entry it waits, seen by nobody but who uploaded it.

    Without an entry but with a part it is set aside for that; who then reads it is for the part's own place to say.
    """

    entry = models.ForeignKey("entries.Entry", models.CASCADE, null=True, related_name="attachments")
    part = models.CharField(max_length=20, blank=True)
    part_id = models.BigIntegerField(default=0)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    file = models.FileField(max_length=200)
    # None for what came with the archive of a mailing list, from somebody of whom only the name is known.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by__isnull=False) | models.Q(entry__isnull=False), name="what_waits_is_somebodys"
            )
        ]
        indexes = [
            models.Index(fields=["entry", "part", "part_id"]),
            models.Index(fields=["by"], condition=models.Q(entry=None), name="attachment_waiting"),
            models.Index(
                fields=["part", "part_id"],
                condition=models.Q(entry=None) & ~models.Q(part=""),
                name="attachment_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:attachment", args=[self.pk, self.name])
