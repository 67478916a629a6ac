"""One topic as its page needs it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from collegium.core.access.actions import open_named_audience
from collegium.core.entries.actions import change_audience
from collegium.core.notices import actions as notices
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Topic
from collegium.rooms.discussions.queries import topic_for_page

from .factories import make_answer, make_topic, tell


def test_topic_for_page_loads_what_the_page_shows_in_one_statement(cast):
    topic = make_topic(cast, title="Which keys?")
    answer = make_answer(cast, topic)
    actions.accept_answer(answer, viewer=cast.viewer("peer"), at=cast.at)
    viewer = cast.viewer("colleague")
    with CaptureQueriesContext(connection) as captured:
        shown = topic_for_page(viewer, topic.pk)
        told = {
            "title": shown.entry.title,
            "group": (shown.group.pk, shown.group.name, shown.group.slug, shown.group.short),
            "circle": shown.group.circle.audience_id,
            "officers": shown.group.officers_audience_id,
            "last": (shown.kind, shown.last_number, shown.accepted_id, shown.accepted_number),
            "asked by": (shown.author_name, shown.author_title, shown.society_name, shown.author_handle),
            "url": shown.get_absolute_url(),
        }
    assert len(captured) == 1
    assert told == {
        "title": "Which keys?",
        "group": (cast.cfos.pk, "Chief Financial Officers", "cfos", "cfos"),
        "circle": cast.cfos.circle.audience_id,
        "officers": cast.cfos.officers_audience_id,
        "last": ("question", 2, answer.pk, 2),
        "asked by": ("Ines Okafor", "Chief Financial Officer", "Society of Lagoon Cardiology", "ines-okafor"),
        "url": f"/topics/{topic.pk}/",
    }
    assert (shown.entry.audience_id, shown) == (cast.cfos.circle.audience_id, topic)


def test_topic_for_page_is_404_alike_for_the_unseen_and_the_unknown(cast):
    topic = make_topic(cast)
    for part in cast.parts:
        viewer = cast.viewer(part)
        for pk in (topic.pk, 10**12):
            if pk == topic.pk and part in ("peer", "colleague", "leaver"):
                continue
            with CaptureQueriesContext(connection) as captured, pytest.raises(Http404) as answer:
                topic_for_page(viewer, pk)
            assert (str(answer.value), len(captured)) == ("", 1)


def test_topic_for_page_is_seen_by_persons_named_for_it(cast):
    topic = make_topic(cast)
    named = open_named_audience([cast.outsider.pk])
    change_audience(topic.entry, to=named.pk, by=cast.staff, at=cast.at)
    assert topic_for_page(cast.viewer("outsider"), topic.pk) == topic
    with pytest.raises(Http404):
        topic_for_page(cast.viewer("peer"), topic.pk)


def test_topic_for_page_says_how_far_the_viewer_has_read(cast):
    topic = make_topic(cast)
    numbers = {}
    for hours in range(1, 5):
        make_answer(cast, topic, at=cast.at + timedelta(hours=hours))
    viewer = cast.viewer("leaver")
    numbers["never"] = topic_for_page(viewer, topic.pk).read_number
    actions.mark_all_read(cast.cfos, viewer=viewer, at=cast.at + timedelta(hours=2, minutes=1))
    numbers["marked all while it went on"] = topic_for_page(viewer, topic.pk).read_number
    actions.advance_read_mark(topic, number=2, viewer=viewer, at=cast.at)
    numbers["a mark behind that"] = topic_for_page(viewer, topic.pk).read_number
    actions.advance_read_mark(topic, number=4, viewer=viewer, at=cast.at)
    numbers["a mark beyond that"] = topic_for_page(viewer, topic.pk).read_number
    actions.mark_all_read(None, viewer=viewer, at=cast.at + timedelta(days=1))
    numbers["marked all after the last"] = topic_for_page(viewer, topic.pk).read_number
    assert numbers == {
        "never": 0,
        "marked all while it went on": 3,
        "a mark behind that": 3,
        "a mark beyond that": 4,
        "marked all after the last": 5,
    }


def test_topic_for_page_says_what_the_viewer_wants_to_hear(cast):
    topic = make_topic(cast)
    viewer = cast.viewer("leaver")

    def heard():
        shown = topic_for_page(viewer, topic.pk)
        return shown.follow_state, shown.level, shown.has_unseen

    assert heard() == ("", "every", False)
    tell()
    notices.mute(topic.entry, by=cast.leaver)
    notices.choose_level(cast.cfos.entry, level="weekly", by=cast.leaver)
    assert heard() == ("muted", "weekly", True)
    notices.see_notifications(by=cast.leaver, at=cast.at, entry=topic.entry)
    notices.follow(topic.entry, by=cast.leaver)
    assert heard() == ("following", "weekly", False)


def test_topic_for_page_names_the_seats_the_viewer_can_speak_from(cast):
    topic = make_topic(cast, by="two_seats", group=cast.membership)
    shown = topic_for_page(cast.viewer("two_seats"), topic.pk)
    assert shown.speaking == [
        {
            "id": cast.tenures["two_seats"].pk,
            "title": "Chief Information Officer",
            "society": "Society of Lagoon Cardiology",
        }
    ]


def test_visible_topics_are_those_of_the_viewers_circles(cast):
    make_topic(cast)
    make_topic(cast, by="delegate", group=cast.ceos)
    seen = {part: Topic.objects.visible_to(cast.viewer(part)).count() for part in cast.parts}
    one = {"peer", "colleague", "leaver", "delegate", "chair"}
    assert seen == {part: int(part in one) for part in cast.parts}
