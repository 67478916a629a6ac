"""Editing a post: its whole story."""

from datetime import timedelta

import pytest

from collegium.core.entries.models import Passage
from collegium.core.people.actions import end_tenure
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post, Topic
from collegium.rooms.discussions.queries import revisions

from .factories import fail_after, last_event, make_answer, make_topic, make_upload, refused, tell
from .test_hold_posts import answer, hold

PASSES_BY = (
    "What you write here waits for the group's officers, and what is changed afterwards would pass them by: "
    "write an answer instead."
)


@pytest.fixture
def post(cast):
    return make_answer(cast, make_topic(cast), raw="Tow keys.", attachments=[make_upload(cast).pk])


def edit(cast, post, raw="Two keys.", by="colleague", at=None):
    return actions.edit_post(post, raw=raw, viewer=cast.viewer(by), at=at or cast.at)


def test_edit_post_changes_the_wording_and_says_so(cast, post):
    later = cast.at + timedelta(minutes=5)
    edit(cast, post, at=later)
    stored = Post.objects.get(pk=post.pk)
    assert (stored.raw, stored.edited_at, stored.at, stored.number) == ("Two keys.", later, cast.at, 2)
    assert "<p>Two keys.</p>" in stored.article
    assert f'<a href="/topics/{post.topic_id}/posts/2/history/">edited</a>' in stored.article


def test_edit_post_keeps_its_files_and_the_name_of_then(cast, post):
    cast.colleague.name = "Tomasz Halloran-Reyes"
    cast.colleague.save(update_fields=["name"])
    article = edit(cast, post).article
    assert "keys.csv" in article
    assert "Tomasz Halloran</a>" in article


def test_edit_post_keeps_each_earlier_wording(cast, post):
    edit(cast, post, "Two keys.")
    edit(cast, post, "Three keys.")
    kept = revisions(post, cast.viewer("leaver")).values_list("raw", "by")
    assert list(kept) == [("Two keys.", cast.colleague.pk), ("Tow keys.", cast.colleague.pk)]


def test_edit_post_shows_earlier_wordings_to_nobody_else(cast, post):
    edit(cast, post)
    seen = {part for part in cast.parts if revisions(post, cast.viewer(part)).exists()}
    assert seen == {"peer", "colleague", "leaver"}


def test_edit_post_makes_only_the_new_wording_findable(cast, post):
    edit(cast, post)
    found = Passage.objects.filter(part="post", part_id=post.pk)
    assert list(found.values_list("text", flat=True)) == ["Two keys."]


def test_edit_post_does_not_bring_its_topic_to_the_top(cast, post):
    edit(cast, post, at=cast.at + timedelta(days=1))
    topic = Topic.objects.select_related("entry").get(pk=post.topic_id)
    assert (topic.entry.touched_at, topic.last_post_at) == (cast.at, cast.at)


@pytest.mark.parametrize("by", ["peer", "leaver"])
def test_edit_post_is_refused_to_anybody_but_its_author(cast, post, by):
    with refused("Only its author can edit a post."):
        edit(cast, post, by=by)


def test_edit_post_is_refused_once_its_author_is_no_longer_in_the_group(cast, post):
    end_tenure(cast.tenures["colleague"], last_day=cast.at.date(), by=None, at=cast.at)
    gone = cast.viewer("colleague", at=cast.at + timedelta(days=2))
    with refused("You can no longer see this topic."):
        actions.edit_post(post, raw="Two keys.", viewer=gone, at=gone.at)


def test_edit_post_is_refused_once_it_is_deleted(cast, post):
    actions.delete_post(post, viewer=cast.viewer("colleague"), at=cast.at)
    with refused("This post was deleted."):
        edit(cast, post)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("Tow keys.", "This is its wording already."), ("", "Write something first.")],
)
def test_edit_post_refuses_the_same_and_the_empty(cast, post, raw, reason):
    with refused(reason):
        edit(cast, post, raw)


def test_edit_post_is_refused_to_whose_posts_wait_also_after_one_was_released(cast, post):
    hold(cast)
    held = answer(cast, Topic.objects.get(), raw="Harmless.")
    released = actions.release_held(held, viewer=cast.viewer("colleague"), at=cast.at)
    with refused(PASSES_BY):
        edit(cast, released, "Buy this.", by="leaver")


def test_edit_post_is_refused_to_newcomers_until_enough_of_their_posts_stand(cast, post):
    hold(cast, "newcomers", 2)
    first = make_answer(cast, Topic.objects.get(), by="leaver")
    with refused(PASSES_BY):
        edit(cast, first, by="leaver")
    make_answer(cast, Topic.objects.get(), by="leaver")
    assert edit(cast, first, by="leaver").raw == "Two keys."


def test_edit_post_is_open_to_officers_where_other_peoples_posts_wait(cast, post):
    hold(cast)
    assert edit(cast, post).raw == "Two keys."


def test_edit_post_is_refused_to_others_for_their_own_reason_where_posts_wait(cast, post):
    hold(cast)
    with refused("Only its author can edit a post."):
        edit(cast, post, by="peer")


def test_edit_post_records_that_it_was_edited_and_who_is_newly_mentioned(cast, post):
    edit(cast, post, "Two keys, @ines-okafor.")
    event = last_event()
    assert (event["name"], event["actor_id"], event["thing"], event["thing_id"], event["facts"]) == (
        "post.edited",
        cast.colleague.pk,
        "discussions.post",
        post.pk,
        {"part": "post", "part_id": post.pk, "number": 2, "mentions": [cast.peer.pk]},
    )


def test_edit_post_tells_only_whom_it_did_not_mention_before(cast, post):
    edit(cast, post, "Two keys, @ines-okafor.")
    tell()
    edit(cast, post, "Two keys, @ines-okafor and @kekoa-lindgren.")
    assert tell() == [("kekoa-lindgren", "Mentioned")]


def test_edit_post_leaves_nothing_behind_if_its_transaction_fails(cast, post):
    fail_after(lambda: edit(cast, post))
