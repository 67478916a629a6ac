"""Bringing the archive of a mailing list into a group: sealed, in order, told to nobody."""

from __future__ import annotations

from collegium.core.notices.models import Follow, Notification
from collegium.core.trail.models import Event
from collegium.rooms.discussions.models import Post, Topic

from .lists import conversation


def said(group):
    """Title, number, author's name, whom it answers and text of each post of the group's archive."""
    rows = Post.objects.filter(topic__group=group, topic__imported__gt=0).order_by("topic__entry__created_at", "number")
    return list(rows.values_list("topic__entry__title", "number", "author_name", "reply_to", "raw"))


def test_bring_in_makes_a_topic_of_each_thread_with_its_posts_in_order(cast, bring):
    result = bring(conversation())
    says = "This is what letter {} says about reserves.".format
    assert said(cast.cfos) == [
        ("Reserves", 1, "Ines Okafor", None, says(1)),
        ("Reserves", 2, "Una Past", None, says(2)),
        ("Reserves", 3, "Ines Okafor", 2, says(4)),
        ("Audits", 1, "Bo Former", None, says(3)),
    ]
    assert (result.found, result.known, result.posts) == (4, 0, 4)
    assert set(Topic.objects.values_list("is_sealed", "imported", "last_number")) == {(True, 3, 3), (True, 1, 1)}
    assert set(Topic.objects.values_list("entry__audience", flat=True)) == {cast.cfos.officers_audience_id}
    assert (Notification.objects.count(), Follow.objects.count()) == (0, 0)
    assert Event.objects.filter(name="archive.brought_in").count() == 1
