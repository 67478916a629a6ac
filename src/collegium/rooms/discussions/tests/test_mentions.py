"""Mentions: only people who may read the topic become links and are told."""

import pytest

from collegium.core.people.actions import close_account, end_tenure
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.queries.speakers import MOST_MENTIONED, mentionable

from .factories import make_answer, make_topic, tell

LINK = '<a href="/people/ines-okafor/" class="mention"'


def test_a_mention_of_a_member_is_a_link_with_their_name(cast):
    post = make_answer(cast, make_topic(cast), raw="Thank you, @ines-okafor!")
    assert f"Thank you, {LINK}" in post.article
    assert ">@Ines Okafor</a>!" in post.article
    assert post.mentions == [cast.peer.pk]


@pytest.mark.parametrize("handle", ["ruth-alder", "mara-quist", "oz-nobody", "nobody-at-all"])
def test_a_mention_of_somebody_who_may_not_read_it_stays_text_and_tells_nobody(cast, handle):
    topic = make_topic(cast)
    tell()
    post = make_answer(cast, topic, raw=f"What does @{handle} say?")
    assert f"What does @{handle} say?" in post.article
    assert post.mentions == []
    assert tell() == [("ines-okafor", "AnsweredMe")]


def test_a_mention_is_of_who_is_in_the_group_at_the_moment(cast):
    end_tenure(cast.tenures["leaver"], last_day=cast.at.date(), by=None, at=cast.at)
    close_account(cast.peer, by=cast.peer, at=cast.at)
    group = cast.cfos.circle.audience_id
    handles = ["ines-okafor", "kekoa-lindgren", "tomasz-halloran"]
    later = cast.viewer("colleague", at=cast.at.replace(month=9)).at
    assert sorted(mentionable(handles, group, cast.at)) == ["kekoa-lindgren", "tomasz-halloran"]
    assert list(mentionable(handles, group, later)) == ["tomasz-halloran"]


@pytest.mark.parametrize(
    "raw",
    ["`@ines-okafor`", "[@ines-okafor](https://example.org)", "write to x@ines-okafor.example", "\n\n    @ines-okafor"],
)
def test_a_handle_in_code_a_link_or_an_address_mentions_nobody(cast, raw):
    assert make_answer(cast, make_topic(cast), raw=f"So: {raw}").mentions == []


def test_a_handle_is_read_whatever_its_case(cast):
    assert make_answer(cast, make_topic(cast), raw="@Ines-Okafor?").mentions == [cast.peer.pk]


def test_a_mention_in_an_officers_topic_is_of_officers(cast):
    topic = make_topic(
        cast, by="colleague", audience_id=cast.cfos.officers_audience_id, raw="@ines-okafor must not know"
    )
    assert LINK not in topic.posts.get().article
    assert tell() == []


def test_no_more_than_thirty_are_mentioned_in_a_post(cast):
    handles = [f"handle-{number:03}" for number in range(MOST_MENTIONED)]
    assert list(mentionable([*handles, "ines-okafor"], cast.cfos.circle.audience_id, cast.at)) == []
    assert list(mentionable([*handles[1:], "ines-okafor"], cast.cfos.circle.audience_id, cast.at)) == ["ines-okafor"]


def test_a_mention_that_an_edit_takes_away_is_no_link_any_more(cast):
    post = make_answer(cast, make_topic(cast), raw="@ines-okafor, @kekoa-lindgren")
    edited = actions.edit_post(post, raw="@kekoa-lindgren", viewer=cast.viewer("colleague"), at=cast.at)
    assert edited.mentions == [cast.leaver.pk]
    assert LINK not in edited.article
