"""The spine: entries, the links between them, and the passages of text one can find."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.core.access.models import Audience, VisibleQuerySet
from collegium.core.access.viewers import Viewer

PASSAGE_BYTES = 50_000


class Entry(models.Model):
    """A thing with a page and an audience of its own; its kind is a model whose primary key it is."""

    kind = models.CharField(_("kind"), max_length=30)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=20, blank=True)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="entries")
    # The entry this one stands under: a topic's group, a resource's shelf.
    place = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    society = models.ForeignKey("people.Organization", models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            # A feed is the newest few of each audience, merged.
            models.Index(fields=["audience", "kind", "-touched_at", "-id"], name="entry_feed"),
            models.Index(fields=["author", "kind", "-touched_at"], name="entry_by_author"),
            models.Index(fields=["place", "kind", "-touched_at", "-id"], name="entry_in_place"),
        ]
        constraints = [
            # People are parts of one entry, the directory, whose audience is that of names.
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="directory"), name="one_directory")
        ]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")

    def __str__(self) -> str:
        return self.title


class LinkQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        """Links of which the viewer sees both ends."""
        seen = Entry.objects.visible_to(viewer).values("pk")
        return self.filter(source__in=seen, target__in=seen)


class Link(models.Model):
    """One entry points at another, in a way that has a name."""

    kind = models.CharField(max_length=20)
    source = models.ForeignKey(Entry, models.CASCADE, related_name="links")
    target = models.ForeignKey(Entry, models.CASCADE, related_name="backlinks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "target"], name="linked_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="link_has_two_ends"),
        ]


class PassageQuerySet(VisibleQuerySet):
    audience_path = "entry__audience"


class Passage(models.Model):
    """A piece of findable text of a part of an entry; the vector holds it folded, with the lexemes of `lexemes`."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="passages")
    part = models.CharField(max_length=20)
    part_id = models.BigIntegerField(default=0)
    ordinal = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    vector = SearchVectorField()
    at = models.DateTimeField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "part", "part_id", "ordinal"], name="passage_written_once"),
        ]
        indexes = [
            # Kilobytes: whoever searches reads all that waits to be put in its place.
            GinIndex(fields=["vector"], name="passage_vector", gin_pending_list_limit=256),
            # Where a search begins to look back from.
            models.Index(fields=["at"], name="passage_newest"),
        ]
