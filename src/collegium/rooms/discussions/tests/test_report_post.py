"""Reporting a post to the officers: its whole story."""

import pytest

from collegium.core.groups import actions as groups
from collegium.core.trail.models import Event
from collegium.core.trail.queries import history
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Report
from collegium.rooms.discussions.queries.moderation import waiting_reports

from .factories import fail_after, first_post, last_event, make_answer, make_topic, refused, tell

SECRET = "canary-5518"


@pytest.fixture
def post(cast):
    """An answer of the leaver, who is no officer."""
    made = make_answer(cast, make_topic(cast), by="leaver")
    tell()
    return made


def report(cast, post, by="peer", reason="conduct", words=""):
    return actions.report_post(post, reason=reason, words=words, viewer=cast.viewer(by), at=cast.at)


def test_report_post_keeps_who_why_and_when(cast, post):
    made = report(cast, post, words="  Not how we speak. ")
    stored = Report.objects.get(pk=made.pk)
    assert (stored.post, stored.by, stored.reason, stored.words, stored.at, stored.state, stored.decided_by) == (
        post,
        cast.peer,
        "conduct",
        "Not how we speak.",
        cast.at,
        "open",
        None,
    )


def test_report_post_is_recorded_for_the_officers_without_its_words(cast, post):
    made = report(cast, post, words=SECRET)
    event = last_event()
    assert (event["name"], event["actor_id"], event["entry_id"], event["audience_id"], event["facts"]) == (
        "post.reported",
        cast.peer.pk,
        post.topic_id,
        cast.cfos.officers_audience_id,
        {"number": 2, "group": cast.cfos.pk, "report": made.pk, "to_team": False},
    )


def test_report_post_is_told_to_the_officers_and_to_nobody_else(cast, post):
    report(cast, post)
    assert tell() == [("tomasz-halloran", "PostReported")]


def test_report_post_does_not_tell_its_author_who_reported_it(cast, post):
    report(cast, post)
    told = [row["sentence"] for row in history(post.entry, cast.viewer("leaver"))]
    assert not [sentence for sentence in told if "reported" in sentence]
    assert waiting_reports(cast.cfos, cast.viewer("leaver")) == []


def test_report_post_of_an_officer_is_kept_from_that_officer(cast):
    post = make_answer(cast, make_topic(cast), by="colleague")
    report(cast, post)
    officer = cast.viewer("colleague")
    assert waiting_reports(cast.cfos, officer) == []
    assert not [row for row in history(post.entry, officer) if "reported" in row["sentence"]]
    assert not [row for row in history(cast.cfos.entry, officer) if "reported" in row["sentence"]]


def test_report_post_that_no_officer_can_decide_is_told_to_the_team(cast):
    post = make_answer(cast, make_topic(cast), by="colleague")
    tell()
    report(cast, post, words=SECRET)
    assert tell() == [("mara-quist", "PostReported"), ("olu-fenwick", "PostReported")]
    event = Event.objects.latest("pk")
    assert (event.entry_id, event.facts["to_team"]) == (cast.cfos.pk, True)


def test_report_post_of_an_officer_is_decided_by_another(cast):
    groups.name_officer(
        cast.cfos, tenure=cast.tenures["leaver"], role="vice_chair", viewer=cast.viewer("staff"), at=cast.at
    )
    post = make_answer(cast, make_topic(cast), by="colleague")
    tell()
    report(cast, post)
    assert tell() == [("kekoa-lindgren", "PostReported")]
    assert [row["post"] for row in waiting_reports(cast.cfos, cast.viewer("leaver"))] == [post]


@pytest.mark.parametrize(
    ("by", "facts", "reason"),
    [
        ("leaver", {}, "This is your own post: delete it if it should not stand."),
        ("staff", {}, "You can no longer see this topic."),
        ("peer", {"reason": "dull"}, "Choose what is wrong with it."),
        ("peer", {"reason": "other"}, "Say in a few words what is wrong with it."),
        ("peer", {"words": "x" * 2001}, "This is too long: 2,001 characters, and there is room for 2,000."),
    ],
)
def test_report_post_is_refused(cast, post, by, facts, reason):
    with refused(reason):
        report(cast, post, by=by, **facts)


def test_report_post_is_refused_a_second_time(cast, post):
    report(cast, post)
    with refused("You have reported this post already."):
        report(cast, post, reason="other", words="Again.")
    assert report(cast, post, by="colleague").post == post


def test_report_post_is_refused_for_a_tombstone(cast, post):
    actions.delete_post(post, viewer=cast.viewer("leaver"), at=cast.at)
    with refused("This post was deleted."):
        report(cast, post)


def test_report_post_is_taken_of_the_opening_post(cast):
    topic = make_topic(cast)
    assert report(cast, first_post(topic), by="leaver").post.number == 1


def test_report_post_leaves_nothing_changed_if_its_transaction_fails(cast, post):
    fail_after(lambda: report(cast, post))
