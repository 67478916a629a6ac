"""What waits for officers, as officers, authors, reporters and the council's team may know of it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from collegium.core.access.models import Admission
from collegium.core.access.standard import OFFICE
from collegium.core.access.statements import rows
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group

from ..models import HeldPost, Post, Report, Topic
from .lists import Statement

SHOWN_WAITING, SHOWN_DECIDED = 100, 20


def deciders(post: Post, at: datetime) -> list[int]:
    """Officers of the post's group who read it and did not write it; the post comes with topic, entry and group."""
    now = Admission.objects.valid(at)
    readers = now.filter(audience=post.topic.entry.audience_id).values("person")
    officers = now.filter(audience=post.topic.group.officers_audience_id, person__in=readers)
    return sorted(set(officers.exclude(person=post.author_id).values_list("person", flat=True)))


def own_report(post: Post, viewer: Viewer) -> Report | None:
    """What the viewer reported of the post."""
    return Report.objects.filter(post=post, by=viewer.person).select_related("post__topic__entry").first()


def waiting_reports(group: Group, viewer: Viewer) -> list[dict[str, Any]]:
    """Reported posts that wait for the viewer's decision, the oldest report first: `{post, reports}` each."""
    found = Report.objects.visible_to(viewer).open().filter(group=group)
    found = found.select_related("post__topic__entry", "by").order_by("at", "pk")[:SHOWN_WAITING]
    by_post: dict[int, dict[str, Any]] = {}
    for report in found:
        by_post.setdefault(report.post_id, {"post": report.post, "reports": []})["reports"].append(report)
    return list(by_post.values())


def decided_reports(group: Group, viewer: Viewer) -> QuerySet[Report]:
    """The last ones decided."""
    found = Report.objects.visible_to(viewer).exclude(state=Report.State.OPEN).filter(group=group)
    return found.select_related("post__topic__entry", "by", "decided_by").order_by("-decided_at", "-pk")[:SHOWN_DECIDED]


_WITH = ("group__entry", "topic__entry", "author", "decided_by", "tenure__seat__organization__entry", "post")


def held_posts() -> Any:
    """Held posts with all that their pages name, to be narrowed to what a viewer sees."""
    return HeldPost.objects.select_related(*_WITH)


def waiting_held(group: Group, viewer: Viewer) -> QuerySet[HeldPost]:
    """Held posts of the group that wait, oldest first: to an officer all, to an author their own."""
    found = held_posts().visible_to(viewer).waiting().filter(group=group)
    waiting: QuerySet[HeldPost] = found.order_by("at", "pk")[:SHOWN_WAITING]
    return waiting


def decided_held(group: Group, viewer: Viewer) -> QuerySet[HeldPost]:
    """The last ones decided by an officer."""
    states = [HeldPost.State.RELEASED, HeldPost.State.REFUSED]
    found = held_posts().visible_to(viewer).filter(group=group, state__in=states)
    decided: QuerySet[HeldPost] = found.order_by("-decided_at", "-pk")[:SHOWN_DECIDED]
    return decided


def held_in(topic: Topic, viewer: Viewer) -> list[HeldPost]:
    """Answers of the viewer to the topic that wait, also where the group holds nothing any more."""
    return list(HeldPost.objects.waiting().filter(topic=topic, author=viewer.person_id).order_by("at", "pk"))


_OWN_HELD_TOPICS = """
SELECT id, title FROM discussions_heldpost
WHERE group_id = %s AND author_id = %s AND state = 'waiting' AND topic_id IS NULL ORDER BY at, id"""


def own_held_topics_statement(group: Group, viewer: Viewer) -> Statement:
    """Topics of the viewer that wait in the group: `{id, title}` each."""
    return _OWN_HELD_TOPICS, [group.pk, viewer.person_id]


def published(group: Group, viewer: Viewer) -> int:
    """How many posts of the viewer stand in the group."""
    return Post.objects.filter(author=viewer.person_id, topic__group=group, deleted_at=None).count()


def readers_of_held(viewer: Viewer) -> Any:
    """Ids of the held posts the viewer reads: whose files they read, too."""
    return HeldPost.objects.visible_to(viewer).values("pk")


# --- for the council's team: that something waits, and no word of it

_WAITING = """
SELECT g.entry_id, g.slug, ge.title, waits.reports, waits.held, waits.oldest,
    (SELECT count(DISTINCT a.person_id) FROM access_admission a
     WHERE a.audience_id = g.officers_audience_id AND a.period @> %s::timestamptz) AS officers,
    (SELECT max(v.at) FROM trail_event v WHERE v.entry_id = g.entry_id AND v.name = 'moderation.nudged') AS nudged_at
FROM (
    SELECT group_id, count(*) FILTER (WHERE is_report) AS reports, count(*) FILTER (WHERE NOT is_report) AS held,
           min(at) AS oldest
    FROM (
        SELECT r.group_id, r.at, true AS is_report FROM discussions_report r WHERE r.state = 'open'
        UNION ALL
        SELECT h.group_id, h.at, false FROM discussions_heldpost h WHERE h.state = 'waiting'
    ) AS x GROUP BY group_id
) AS waits
JOIN groups_group g ON g.entry_id = waits.group_id
JOIN entries_entry ge ON ge.id = g.entry_id
ORDER BY waits.oldest, g.entry_id"""

_NAMES = ("id", "slug", "name", "reports", "held", "oldest", "officers", "nudged_at")


def waiting_by_group(viewer: Viewer) -> list[dict[str, Any]]:
    """What waits in each group, counted, the longest wait first; for the council's team and nobody else.

    `{id, slug, name, reports, held, oldest, officers, nudged_at}` each.
    """
    if not viewer.is_among(OFFICE):
        return []
    return [dict(zip(_NAMES, row, strict=True)) for row in rows(_WAITING, [viewer.at])]


def counts_of(group: Group) -> dict[str, Any]:
    """How much waits in a group and since when: `{reports, held, oldest}`, without a word of it."""
    reports = Report.objects.open().filter(group=group).order_by("at").values_list("at", flat=True)
    held = HeldPost.objects.waiting().filter(group=group).order_by("at").values_list("at", flat=True)
    ages = [*reports, *held]
    return {"reports": len(reports), "held": len(held), "oldest": min(ages) if ages else None}


def held_back(group: Group) -> int:
    """How many held posts wait in a group."""
    return HeldPost.objects.waiting().filter(group=group).count()


def moderation_address(_entry: Any, group_id: int) -> str:
    """Where the officers of a group find what waits."""
    slug = Group.objects.values_list("slug", flat=True).get(pk=group_id)
    return reverse("discussions:moderation", args=[slug])


def report_address(_entry: Any, post_id: int) -> str:
    """Where a reporter reads what was decided."""
    topic, number = Post.objects.values_list("topic", "number").get(pk=post_id)
    return reverse("discussions:report", args=[topic, number])


def held_address(_entry: Any, held_id: int) -> str:
    """Where a held post is read."""
    return reverse("discussions:held", args=[held_id])


def deletion_address(_entry: Any, post_id: int) -> str:
    """Where the author of a deleted post reads why."""
    topic, number = Post.objects.values_list("topic", "number").get(pk=post_id)
    return reverse("discussions:deletion", args=[topic, number])


def continuation_address(_entry: Any, continuation_id: int) -> str:
    """Where a proposal to continue elsewhere is answered."""
    return reverse("discussions:continuation", args=[continuation_id])
