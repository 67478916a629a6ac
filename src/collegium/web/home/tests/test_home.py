"""Home: what is new since one last looked, what one began, what waits for an answer."""

from datetime import timedelta

import pytest
import time_machine

from collegium.core.groups import actions as groups
from collegium.core.people.models import Person
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.tests.factories import make_answer, make_topic
from collegium.web.home import visits
from collegium.web.tests.reading import texts

pytestmark = pytest.mark.django_db


def parts(page):
    """Title, then sections with their rows, in the order of the page."""
    return texts(page, "h1")[0], texts(page, "h2"), texts(page, "h3")


def looked(part, cast, at):
    Person.objects.filter(pk=getattr(cast, part).pk).update(looked_at=at)


def test_the_first_look_shows_what_goes_on(cast, visit):
    make_topic(cast, title="Old question")
    assert parts(visit("colleague").get("/")) == (
        "What is going on in your groups",
        ["In your groups", "Your groups", "Your seats"],
        ["Old question"],
    )


def test_news_stand_by_group_above_what_came_earlier(cast, visit):
    make_topic(cast, title="Old question")
    looked("colleague", cast, cast.at + timedelta(minutes=1))
    make_topic(cast, title="New question", at=cast.at + timedelta(minutes=2))
    assert parts(visit("colleague").get("/")) == (
        "One topic has something new",
        ["Chief Financial Officers", "Earlier", "Your groups", "Your seats"],
        ["New question", "Old question"],
    )


def test_what_one_wrote_oneself_is_no_news(cast, visit):
    looked("peer", cast, cast.at - timedelta(minutes=1))
    make_topic(cast, title="My question")
    title, sections, _rows = parts(visit("peer").get("/"))
    assert (title, sections[0]) == ("Nothing new since you last looked", "Your open questions 1")


def test_one_continues_where_one_left_off(cast, visit):
    topic = make_topic(cast, title="Long talk")
    actions.advance_read_mark(topic, number=1, viewer=cast.viewer("colleague"), at=cast.at)
    make_answer(cast, topic, by="leaver")
    looked("colleague", cast, cast.at + timedelta(minutes=1))
    _title, sections, rows = parts(visit("colleague").get("/"))
    assert (sections[0], rows) == ("Continue where you left off", ["Long talk"])


def test_an_answered_question_is_no_longer_open(cast, visit):
    topic = make_topic(cast)
    answer = make_answer(cast, topic)
    assert "Your open questions 1" in texts(visit("peer").get("/"), "h2")
    actions.accept_answer(answer, viewer=cast.viewer("peer"), at=cast.at)
    assert "Your open questions 1" not in texts(visit("peer").get("/"), "h2")


def test_requests_wait_for_those_who_answer_them_and_not_for_whoever_asks(cast, visit):
    viewer = cast.viewer("newcomer")
    groups.request_to_join(cast.counsels, tenure=cast.tenures["newcomer"], note="", viewer=viewer, at=cast.at)
    told = {part: texts(visit(part).get("/"), "div.banner") for part in ("staff", "peer", "newcomer")}
    words = "Note: Somebody waits for your answer General Counsels : one request to join"
    assert told == {"staff": [words], "peer": [], "newcomer": []}


def test_groups_one_could_join_are_offered(cast, visit):
    page = visit("newcomer").get("/")
    assert "Groups you could join" in texts(page, "h2")
    assert {"General Counsels", "Membership"} <= set(texts(page, "a"))
    assert "Groups you could join" not in texts(visit("peer").get("/"), "h2")


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("peer", "Nobody has written in your groups yet"),
        ("newcomer", "You are in no group yet"),
        ("liaison", "You are in no group yet"),
        ("outsider", "You hold no seat at the moment"),
    ],
)
def test_an_empty_home_says_what_to_do(visit, part, title):
    assert title in texts(visit(part).get("/"), "h2")


def test_nothing_of_groups_one_is_not_in_stands_there(cast, visit):
    make_topic(cast, title="Canary in the accounts")
    seen = {part for part in cast.parts if b"Canary" in visit(part).get("/").content}
    assert seen == {"peer", "colleague", "leaver"}


def test_a_look_is_remembered_once_in_five_minutes_and_a_visit_keeps_its_news(cast, visit, today):
    looked("colleague", cast, cast.at)
    make_topic(cast, title="New question", at=cast.at + timedelta(minutes=1))
    client = visit("colleague")
    for minutes, remembered in ((0, 0), (4, 0), (6, 6), (20, 20)):
        with time_machine.travel(today + timedelta(minutes=minutes), tick=False):
            assert texts(client.get("/"), "h1") == ["One topic has something new"]
        cast.colleague.refresh_from_db()
        assert cast.colleague.looked_at == today + timedelta(minutes=remembered)
    with time_machine.travel(today + timedelta(hours=2), tick=False):
        assert texts(client.get("/"), "h1") == ["Nothing new since you last looked"]


@pytest.mark.parametrize("cookie", ["", "x", "-1", "99999999999", "9" * 40])
def test_a_strange_cookie_is_no_visit(cast, visit, today, cookie):
    looked("colleague", cast, today - timedelta(minutes=1))
    client = visit("colleague")
    client.cookies[visits.COOKIE] = cookie
    assert texts(client.get("/"), "h1") == ["Nothing new since you last looked"]


@pytest.mark.parametrize("part", ["peer", "colleague", "staff", "newcomer", "outsider"])
def test_home_is_six_questions_however_much_is_new(cast, visit, part, django_assert_max_num_queries):
    client = visit(part)
    for number in range(3):
        with django_assert_max_num_queries(6):
            client.get("/")
        make_answer(cast, make_topic(cast, title=f"Topic {number}"))
