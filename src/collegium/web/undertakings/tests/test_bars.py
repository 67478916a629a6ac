"""What a new version bars after its grace, in one story: pages, search, bells and letters, until one accepts."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from collegium.core.access.queries import admitted_persons, unsettled
from collegium.core.groups import actions
from collegium.core.mail.models import Letter
from collegium.core.notices.actions import follow, tell
from collegium.core.notices.models import Notification
from collegium.core.trail.models import Event
from collegium.rooms.discussions.tests.factories import make_answer, make_topic
from collegium.web.undertakings import letters

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EVERYTHING = {"page": True, "file of the group": True, "search": True, "bell": True, "letter": True, "writes": True}
NOTHING = dict.fromkeys(EVERYTHING, False)


@pytest.fixture
def began():
    return timezone.now()


@pytest.fixture
def second(cast, began):
    """A group that needs an undertaking; its members had accepted it, and only the chair accepts the new version."""
    staff = cast.viewer("staff", began)
    keep = actions.draw_up_undertaking("Confidentiality", slug="keep", kind="confidentiality", by=None, at=began)
    first = actions.publish_version(keep, text="I keep it.", viewer=staff, at=began)
    actions.begin_need(cast.cfos, undertaking=keep, viewer=staff, at=began)
    for part in ("peer", "colleague", "leaver"):
        actions.accept_undertaking(first, viewer=cast.viewer(part, began), at=began)
    made = actions.publish_version(keep, text="I keep all of it.", viewer=staff, at=began)
    actions.accept_undertaking(made, viewer=cast.viewer("colleague", began), at=began)
    return made


@pytest.fixture
def topic(cast, second):
    made = make_topic(cast, by="colleague", title="On the canary", raw="A canary sings.")
    follow(made.entry, by=cast.peer)
    return made


def met(cast, visit, topic, version, at):
    """What the peer meets of the group at a moment."""
    with time_machine.travel(at, tick=False):
        peer, url = visit("peer"), topic.get_absolute_url()
        make_answer(cast, topic, at=at)
        event = Event.objects.filter(name="topic.answered").latest("pk")
        tell(event, at=at)
        Letter.objects.all().delete()
        version.reminded_through = 0
        version.save(update_fields=["reminded_through"])
        letters.write_next(version_id=version.pk, is_reminder=True, at=at)
        return {
            "page": peer.get(f"{url}?from=1").status_code == 200,
            "file of the group": b"On the canary" in peer.get("/groups/cfos/").content,
            "search": b"/topics/" in peer.get("/search/", {"q": "canary"}).content,
            "bell": Notification.objects.filter(event=event, person=cast.peer).exists(),
            "letter": Letter.objects.filter(to="peer@lagoon.example").exists(),
            "writes": peer.post(f"{url}posts/", {"raw": f"At {at:%d %H}"}).status_code == 303,
        }


def test_after_its_grace_a_new_version_bars_reading_writing_search_bells_and_letters(cast, visit, topic, second, began):
    assert met(cast, visit, topic, second, began + 13 * DAY) == EVERYTHING
    after = began + 14 * DAY
    assert met(cast, visit, topic, second, after) == NOTHING
    assert cast.peer.pk not in {row["person_id"] for row in admitted_persons(topic.entry.audience_id, after)}
    actions.accept_undertaking(second, viewer=cast.viewer("peer", after), at=after)
    # Whoever has accepted is reminded of nothing, and meets everything else again.
    assert met(cast, visit, topic, second, after + DAY) == EVERYTHING | {"letter": False}
    assert list(unsettled()) == []
