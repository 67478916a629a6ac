"""Saying which letters of an archive are one's own."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from collegium.core.entries.models import Passage
from collegium.core.trail.models import Event
from collegium.rooms.archives import actions
from collegium.rooms.archives.models import PastAuthor
from collegium.rooms.archives.queries import claimable, unsound_archives
from collegium.rooms.discussions.models import Post, Topic
from collegium.rooms.discussions.tests.factories import fail_after, refused

from .lists import letter

# The address is the peer's, the name is not: whoever had the address before may have written this.
OTHERS = "Finance Office <peer@lagoon.example>"


@pytest.fixture
def author(cast, bring, open_it):
    EmailAddress.objects.filter(user__in=[cast.peer, cast.leaver]).update(verified=True)
    bring([letter(1, sender=OTHERS), letter(2, sender="Bo Former <bo@gone.example>", answers=1)])
    open_it()
    return PastAuthor.objects.get(name="Finance Office")


def claim(cast, author, by="peer"):
    return actions.claim_letters(author, viewer=cast.viewer(by), at=cast.at)


def test_letters_under_another_name_are_nobodys_until_they_are_claimed(cast, author):
    assert author.person is None
    assert claimable(cast.cfos, cast.viewer("peer")) == [author]
    assert claimable(cast.cfos, cast.viewer("leaver")) == []
    assert claimable(cast.cfos, cast.viewer(None)) == []


def test_claim_letters_puts_the_account_behind_them_and_keeps_the_name(cast, author):
    claim(cast, author)
    post = Post.objects.get(number=1)
    assert (post.author, post.author_name) == (cast.peer, "Finance Office")
    assert f'<a href="{cast.peer.get_absolute_url()}">Finance Office</a></h2>' in post.article
    assert Topic.objects.get().entry.author == cast.peer
    assert set(Passage.objects.filter(entry=post.topic_id).values_list("part", "author")) == {
        ("title", cast.peer.pk),
        ("post", cast.peer.pk),
        ("post", None),
    }
    assert (list(unsound_archives()), claimable(cast.cfos, cast.viewer("peer"))) == ([], [])


def test_it_is_recorded_for_the_officers(cast, author):
    claim(cast, author)
    event = Event.objects.latest("pk")
    assert (event.name, event.actor, event.audience_id) == (
        "archive.letters_claimed",
        cast.peer,
        cast.cfos.officers_audience_id,
    )
    assert event.facts == {"author": author.pk, "posts": 1}


def test_what_is_claimed_can_be_deleted_by_its_author(cast, author, client):
    claim(cast, author)
    client.force_login(cast.peer)
    page = client.get(f"/topics/{Topic.objects.get().pk}/").content.decode()
    assert "posts/1/deletion/" in page
    assert "posts/2/deletion/" not in page


def test_claim_letters_refuses_other_addresses_and_what_is_somebodys(cast, author):
    with refused("These letters were written from an address that you have not verified."):
        claim(cast, author, by="leaver")
    with refused("Sign in first."):
        claim(cast, author, by=None)
    claim(cast, author)
    with refused("It is known already whose letters these are."):
        claim(cast, author)


def test_what_fails_later_leaves_nothing_claimed(cast, author):
    fail_after(lambda: claim(cast, author))
    author.refresh_from_db()
    assert author.person is None


def test_of_a_sealed_archive_nobody_learns_that_there_are_letters_of_theirs(cast, bring):
    EmailAddress.objects.filter(user=cast.peer).update(verified=True)
    bring([letter(1, sender=OTHERS)])
    assert claimable(cast.cfos, cast.viewer("peer")) == []
