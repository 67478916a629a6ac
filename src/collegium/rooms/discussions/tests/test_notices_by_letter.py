"""What concerns one's own posts goes by letter; a mention whose post comes by letter does not come twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.mail.models import Delivery
from collegium.core.notices import actions as notices
from collegium.rooms.discussions import actions

from .factories import make_answer, make_topic
from .posted import a_relay, letters_to, send, tell_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def relay(settings):
    with a_relay(settings) as relay:
        yield relay


def subjects(relay, who):
    return [str(letter["Subject"]) for letter in letters_to(relay, who)]


def edited_to_mention(cast, topic):
    post = topic.posts.get(number=1)
    actions.edit_post(post, raw=f"What does @{cast.leaver.handle} say?", viewer=cast.viewer("peer"), at=cast.at)
    tell_all(at=cast.at)


@pytest.mark.parametrize("sent_before", [True, False])
def test_a_mention_by_an_edit_is_no_letter_where_the_post_came_by_one(cast, relay, sent_before):
    topic = make_topic(cast)
    tell_all(at=cast.at)
    if sent_before:
        send(at=cast.at)
    edited_to_mention(cast, topic)
    send(at=cast.at)
    assert len(subjects(relay, "leaver")) == 1


def test_a_mention_by_an_edit_is_a_letter_to_who_got_none(cast, relay):
    notices.choose_level(cast.cfos.entry, level="mentions", by=cast.leaver)
    topic = make_topic(cast, title="Which auditors?")
    tell_all(at=cast.at)
    edited_to_mention(cast, topic)
    tell_all(at=cast.at)
    send(at=cast.at)
    assert subjects(relay, "leaver") == ["Ines Okafor mentions you · Which auditors?"]


def test_such_a_letter_is_not_sent_once_the_post_is_deleted(cast, relay):
    notices.choose_level(cast.cfos.entry, level="mentions", by=cast.leaver)
    topic = make_topic(cast)
    tell_all(at=cast.at)
    edited_to_mention(cast, topic)
    actions.delete_post(topic.posts.get(), viewer=cast.viewer("peer"), at=cast.at)
    send(at=cast.at)
    assert subjects(relay, "leaver") == []


def test_whose_answer_is_accepted_hears_it_by_letter(cast, relay):
    topic = make_topic(cast, title="Which auditors?")
    answer = make_answer(cast, topic, by="leaver", tenure=cast.tenures["leaver"])
    actions.accept_answer(answer, viewer=cast.viewer("peer"), at=cast.at)
    tell_all(at=cast.at, names=("answer.",))
    send(at=cast.at + timedelta(minutes=1))
    assert subjects(relay, "leaver") == ["Ines Okafor accepts your answer · Which auditors?"]
    assert Delivery.objects.filter(mailing__kind="discussions.AnswerAccepted").count() == 1
