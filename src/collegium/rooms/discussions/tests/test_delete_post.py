"""Deleting a post: its whole story."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from collegium.core.entries.models import Passage
from collegium.core.files.models import Attachment
from collegium.core.notices.models import Notification
from collegium.core.notices.queries import newest
from collegium.rooms.discussions import actions
from collegium.rooms.discussions.models import Post, Revision, Topic
from collegium.rooms.discussions.queries import topic_for_page, unsound_topics

from .factories import fail_after, last_event, make_answer, make_topic, make_upload, refused, tell

SECRET = "canary-7412"


@pytest.fixture
def post(cast):
    """A post that left traces everywhere: an old wording, a file, a passage, a notification."""
    upload = make_upload(cast, f"{SECRET}.csv", text=SECRET)
    post = make_answer(cast, make_topic(cast), raw=f"{SECRET} @ines-okafor", attachments=[upload.pk])
    actions.edit_post(post, raw=f"{SECRET} again", viewer=cast.viewer("colleague"), at=cast.at)
    tell()
    return post


def delete(cast, post, by="colleague", at=None, words=""):
    return actions.delete_post(post, viewer=cast.viewer(by), at=at or cast.at, words=words)


def test_delete_post_leaves_a_tombstone_with_its_number(cast, post):
    later = cast.at + timedelta(hours=1)
    delete(cast, post, at=later)
    stored = Post.objects.get(pk=post.pk)
    assert (stored.number, stored.raw, stored.mentions, stored.deleted_at, stored.deleted_by) == (
        2,
        "",
        [],
        later,
        cast.colleague,
    )
    assert stored.article.startswith('<article class="post tombstone" id="post-2">')
    assert "Deleted by its author." in stored.article


def test_delete_post_by_an_officer_says_so(cast):
    post = make_answer(cast, make_topic(cast), by="leaver")
    delete(cast, post, by="colleague", words=" It names a patient. ")
    stored = Post.objects.get(pk=post.pk)
    assert "Deleted by an officer of the group." in stored.article
    assert "names a patient" not in stored.article
    assert stored.deletion_words == "It names a patient."


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "Say why: its author will read it."),
        (" \n", "Say why: its author will read it."),
        ("x" * 100_000, "This is too long: 100,000 characters, and there is room for 2,000."),
    ],
)
def test_delete_post_by_an_officer_is_refused_without_words_for_its_author(cast, words, reason):
    post = make_answer(cast, make_topic(cast), by="leaver")
    with refused(reason):
        delete(cast, post, by="colleague", words=words)


def test_delete_post_by_an_officer_is_told_to_its_author_alone(cast):
    post = make_answer(cast, make_topic(cast), by="leaver")
    tell()
    delete(cast, post, by="colleague", words="It names a patient.")
    assert tell() == [("kekoa-lindgren", "PostDeleted")]
    [row] = newest(cast.viewer("leaver"), limit=1)
    assert row["sentence"] == "An officer of the group deleted a post of yours; the reason is on its page"
    assert (row["notification"].part, row["notification"].part_id) == ("deletion", post.pk)


def test_the_bell_of_a_deletion_rings_until_its_own_page_was_looked_at(cast, client):
    post = make_answer(cast, make_topic(cast), by="peer")
    tell()
    delete(cast, post, by="colleague", words="It names a patient.")
    tell()
    unseen = Notification.objects.filter(person=cast.peer, seen_at=None)
    client.force_login(cast.peer)
    assert client.get(post.topic.get_absolute_url()).status_code == 200
    assert unseen.get().part == "deletion"
    assert topic_for_page(cast.viewer("peer"), post.topic_id).has_unseen is False
    client.get(f"/notifications/{unseen.get().pk}/")
    assert not unseen.exists()


def test_only_a_deleted_post_has_words_about_its_deletion(cast):
    post = make_answer(cast, make_topic(cast), by="leaver")
    with pytest.raises(IntegrityError, match="only_what_is_deleted_says_why"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(deletion_words="Why")


def test_delete_post_erases_all_that_it_said(cast, post):
    delete(cast, post)
    assert not Revision.objects.filter(post=post).exists()
    assert not Passage.objects.filter(part="post", part_id=post.pk).exists()
    assert not Attachment.objects.filter(part="post", part_id=post.pk).exists()
    assert not Notification.objects.filter(part="post", part_id=post.pk).exists()
    assert list(unsound_topics()) == []


def test_delete_post_leaves_its_words_in_no_table(cast, post):
    delete(cast, post)
    holding = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{SECRET}%"])
            holding += [table] if cursor.fetchone()[0] else []
    assert holding == []


def test_delete_post_erases_the_bytes_of_its_files_once_it_stands(cast, post, django_capture_on_commit_callbacks):
    key = Attachment.objects.get(part_id=post.pk).file.name
    with django_capture_on_commit_callbacks() as waiting:
        delete(cast, post)
    assert default_storage.exists(key)
    for callback in waiting:
        callback()
    assert not default_storage.exists(key)


def test_delete_post_of_the_accepted_answer_opens_the_question_again(cast, post):
    actions.accept_answer(post, viewer=cast.viewer("peer"), at=cast.at)
    delete(cast, post)
    topic = Topic.objects.select_related("entry").get(pk=post.topic_id)
    assert (topic.accepted, topic.accepted_by, topic.accepted_at, topic.entry.state) == (None, None, None, "open")


def test_delete_post_leaves_the_numbers_of_others_alone(cast, post):
    delete(cast, post)
    assert make_answer(cast, post.topic).number == 3


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ("leaver", "Only its author or an officer of the group can delete a post."),
        ("staff", "You can no longer see this topic."),
    ],
)
def test_delete_post_is_refused_to_others(cast, post, by, reason):
    with refused(reason):
        delete(cast, post, by=by)


def test_delete_post_is_refused_a_second_time(cast, post):
    delete(cast, post)
    with refused("This post was deleted."):
        delete(cast, post)


def test_delete_post_records_which_post_and_nothing_of_it(cast, post):
    delete(cast, post)
    event = last_event()
    assert (event["name"], event["actor_id"], event["entry_id"], event["facts"]) == (
        "post.deleted",
        cast.colleague.pk,
        post.topic_id,
        {"part": "post", "part_id": post.pk, "number": 2},
    )
    assert tell() == []


def test_delete_post_leaves_nothing_changed_if_its_transaction_fails(cast, post):
    fail_after(lambda: delete(cast, post))
