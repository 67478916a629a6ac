"""An open question goes on to whoever follows: they may accept an answer to it; the whole story."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Topic
from collegium.rooms.discussions.queries import topic_for_page

from .factories import fail_after, last_event, make_answer, make_topic, make_upload, refused

LAST = date(2026, 5, 29)


@pytest.fixture
def heir(cast):
    cast.heir = make_person("Dora Deputy", email="dora@lagoon.example")
    cast.tenures["heir"] = make_tenure(cast.heir, cast.lagoon, "cfo", capacity="deputy")
    return cast.heir


@pytest.fixture
def topic(cast):
    return make_topic(cast)


@pytest.fixture
def departure(cast, topic):
    return people.begin_departure(cast.peer, organization=cast.lagoon, last_day=LAST, by=cast.liaison, at=cast.at)


def hand_on(cast, departure, to):
    return people.hand_on(departure, seats={}, things={("questions", cast.cfos.pk): to}, by=cast.liaison, at=cast.at)


def heir_of(topic):
    return Topic.objects.get(pk=topic.pk).handed_to


def test_a_question_handed_on_is_followed_and_its_history_says_so(cast, topic, heir):
    actions.hand_on_question(topic, to=heir, at=cast.at)
    assert heir_of(topic) == heir
    event = last_event()
    assert (event["name"], event["entry_id"], event["actor_id"], event["facts"]) == (
        "question.handed_on",
        topic.pk,
        None,
        {"to": heir.pk},
    )
    assert topic_for_page(cast.viewer("heir"), topic.pk).follow_state == "following"


def test_handing_on_to_the_same_person_again_changes_nothing(cast, topic, heir):
    actions.hand_on_question(topic, to=heir, at=cast.at)
    before = last_event()
    actions.hand_on_question(topic, to=heir, at=cast.at)
    assert last_event() == before


def test_only_an_open_question_is_handed_on(cast, topic, heir):
    answer = make_answer(cast, topic)
    actions.accept_answer(answer, viewer=cast.viewer("peer"), at=cast.at)
    for one in (topic, make_topic(cast, kind="discussion")):
        with refused("Only an open question is handed on."):
            actions.hand_on_question(one, to=heir, at=cast.at)
    with refused("This question is not handed on."):
        actions.take_back_question(topic, at=cast.at)


def test_each_is_taken_back_with_its_transaction(cast, topic, heir):
    fail_after(lambda: actions.hand_on_question(topic, to=heir, at=cast.at))
    actions.hand_on_question(topic, to=heir, at=cast.at)
    fail_after(lambda: actions.take_back_question(topic, at=cast.at))


def test_whoever_it_is_handed_on_to_accepts_an_answer_and_no_more(cast, topic, heir, departure):
    answer = make_answer(cast, topic)
    viewer = cast.viewer("heir")
    neither = "Only whoever opened the topic or an officer of the group can do this."
    with refused(neither):
        actions.accept_answer(answer, viewer=viewer, at=cast.at)
    hand_on(cast, departure, heir)
    with refused(neither):
        actions.retitle_topic(topic, title="Another", viewer=viewer, at=cast.at)
    with refused(neither):
        actions.close_topic(topic, viewer=viewer, at=cast.at)
    assert actions.accept_answer(answer, viewer=viewer, at=cast.at).topic.accepted_by == heir
    assert actions.unaccept_answer(topic, viewer=viewer, at=cast.at).accepted is None
    # Whoever asked is there until the last day.
    actions.accept_answer(answer, viewer=cast.viewer("peer"), at=cast.at)


def test_whoever_does_not_see_it_accepts_nothing(cast, topic, departure):
    answer = make_answer(cast, topic)
    hand_on(cast, departure, cast.liaison)
    with refused("You can no longer see this topic."):
        actions.accept_answer(answer, viewer=cast.viewer("liaison"), at=cast.at)


@pytest.mark.parametrize("deed", ["nobody", "another", "withdrawn"])
def test_the_right_ends_where_another_follows_or_nobody_does(cast, topic, heir, departure, deed):
    hand_on(cast, departure, heir)
    if deed == "withdrawn":
        people.withdraw_departure(departure, by=cast.liaison, at=cast.at)
    else:
        hand_on(cast, departure, cast.delegate if deed == "another" else None)
    assert heir_of(topic) == (cast.delegate if deed == "another" else None)
    answer = make_answer(cast, topic)
    with refused("Only whoever opened the topic or an officer of the group can do this."):
        actions.accept_answer(answer, viewer=cast.viewer("heir"), at=cast.at)


def test_a_successor_who_leaves_hands_it_on_again_and_has_it_back(cast, topic, heir, departure):
    hand_on(cast, departure, heir)
    later = people.begin_departure(heir, organization=cast.lagoon, last_day=LAST, by=cast.liaison, at=cast.at)
    hand_on(cast, later, cast.delegate)
    assert heir_of(topic) == cast.delegate
    people.withdraw_departure(later, by=cast.liaison, at=cast.at)
    assert heir_of(topic) == heir


def test_the_page_says_who_has_it_now_and_offers_them_to_accept(cast, topic, heir, departure, client):
    make_answer(cast, topic)
    client.force_login(heir)
    before = client.get(topic.get_absolute_url(), follow=True).content.decode()
    assert "acceptance/" not in before
    hand_on(cast, departure, heir)
    page = client.get(topic.get_absolute_url(), follow=True).content.decode()
    assert "Society of Lagoon Cardiology; handed on to Dora Deputy</p>" in page
    assert "posts/2/acceptance/" in page
    assert "title/" not in page
    assert "handed on to a successor" in client.get(f"{topic.get_absolute_url()}history/").content.decode()
    answer = client.post(f"{topic.get_absolute_url()}posts/2/acceptance/")
    assert answer.status_code in (302, 303)
    assert Topic.objects.get(pk=topic.pk).accepted_by == heir


def test_files_are_counted_by_group_and_never_named(cast, topic, departure, client):
    for name in ("canary-keys.csv", "canary-shares.csv"):
        make_answer(cast, topic, by="peer", attachments=[make_upload(cast, name, by="peer").pk])
    make_answer(cast, topic, attachments=[make_upload(cast, "of-another.csv").pk])
    client.force_login(cast.liaison)
    page = client.get(f"/desk/lagoon/departures/{departure.pk}/").content.decode()
    assert "2 files in Chief Financial Officers" in page
    assert "canary" not in page


def test_what_was_handed_on_before_topics_knew_of_it_is_the_successors_too(cast, topic, departure, heir):
    other = make_topic(cast, kind="discussion")
    hand_on(cast, departure, heir)
    Topic.objects.update(handed_to=None, handed_at=None)
    migration = import_module("collegium.rooms.discussions.migrations.0006_questions_handed_on_before")
    with connection.cursor() as cursor:
        cursor.execute(migration.HAND_ON)
    assert (heir_of(topic), heir_of(other)) == (heir, None)
