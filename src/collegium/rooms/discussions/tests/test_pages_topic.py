"""The page of a topic: what it costs, where it opens, what each reader sees on it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.groups import actions as groups
from collegium.core.notices.models import Notification
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post, ReadMark

from .factories import first_post, make_answer, make_topic
from .without_script import read


def queries_of(client, path):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    return response, len(captured)


def with_posts(cast, count, **facts):
    topic = make_topic(cast, **facts)
    for number in range(count - 1):
        make_answer(cast, topic, by=("colleague", "peer", "leaver")[number % 3])
    return topic


def mark_of(person, topic):
    return ReadMark.objects.filter(person=person, topic=topic).values_list("number", flat=True).first()


# --- what it costs


@pytest.mark.parametrize("part", ["peer", "colleague", "leaver"])
def test_a_topic_of_1_3_and_20_posts_costs_the_same_six_queries(cast, client, part):
    client.force_login(getattr(cast, part))
    counts = []
    for posts in (1, 3, 20):
        path = with_posts(cast, posts).get_absolute_url()
        client.get(f"{path}?from=1")
        response, queries = queries_of(client, f"{path}?from=1")
        assert response.status_code == 200
        counts.append(queries)
    assert counts == [6, 6, 6]


def test_a_page_far_back_in_a_long_topic_costs_no_more(cast, client):
    path = with_posts(cast, 63).get_absolute_url()
    client.force_login(cast.peer)
    client.get(f"{path}?from=61")
    assert [queries_of(client, f"{path}?from={number}")[1] for number in (1, 21, 61)] == [6, 6, 6]


def test_a_look_that_advances_the_mark_costs_one_statement_more(cast, client):
    path = with_posts(cast, 3).get_absolute_url()
    client.force_login(cast.leaver)
    assert queries_of(client, path)[1] == 7
    assert queries_of(client, path)[1] == 6


# --- who sees it


def test_a_topic_one_may_not_see_answers_as_one_that_is_not_there(cast, client):
    topic, missing = make_topic(cast), 987654
    nouns = ["", "audience/", "history/", "title/", "posts/", "posts/1/", "posts/1/edit/", "posts/1/history/"]
    nouns += ["posts/1/deletion/"]
    for part in ("outsider", "suspended", "newcomer", "delegate", "staff"):
        client.force_login(getattr(cast, part))
        for noun in nouns:
            unseen, unseen_queries = queries_of(client, f"/topics/{topic.pk}/{noun}")
            unknown, unknown_queries = queries_of(client, f"/topics/{missing}/{noun}")
            assert _answer(unseen, topic.pk) == _answer(unknown, missing), (part, noun)
            assert (unseen.status_code, unseen_queries) == (404, unknown_queries), (part, noun)


def test_a_deed_on_a_topic_one_may_not_see_answers_as_one_that_is_not_there(cast, client):
    topic, missing = make_topic(cast), 987654
    make_answer(cast, topic)
    nouns = ["posts/", "pin/", "unpin/", "closure/", "reopening/", "follow/", "mute/", "unfollow/", "title/"]
    nouns += [f"posts/2/{noun}/" for noun in ("edit", "deletion", "acceptance", "unacceptance")]
    client.force_login(cast.newcomer)
    events = Event.objects.count()
    for noun in nouns:
        unseen = client.post(f"/topics/{topic.pk}/{noun}", {"raw": "x", "title": "x"})
        unknown = client.post(f"/topics/{missing}/{noun}", {"raw": "x", "title": "x"})
        assert unseen.status_code == 404, noun
        assert _answer(unseen, topic.pk) == _answer(unknown, missing), noun
    assert Event.objects.count() == events


def _answer(response, number):
    """All one can learn of an answer; the address one typed is one's own, and each request has a number."""
    headers = {
        name: value for name, value in response.headers.items() if name not in ("X-Request-ID", "Content-Length")
    }
    return response.status_code, headers, response.content.replace(f"/topics/{number}/".encode(), b"")


