"""Archives as their page shows them, and whether they are sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import Http404

from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group

from .authors import keys_of
from .models import Archive, Intake, PastAuthor, PastLetter
from .rules import runs

# Letters left out, and past authors, on one page.
SHOWN = 300


def group_with_archives(viewer: Viewer, slug: str) -> tuple[Group, list[Archive]]:
    """The group and its archives the viewer may know of, the newest first.

    Http404 where there is none for them, unless they are one of its officers; there or not makes no difference.
    """
    seen = Entry.objects.visible_to(viewer).filter(kind="group")
    group: Group | None = Group.objects.select_related("circle").filter(slug=slug, entry__in=seen).first()
    if group is None:
        raise Http404
    archives = list(_archives(group, viewer))
    if not archives and not runs(viewer, group):
        raise Http404
    return group, archives


def _archives(group: Group, viewer: Viewer) -> QuerySet[Archive]:
    """With `posts`, `topics`, `authors`, `first` and `last` of what stands in each."""
    came = Q(intakes__letters__post__isnull=False)
    return (
        Archive.objects.visible_to(viewer)
        .filter(group=group)
        .select_related("opened_by")
        .annotate(
            posts=Count("intakes__letters", filter=came),
            topics=Count("intakes__letters__post__topic", filter=came, distinct=True),
            authors=Count("intakes__letters__author", filter=came, distinct=True),
            first=Min("intakes__letters__at", filter=came),
            last=Max("intakes__letters__at", filter=came),
        )
        .order_by("-pk")
    )


def there_is_an_archive(group: Group, viewer: Viewer) -> tuple[str, list[Any]]:
    """SQL that gives a row where the viewer may know of an archive of the group, or is one of its officers."""
    sql = """SELECT g.entry_id FROM groups_group g WHERE g.entry_id = %s AND (
        g.officers_audience_id = ANY(%s::bigint[]) OR EXISTS (
            SELECT FROM archives_archive a WHERE a.group_id = g.entry_id AND a.opened_to_id = ANY(%s::bigint[])))"""
    return sql, [group.pk, sorted(viewer.own_ids), sorted(viewer.audience_ids)]


def intakes_of(archives: list[Archive]) -> list[Intake]:
    """The runs, newest first, each with `posts`, `left_out`, `redated` and `files`."""
    left_out = Q(letters__post=None, letters__isnull=False)
    return list(
        Intake.objects.filter(archive__in=archives)
        .annotate(
            posts=Count("letters", filter=Q(letters__post__isnull=False)),
            left_out=Count("letters", filter=left_out),
            redated=Count("letters", filter=Q(letters__post__isnull=False) & ~Q(letters__dated_by="")),
            files=Count("letters", filter=Q(letters__files_left_out__gt=0)),
        )
        .order_by("-pk")
    )


def reasons_of(archives: list[Archive]) -> list[tuple[str, int]]:
    """How many letters were left out of the archives for each reason, in words; the most frequent first."""
    rows = PastLetter.objects.filter(intake__archive__in=archives, post=None)
    counted = rows.values_list("reason").annotate(number=Count("pk")).order_by("-number", "reason")
    words = dict(PastLetter.Reason.choices)
    return [(str(words[reason]), number) for reason, number in counted]


def left_out_of(archives: list[Archive]) -> list[PastLetter]:
    """The letters left out, the newest first, one more than are shown."""
    rows = PastLetter.objects.filter(intake__archive__in=archives, post=None).select_related("author")
    return list(rows.order_by("-at", "-pk")[: SHOWN + 1])


def authors_of(archives: list[Archive]) -> list[PastAuthor]:
    """Who wrote to the list, each with `posts` and whose they are; those with most posts first, one more than shown."""
    came = Q(letters__post__isnull=False, letters__intake__archive__in=archives)
    rows = PastAuthor.objects.annotate(posts=Count("letters", filter=came)).filter(posts__gt=0)
    return list(rows.select_related("person").order_by("-posts", "name", "pk")[: SHOWN + 1])


def claimable(group: Group, viewer: Viewer) -> list[PastAuthor]:
    """Authors whose letters the viewer sees, written from an address they have verified, and are nobody's yet."""
    if viewer.person is None:
        return []
    seen = Q(letters__post__topic__entry__audience__in=viewer.own_ids)
    rows = PastAuthor.objects.filter(group=group, person=None, key__in=keys_of(viewer.person))
    return list(rows.annotate(posts=Count("letters", filter=seen)).filter(posts__gt=0).order_by("pk"))


def posts_named(group_id: int, message_id: str) -> list[int]:
    """The posts that were letters of this name on the group's mailing list."""
    rows = PastLetter.objects.filter(message_id=message_id[:250], group=group_id, post__isnull=False)
    return list(rows.values_list("post", flat=True)[:5])


_ASTRAY = """
SELECT format('topic %s counts %s imported posts of %s', t.entry_id, t.imported, t.last_number)
FROM discussions_topic t WHERE t.imported > t.last_number
UNION ALL
SELECT format('topic %s is sealed and not for the officers of its group', t.entry_id)
FROM discussions_topic t JOIN entries_entry e ON e.id = t.entry_id JOIN groups_group g ON g.entry_id = t.group_id
WHERE t.is_sealed AND e.audience_id <> g.officers_audience_id
UNION ALL
SELECT format('post %s is signed by somebody else than its letter', p.id)
FROM archives_pastletter l JOIN discussions_post p ON p.id = l.post_id JOIN archives_pastauthor a ON a.id = l.author_id
WHERE p.author_id IS DISTINCT FROM a.person_id
LIMIT 20"""


def unsound_archives() -> Iterator[str]:
    """A sentence for each topic that is sealed and read by others, or post whose author differs from its letter's."""
    with connection.cursor() as cursor:
        cursor.execute(_ASTRAY)
        yield from (sentence for (sentence,) in cursor.fetchall())
