"""What is found follows what one may see: held, moved, deleted, of people suspended; facets and kinds."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collegium.core.entries.models import Passage
from collegium.core.groups import actions as groups
from collegium.core.groups.actions.undertakings import add_version, draw_up_undertaking
from collegium.core.groups.models import Group
from collegium.core.groups.tests.factories import make_group
from collegium.core.people import actions as people
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import HeldPost, Post
from collegium.rooms.discussions.tests.factories import make_upload

from .test_search_page import reply, say

RESULT = 'class="row result-row"'
TITLE = re.compile(r'<h2><a href="([^"]*)">(.*?)</a></h2>', re.DOTALL)


def search(client, person, words, **more):
    """Address and title of each result, marks taken off."""
    client.logout()
    if person is not None:
        client.force_login(person)
    answer = client.get("/search/", {"q": words, **more})
    assert answer.status_code == 200
    page = answer.content.decode()
    found = [(url, re.sub("</?mark>", "", title)) for url, title in TITLE.findall(page)]
    assert len(found) == page.count(RESULT)
    return found


def urls(client, person, words, **more):
    return [url for url, _title in search(client, person, words, **more)]


def test_a_held_post_is_found_by_nobody_until_it_is_released(cast, client):
    topic = say(cast, "Reserve policy", "How many months?")
    Group.objects.filter(pk=cast.cfos.pk).update(holding=Group.Holding.EVERYBODY)
    topic.refresh_from_db()
    topic.group.refresh_from_db()
    viewer = cast.viewer("peer")
    held = actions.submit_answer(topic, raw="The quorum rule.", tenure=cast.tenures["peer"], viewer=viewer, at=cast.at)
    assert isinstance(held, HeldPost)
    for person in (cast.peer, cast.colleague, cast.staff, None):
        assert urls(client, person, "quorum") == []
    actions.release_held(held, viewer=cast.viewer("colleague"), at=cast.at)
    assert urls(client, cast.leaver, "quorum") == [f"/topics/{topic.pk}/posts/2/"]
    assert urls(client, None, "quorum") == []


def test_a_deleted_post_and_its_files_are_found_no_more(cast, client):
    topic = say(cast, "Reserve policy", "How many months?")
    upload = make_upload(cast, "quorum_2026.csv")
    facts = {"tenure": cast.tenures["colleague"], "viewer": cast.viewer("colleague"), "at": cast.at}
    post = actions.answer_topic(topic, raw="The quorum rule.", attachments=[upload.pk], **facts)
    found = search(client, cast.peer, "quorum")
    assert {title for _url, title in found} == {"Reserve policy", "quorum_2026.csv"}
    actions.delete_post(post, viewer=cast.viewer("colleague"), at=cast.at)
    assert search(client, cast.peer, "quorum") == []


def test_a_moved_topic_is_found_where_it_is_now(cast, client):
    reserves = make_group("Reserves", slug="reserves", joining="invitation")
    for part in ("colleague", "peer"):
        groups.invite_person(reserves, tenure=cast.tenures[part], viewer=cast.viewer("staff"), at=cast.at)
    groups.name_officer(
        reserves, tenure=cast.tenures["colleague"], role="chair", viewer=cast.viewer("staff"), at=cast.at
    )
    topic = say(cast, "Quorum rule", "How many must be there?")
    reply(cast, topic, "A third makes a quorum.")
    assert len(urls(client, cast.peer, "quorum", group=cast.cfos.pk)) == 1
    audience = Group.objects.select_related("circle").get(pk=reserves.pk).circle.audience_id
    actions.move_topic(topic, to=reserves, audience_id=audience, viewer=cast.viewer("colleague"), at=cast.at)
    assert urls(client, cast.peer, "quorum", group=cast.cfos.pk) == []
    assert urls(client, cast.peer, "quorum", group=reserves.pk) == [f"/topics/{topic.pk}/"]
    assert urls(client, cast.peer, "third", group=reserves.pk) == [f"/topics/{topic.pk}/posts/2/"]
    assert urls(client, cast.leaver, "quorum") == []


def test_whoever_is_suspended_finds_nothing_of_the_group_at_once(cast, client):
    topic = say(cast, "Quorum rule", "How many must be there?")
    assert urls(client, cast.leaver, "quorum") == [f"/topics/{topic.pk}/"]
    groups.suspend_person(
        cast.cfos,
        person=cast.leaver,
        viewer=cast.viewer("staff"),
        at=timezone.now(),
        until=timezone.now() + timedelta(days=30),
        reason="A quarrel.",
    )
    assert urls(client, cast.leaver, "quorum") == []
    assert urls(client, cast.peer, "quorum") == [f"/topics/{topic.pk}/"]


def test_an_edited_post_is_found_by_what_it_says_now(cast, client):
    topic = say(cast, "Reserve policy", "How many months?")
    post = reply(cast, topic, "The quorum rule.")
    actions.edit_post(post, raw="The plurality rule.", viewer=cast.viewer("colleague"), at=cast.at)
    assert urls(client, cast.peer, "quorum") == []
    assert urls(client, cast.peer, "plurality") == [f"/topics/{topic.pk}/posts/2/"]


def test_results_are_narrowed_by_society_and_function_of_who_spoke_and_by_time(cast, client):
    topic = say(cast, "Quorum rule", "How many must be there?")
    reply(cast, topic, "A third makes a quorum.")
    by_peer, by_colleague = (Post.objects.get(topic=topic, number=n) for n in (1, 2))
    for post, url in ((by_peer, f"/topics/{topic.pk}/"), (by_colleague, f"/topics/{topic.pk}/posts/2/")):
        assert urls(client, cast.leaver, "quorum", society=post.society_id) == [url]
        function = post.tenure.seat.function_id
        assert len(urls(client, cast.leaver, "quorum", society=post.society_id, function=function)) == 1
    assert urls(client, cast.leaver, "quorum", society=cast.reef.pk) == []
    Passage.objects.filter(entry=topic.pk, part="post", part_id=by_colleague.pk).update(at=timezone.now())
    Passage.objects.filter(entry=topic.pk).exclude(part_id=by_colleague.pk).update(at=timezone.now() - timedelta(50))
    assert urls(client, cast.leaver, "quorum", period="month") == [f"/topics/{topic.pk}/posts/2/"]
    assert urls(client, cast.leaver, "quorum", period="month", kind="topic") == []
    assert urls(client, cast.leaver, "quorum", period="quarter", kind="topic") == [f"/topics/{topic.pk}/"]


def test_people_are_found_by_seat_and_expertise_and_never_by_how_to_reach_them(cast, client):
    people.change_profile(
        cast.peer,
        expertise=["actuarial tables"],
        phone="+1 555 0199",
        phone_seen_by="members",
        by=cast.peer,
        at=cast.at,
    )
    page = f"/people/{cast.peer.handle}/"
    assert urls(client, cast.leaver, "actuarial") == [page]
    assert page in urls(client, cast.leaver, "chief financial officer", kind="person")
    assert urls(client, cast.leaver, "0199") == []
    assert urls(client, None, "actuarial") == urls(client, cast.outsider, "actuarial") == []
    assert urls(client, None, "actuarial", kind="person", society=cast.lagoon.pk) == []


def test_an_undertaking_is_found_once_it_has_a_text(cast, client):
    drawn = draw_up_undertaking("Quorum pledge", slug="quorum-pledge", kind="conduct", by=cast.staff, at=cast.at)
    assert urls(client, None, "pledge") == []
    assert b"One result" not in client.get("/search/", {"q": "pledge"}).content
    add_version(drawn, text="I come.", by=cast.staff, at=cast.at)
    assert search(client, None, "pledge") == [("/undertakings/quorum-pledge/", "Quorum pledge")]
    assert len(search(client, cast.peer, "pledge", kind="undertaking")) == 1


def test_two_texts_of_statements_serve_whatever_kinds_are_found(cast, client):
    topic = say(cast, "Quorum rule", "It takes a plurality.")
    reply(cast, topic, "A third makes a council of its own.")
    client.force_login(cast.leaver)
    texts = set()
    for words in ("plurality", "quorum", "third", "tomasz", "financial", "dermatology", "council", "nosuchword"):
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": words})
        texts |= {query["sql"] for query in queries if "json_agg" in query["sql"] and "entries_passage" in query["sql"]}
    assert len(texts) == 2


@pytest.mark.parametrize("words", ["quorum", '"a quorum"', "quo"])
def test_finding_more_takes_no_more_queries(cast, client, words):
    say(cast, "First", "It takes a quorum.")
    client.force_login(cast.leaver)
    client.get("/search/?q=anything")
    counts = []
    for wanted in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/search/", {"q": words}).content.decode()
        assert page.count(RESULT) == wanted
        counts.append(len(queries))
        for title in ("Second", "Third"):
            say(cast, title, "It takes a quorum.", part="colleague")
    assert counts[0] == counts[1]