def test_a_topic_is_not_shown_to_nobody(cast, client):
    topic = make_topic(cast)
    response = client.get(topic.get_absolute_url())
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/")


def test_who_loses_the_seat_loses_the_topic(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.colleague)
    assert client.get(topic.get_absolute_url()).status_code == 200
    from collegium.core.people import actions as people

    tenure = cast.tenures["colleague"]
    people.end_tenure(tenure, last_day=tenure.starts_on, by=cast.staff, at=cast.at)
    assert client.get(topic.get_absolute_url()).status_code == 404


# --- where it opens


def test_a_topic_never_opened_begins_at_its_beginning(cast, client):
    topic = with_posts(cast, 45, by="leaver")
    client.force_login(cast.colleague)
    ReadMark.objects.filter(person=cast.colleague).delete()
    page = read(client, topic.get_absolute_url())
    assert page.path == topic.get_absolute_url()
    assert _numbers(page) == list(range(1, 21))
    assert mark_of(cast.colleague, topic) == 20


def test_a_topic_with_something_new_opens_at_the_first_of_it(cast, client):
    topic = with_posts(cast, 45)
    actions.advance_read_mark(topic, number=30, viewer=cast.viewer("leaver"), at=cast.at)
    ReadMark.objects.filter(person=cast.leaver).update(number=30)
    client.force_login(cast.leaver)
    response = client.get(topic.get_absolute_url())
    assert (response.status_code, response.headers["Location"]) == (302, f"/topics/{topic.pk}/?from=21#since")
    page = read(client, topic.get_absolute_url())
    assert _numbers(page) == list(range(21, 41))
    before, _line, after = page.text.partition('<p class="since" id="since">')
    assert 'id="post-30"' in before
    assert 'id="post-31"' in after
    assert mark_of(cast.leaver, topic) == 40


def test_a_topic_read_to_its_end_opens_where_it_stands(cast, client):
    topic = with_posts(cast, 45)
    ReadMark.objects.update_or_create(person=cast.leaver, topic=topic, defaults={"number": 45, "at": cast.at})
    client.force_login(cast.leaver)
    page = read(client, topic.get_absolute_url())
    assert _numbers(page) == list(range(41, 46))
    assert not page.says("new since you last looked")


def test_a_page_that_shows_nothing_new_says_where_to_go_on(cast, client):
    topic = with_posts(cast, 45)
    ReadMark.objects.update_or_create(person=cast.leaver, topic=topic, defaults={"number": 30, "at": cast.at})
    client.force_login(cast.leaver)
    page = read(client, f"{topic.get_absolute_url()}?from=1")
    assert page.says("Continue where you left off, at post 31")
    assert f"/topics/{topic.pk}/?from=21#since" in page.links()
    assert mark_of(cast.leaver, topic) == 30


def test_what_was_marked_read_with_the_group_is_not_new(cast, client):
    topic = with_posts(cast, 3)
    actions.mark_all_read(cast.cfos, viewer=cast.viewer("leaver"), at=cast.at)
    ReadMark.objects.filter(person=cast.leaver).delete()
    client.force_login(cast.leaver)
    assert not read(client, topic.get_absolute_url()).says("new since you last looked")


@pytest.mark.parametrize("asked", ["", "0", "-3", "abc", "9" * 40, "²", "1e3", "21 OR 1=1", "%00"])
def test_a_page_that_is_not_one_is_the_beginning(cast, client, asked):
    topic = with_posts(cast, 3)
    client.force_login(cast.peer)
    response = client.get(f"{topic.get_absolute_url()}?from={asked}")
    assert response.status_code in (200, 302)


def test_a_page_beyond_the_end_is_the_last(cast, client):
    topic = with_posts(cast, 25)
    client.force_login(cast.peer)
    assert _numbers(read(client, f"{topic.get_absolute_url()}?from=999")) == list(range(21, 26))


