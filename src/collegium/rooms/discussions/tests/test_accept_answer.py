"""Accepting an answer, and no longer accepting it: the whole story."""

import pytest

from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Topic

from .factories import fail_after, first_post, last_event, make_answer, make_topic, refused, tell


@pytest.fixture
def answer(cast):
    return make_answer(cast, make_topic(cast), by="leaver")


def accept(cast, post, by="peer"):
    return actions.accept_answer(post, viewer=cast.viewer(by), at=cast.at)


def unaccept(cast, topic, by="peer"):
    return actions.unaccept_answer(topic, viewer=cast.viewer(by), at=cast.at)


@pytest.mark.parametrize("by", ["peer", "colleague"])
def test_accept_answer_is_for_whoever_asked_and_for_officers(cast, answer, by):
    accept(cast, answer, by)
    topic = Topic.objects.select_related("entry").get(pk=answer.topic_id)
    assert (topic.accepted, topic.accepted_by, topic.accepted_at) == (answer, getattr(cast, by), cast.at)
    assert topic.entry.state == "answered"


def test_accept_answer_takes_the_place_of_the_one_before(cast, answer):
    accept(cast, answer)
    better = make_answer(cast, answer.topic)
    accept(cast, better)
    assert Topic.objects.get(pk=answer.topic_id).accepted == better


def test_accept_answer_of_a_closed_question_leaves_it_closed(cast, answer):
    actions.close_topic(answer.topic, viewer=cast.viewer("peer"), at=cast.at)
    accept(cast, answer)
    assert Topic.objects.select_related("entry").get(pk=answer.topic_id).entry.state == "closed"


def test_accept_answer_is_refused_to_others(cast, answer):
    with refused("Only whoever opened the topic or an officer of the group can do this."):
        accept(cast, answer, by="leaver")


def test_accept_answer_is_refused_for_the_question_itself(cast, answer):
    with refused("The question itself cannot be its answer."):
        accept(cast, first_post(answer.topic))


def test_accept_answer_is_refused_in_a_discussion(cast):
    post = make_answer(cast, make_topic(cast, kind="discussion"))
    with refused("Only a question has an accepted answer."):
        accept(cast, post)


def test_accept_answer_is_refused_for_a_deleted_post(cast, answer):
    actions.delete_post(answer, viewer=cast.viewer("leaver"), at=cast.at)
    with refused("This post was deleted."):
        accept(cast, answer)


def test_accept_answer_is_refused_a_second_time(cast, answer):
    accept(cast, answer)
    with refused("This is the accepted answer already."):
        accept(cast, answer)


def test_accept_answer_records_and_tells_whoever_gave_it(cast, answer):
    tell()
    accept(cast, answer)
    event = last_event()
    assert (event["name"], event["actor_id"], event["thing_id"], event["facts"]) == (
        "answer.accepted",
        cast.peer.pk,
        answer.pk,
        {"part": "post", "part_id": answer.pk, "number": 2},
    )
    assert tell() == [("kekoa-lindgren", "AnswerAccepted")]


def test_accept_answer_of_ones_own_tells_nobody(cast):
    post = make_answer(cast, make_topic(cast), by="peer")
    tell()
    accept(cast, post)
    assert tell() == []


def test_accept_answer_changes_nothing_if_its_transaction_fails(cast, answer):
    fail_after(lambda: accept(cast, answer))


def test_unaccept_answer_opens_the_question_again(cast, answer):
    accept(cast, answer)
    unaccept(cast, answer.topic, by="colleague")
    topic = Topic.objects.select_related("entry").get(pk=answer.topic_id)
    assert (topic.accepted, topic.accepted_by, topic.accepted_at, topic.entry.state) == (None, None, None, "open")


def test_unaccept_answer_is_refused_where_none_is_accepted_and_to_others(cast, answer):
    with refused("No answer is accepted."):
        unaccept(cast, answer.topic)
    with refused("Only whoever opened the topic or an officer of the group can do this."):
        unaccept(cast, answer.topic, by="leaver")


def test_unaccept_answer_records_which_post_it_was(cast, answer):
    accept(cast, answer)
    tell()
    unaccept(cast, answer.topic)
    event = last_event()
    assert (event["name"], event["thing"], event["facts"]) == (
        "answer.unaccepted",
        "discussions.topic",
        {"part": "post", "part_id": answer.pk, "number": 2},
    )
    assert tell() == []


def test_unaccept_answer_changes_nothing_if_its_transaction_fails(cast, answer):
    accept(cast, answer)
    fail_after(lambda: unaccept(cast, answer.topic))
