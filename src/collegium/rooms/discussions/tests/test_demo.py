"""The conversations of the demo council, as the room's own actions leave them."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from collegium.core.access.queries import admitted_persons, unsettled
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.entries.models import Passage
from collegium.core.entries.queries import misplaced_passages
from collegium.core.files.models import Attachment
from collegium.core.groups import demo as groups
from collegium.core.people import demo as people
from collegium.core.people.models import Person
from collegium.rooms.discussions import demo
from collegium.rooms.discussions.models import HeldPost, Post, Report, Revision, Topic
from collegium.rooms.discussions.queries import continue_where_left_off, home_feed, open_questions, unsound_topics

AT = datetime(2026, 11, 22, 15, tzinfo=UTC)
TABLES = [tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(demo.__file__).parent.glob("*.toml"))]
TOPICS = [topic for table in TABLES for topic in table["topic"]]
POSTS = [post for topic in TOPICS for post in topic.get("post", [])]


def counted(rows, *keys):
    return sum(1 for row in rows if any(row.get(key) for key in keys))


def test_the_demo_council_talks(db):
    """One load for everything there is to see of it: it is the longest fixture of all."""
    for place in (people, groups, demo):
        place.load(AT)
    written = {
        "topics": Topic.objects.count(),
        "posts": Post.objects.count(),
        "accepted": Topic.objects.exclude(accepted=None).count(),
        "pinned": Topic.objects.exclude(pinned_at=None).count(),
        "closed": Topic.objects.exclude(closed_at=None).count(),
        "edited": Post.objects.exclude(edited_at=None).count(),
        "earlier wordings": Revision.objects.count(),
        "deleted": Post.objects.exclude(deleted_at=None).count(),
        "files": Attachment.objects.filter(part="post").count(),
    }
    assert written == {
        "topics": len(TOPICS),
        "posts": len(TOPICS) + len(POSTS),
        "accepted": counted(POSTS, "accepted"),
        "pinned": counted(TOPICS, "pinned"),
        "closed": sum(1 for topic in TOPICS if topic["state"] == "closed"),
        "edited": counted(POSTS, "edited"),
        "earlier wordings": counted(POSTS, "edited"),
        "deleted": counted(POSTS, "deleted"),
        "files": sum(len(post.get("file", [])) for post in POSTS),
    }
    assert [*unsound_topics(), *unsettled(), *misplaced_passages()] == []
    findable = Passage.objects.filter(part="person").values_list("part_id", flat=True)
    assert sorted(findable) == sorted(row["person_id"] for row in admitted_persons(MEMBERS, AT))
    assert not Post.objects.filter(raw__contains="{").filter(raw__regex=r"\{(name|first|mention):").exists()
    assert not Post.objects.filter(at__gt=AT).exists()
    _there_is_something_new_for_the_peer()
    _something_waits_for_an_officer()
    assert home_feed(Viewer.of(Person.objects.get(handle="rupert-nakagawa"), at=AT)).topics == []


def _there_is_something_new_for_the_peer():
    peer = Viewer.of(Person.objects.get(handle="ines-okafor"), at=AT)
    feed = home_feed(peer, limit=50).topics
    assert any(row.unread for row in feed)
    assert any(not row.unread for row in feed)
    assert open_questions(peer) != [] or continue_where_left_off(peer) != []


def _something_waits_for_an_officer():
    assert list(HeldPost.objects.values_list("group__slug", "state")) == [("meetings", "waiting")]
    assert list(Report.objects.values_list("post__topic__group__slug", "state")) == [("meetings", "open")]