def test_pages_lead_to_their_neighbours(cast, client):
    topic = with_posts(cast, 61)
    client.force_login(cast.peer)
    page = read(client, f"{topic.get_absolute_url()}?from=25")
    assert page.says("Posts 21–40 of 61")
    here = topic.get_absolute_url()
    beside = [link for link in page.links() if "?from=" in link and "#" not in link]
    assert beside == [f"{here}?from={number}" for number in (1, 1, 41, 61)] * 2


def test_a_post_has_a_lasting_address(cast, client):
    topic = with_posts(cast, 25)
    client.force_login(cast.peer)
    response = client.get(f"/topics/{topic.pk}/posts/23/")
    assert response.headers["Location"] == f"/topics/{topic.pk}/?from=21#post-23"
    assert client.get(f"/topics/{topic.pk}/posts/26/").status_code == 404
    assert client.get(f"/topics/{topic.pk}/posts/{'9' * 30}/").status_code == 404


def _numbers(page):
    anchors = [dict(article.attributes).get("id", "") for article in page.elements("article")]
    return [int(anchor.removeprefix("post-")) for anchor in anchors if anchor.startswith("post-")]


# --- what differs by reader


def test_the_same_articles_are_shown_to_everybody(cast, client):
    topic = with_posts(cast, 3)
    stored = list(Post.objects.filter(topic=topic).order_by("number").values_list("article", flat=True))
    client.force_login(cast.leaver)
    # The leaver wrote nothing here and runs nothing: but for a way to report them, the articles are as they are stored.
    Post.objects.filter(topic=topic, author=cast.leaver).update(author=cast.peer)
    shown = re.sub('<span class="own">.*?</span>', "", read(client, topic.get_absolute_url()).text)
    assert "\n".join(stored) in shown


@pytest.mark.parametrize(
    ("part", "deeds"),
    [
        (
            "peer",
            {2: ["Accept this answer", "Report"], 3: ["Accept this answer", "Report"], 1: ["Edit", "Delete"]},
        ),
        (
            "colleague",
            {
                1: ["Delete", "Report"],
                2: ["Accept this answer", "Edit", "Delete"],
                3: ["Accept this answer", "Delete", "Report"],
            },
        ),
        ("leaver", {1: ["Report"], 2: ["Report"], 3: ["Edit", "Delete"]}),
    ],
)
def test_each_reader_is_offered_what_the_rules_allow(cast, client, part, deeds):
    topic = make_topic(cast)
    make_answer(cast, topic)
    make_answer(cast, topic, by="leaver")
    client.force_login(getattr(cast, part))
    page = read(client, f"{topic.get_absolute_url()}?from=1")
    assert {number: _own(page, number) for number in (1, 2, 3) if _own(page, number)} == deeds


def _own(page, number):
    """What is offered on a post beside answering it."""
    article = page.text.partition(f'id="post-{number}" ')[2].partition("</article>")[0]
    own = article.partition('<span class="own">')[2]
    return [piece.partition(">")[2].partition("<")[0] for piece in own.split('"button quiet small"')[1:]]


def test_the_accepted_answer_is_framed_and_one_step_away(cast, client):
    topic = with_posts(cast, 25)
    post = Post.objects.get(topic=topic, number=23)
    actions.accept_answer(post, viewer=cast.viewer("peer"), at=cast.at)
    client.force_login(cast.leaver)
    first = read(client, f"{topic.get_absolute_url()}?from=1")
    assert not first.says("Accepted answer</p>")
    assert f"/topics/{topic.pk}/?from=21#post-23" in first.links()
    second = read(client, f"{topic.get_absolute_url()}?from=21")
    assert second.text.count("Accepted answer</p>") == 1
    assert second.says('<article class="post answer" id="post-23"')


def test_a_deleted_post_leaves_a_tombstone_without_buttons(cast, client):
    topic = make_topic(cast)
    post = make_answer(cast, topic, raw="Something regretted")
    actions.delete_post(post, viewer=cast.viewer("colleague"), at=cast.at)
    for part in ("peer", "colleague"):
        client.force_login(getattr(cast, part))
        page = read(client, f"{topic.get_absolute_url()}?from=1")
        assert page.says("Deleted by its author.")
        assert not page.says("Something regretted")
        assert _own(page, 2) == []


