"""Continuing a topic in another group, with its opening post, if its author agrees: the whole story."""

from datetime import timedelta

import pytest

from collegium.core.entries.models import Link
from collegium.core.groups import actions as groups
from collegium.core.groups.tests.factories import make_group
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Continuation, HeldPost, Post, Topic

from .factories import fail_after, first_post, last_event, make_answer, make_topic, refused, tell


@pytest.fixture
def money(cast):
    """A wider group of finance officers and others; the peer and the colleague are in both."""
    return make_group("Money", "cfo", "membership", slug="money")


@pytest.fixture
def topic(cast, money):
    """The peer's question, with an answer."""
    made = make_topic(cast, raw="How *much*?")
    make_answer(cast, made)
    tell()
    return made


def propose(cast, topic, money, by="colleague", at=None):
    return actions.propose_continuation(topic, to=money, viewer=cast.viewer(by), at=at or cast.at)


def agree(cast, made, by="peer", at=None):
    at = at or cast.at
    return actions.agree_to_continuation(made, viewer=cast.viewer(by, at), at=at)


def decline(cast, made, by="peer", at=None):
    at = at or cast.at
    return actions.decline_continuation(made, viewer=cast.viewer(by, at), at=at)


def test_propose_continuation_asks_the_author_and_changes_nothing_else(cast, topic, money):
    made = propose(cast, topic, money)
    assert (made.author_id, made.proposed_by, made.audience, made.state) == (
        cast.peer.pk,
        cast.colleague,
        money.circle.audience,
        "waiting",
    )
    event = last_event()
    assert (event["name"], event["entry_id"], event["audience_id"], event["facts"]) == (
        "continuation.proposed",
        topic.pk,
        cast.cfos.officers_audience_id,
        {"continuation": made.pk},
    )
    assert tell() == [("ines-okafor", "ContinuationProposed")]
    assert Topic.objects.count() == 1


def test_agree_to_continuation_opens_a_topic_with_the_opening_post_alone(cast, topic, money):
    opened = agree(cast, propose(cast, topic, money))
    assert (opened.group_id, opened.entry.title, opened.kind, opened.entry.audience_id, opened.entry.author) == (
        money.pk,
        topic.entry.title,
        topic.kind,
        money.circle.audience_id,
        cast.peer,
    )
    posts = Post.objects.filter(topic=opened)
    assert list(posts.values_list("raw", "author", "tenure")) == [
        ("How *much*?", cast.peer.pk, cast.tenures["peer"].pk)
    ]
    link = Link.objects.get()
    assert (link.kind, link.source_id, link.target_id) == ("continues", opened.pk, topic.pk)


def test_agree_to_continuation_is_recorded_and_told_to_whoever_proposed_it(cast, topic, money):
    made = propose(cast, topic, money)
    tell()
    agree(cast, made)
    assert Continuation.objects.get().state == "agreed"
    assert (last_event()["name"], last_event()["facts"]) == ("continuation.agreed", {"continuation": made.pk})
    assert ("tomasz-halloran", "ContinuationAgreed") in tell()


def test_decline_continuation_shows_nothing_and_is_told_to_whoever_proposed_it(cast, topic, money):
    made = propose(cast, topic, money)
    tell()
    decline(cast, made)
    assert (Continuation.objects.get().state, Topic.objects.count()) == ("declined", 1)
    assert last_event()["name"] == "continuation.declined"
    assert tell() == [("tomasz-halloran", "ContinuationDeclined")]
    propose(cast, topic, money)


def test_agree_to_continuation_waits_for_an_officer_where_the_group_holds(cast, topic, money):
    made = propose(cast, topic, money)
    groups.change_holding(money, holding="everybody", held_at_first=1, viewer=cast.viewer("staff"), at=cast.at)
    held = agree(cast, made)
    assert isinstance(held, HeldPost)
    assert (held.continues, held.title, held.raw) == (topic, topic.entry.title, "How *much*?")
    assert Topic.objects.count() == 1


def test_propose_continuation_is_refused_to_those_who_are_not_in_both(cast, topic, money):
    with refused("You can no longer see this topic."):
        propose(cast, topic, money, by="newcomer")
    with refused("You can continue it only in a group you are in."):
        propose(cast, topic, cast.ceos)
    with refused("This is where it is already."):
        propose(cast, topic, cast.cfos)


def test_propose_continuation_is_refused_where_its_author_could_not_read_the_answers(cast, topic):
    group = make_group("Few", slug="few", joining="invitation")
    groups.invite_person(group, tenure=cast.tenures["colleague"], viewer=cast.viewer("staff"), at=cast.at)
    with refused("Whoever opened the topic holds no seat in that group, and could not read the answers."):
        propose(cast, topic, group)


def test_propose_continuation_is_refused_twice_until_thirty_days_have_passed(cast, topic, money):
    propose(cast, topic, money)
    with refused("This is proposed already, and waits for whoever opened the topic."):
        propose(cast, topic, money, by="peer")
    propose(cast, topic, money, at=cast.at + timedelta(days=31))
    assert list(Continuation.objects.order_by("pk").values_list("state", flat=True)) == ["lapsed", "waiting"]


@pytest.mark.parametrize("deed", [agree, decline])
def test_a_proposal_is_answered_by_the_author_once_within_thirty_days(cast, topic, money, deed):
    made = propose(cast, topic, money)
    with refused("Only whoever opened the topic can answer this."):
        deed(cast, made, by="colleague")
    with refused("This was proposed more than thirty days ago; it can be proposed again."):
        deed(cast, made, at=cast.at + timedelta(days=31))
    decline(cast, made)
    with refused("This was answered already."):
        deed(cast, made)


def test_a_deleted_opening_post_is_continued_nowhere(cast, topic, money):
    made = propose(cast, topic, money)
    actions.delete_post(first_post(topic), viewer=cast.viewer("peer"), at=cast.at)
    reason = "The opening post was deleted: there is nothing to continue with."
    with refused(reason):
        agree(cast, made)
    decline(cast, made)
    with refused(reason):
        propose(cast, topic, money)


def test_a_group_that_was_widened_meanwhile_is_proposed_again(cast, topic, money):
    made = propose(cast, topic, money)
    wider = money.circle.policy | {"functions": ["cfo", "cio", "membership"]}
    groups.propose_widening(money, policy=wider, viewer=cast.viewer("staff"), at=cast.at)
    with refused("Meanwhile that group admits others than you were told of; it can be proposed again."):
        agree(cast, made)


@pytest.mark.parametrize("deed", [agree, decline])
def test_proposing_and_answering_leave_nothing_changed_if_their_transaction_fails(cast, topic, money, deed):
    fail_after(lambda: propose(cast, topic, money))
    made = propose(cast, topic, money)
    fail_after(lambda: deed(cast, made))