def test_a_closed_topic_is_read_and_not_answered(cast, client):
    topic = make_topic(cast)
    actions.close_topic(topic, viewer=cast.viewer("peer"), at=cast.at)
    client.force_login(cast.colleague)
    page = read(client, topic.get_absolute_url())
    assert page.says("This topic is closed: it can be read, but not answered.")
    assert "Answer" not in page.buttons()
    assert page.says('<section class="conversation silent"')
    assert client.get(f"/topics/{topic.pk}/posts/").status_code == 403


def test_markup_in_a_title_and_a_name_is_text(cast, client):
    cast.peer.name = "<script>alert(1)</script>"
    cast.peer.save(update_fields=["name"])
    topic = make_topic(
        cast, title="<img src=x onerror=alert(2)>", raw="<script>alert(3)</script> <svg onload=alert(4)>"
    )
    client.force_login(cast.colleague)
    text = read(client, topic.get_absolute_url()).text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "<svg onload" not in text


def test_who_speaks_for_two_societies_is_asked_for_which(cast, client):
    groups.join_group(
        cast.membership, tenure=cast.tenures["two_seats_reef"], viewer=cast.viewer("two_seats"), at=cast.at
    )
    topic = make_topic(cast, by="two_seats", group=cast.membership)
    client.force_login(cast.two_seats)
    page = read(client, topic.get_absolute_url())
    assert [
        dict(e.attributes)["value"] for e in page.elements("input") if dict(e.attributes).get("type") == "radio"
    ] == [
        str(cast.tenures["two_seats"].pk),
        str(cast.tenures["two_seats_reef"].pk),
    ]


# --- beside it


def test_the_bell_is_quiet_about_a_topic_one_has_looked_at(cast, client):
    topic = make_topic(cast)
    event = Event.objects.filter(entry=topic.entry).latest("pk")
    for entry in (topic.entry, cast.cfos.entry):
        Notification.objects.create(
            person=cast.leaver, notice=f"discussions.{entry.pk}", event=event, entry=entry, at=cast.at
        )
    client.force_login(cast.leaver)
    read(client, topic.get_absolute_url())
    unseen = Notification.objects.filter(person=cast.leaver, seen_at=None)
    assert [notification.entry_id for notification in unseen] == [cast.cfos.pk]


def test_who_can_see_it_is_counted_by_society(cast, client):
    topic = make_topic(cast)
    client.force_login(cast.peer)
    page = read(client, topic.get_absolute_url())
    assert page.says("The members of Chief Financial Officers, and nobody without their knowing.")
    whole = page.open("audience/")
    assert whole.says("3 people of 3 societies")
    for society in ("Society of Lagoon Cardiology", "College of Harbour Surgeons", "Academy of Reef Dermatology"):
        assert whole.says(society)
    beside = client.get(f"/topics/{topic.pk}/audience/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in beside
    assert "3 people of 3 societies" in beside


def test_its_history_tells_what_was_done(cast, client):
    topic = make_topic(cast)
    make_answer(cast, topic, raw="Secret words")
    client.force_login(cast.peer)
    page = read(client, topic.get_absolute_url()).open("history/")
    assert page.says("Tomasz Halloran wrote post 2")
    assert page.says("for College of Harbour Surgeons")
    assert not page.says("Secret words")


def test_looking_changes_nothing_in_the_books(cast, client):
    topic = with_posts(cast, 3)
    before = Event.objects.count(), first_post(topic).article
    client.force_login(cast.leaver)
    for noun in ("", "audience/", "history/", "posts/", "posts/?to=2"):
        assert client.get(f"/topics/{topic.pk}/{noun}").status_code == 200
        assert client.head(f"/topics/{topic.pk}/{noun}").status_code == 200
    assert (Event.objects.count(), first_post(topic).article) == before
