"""The stored article of a post."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils import timezone as current
from django.utils import translation
from django.utils.safestring import SafeString

from collegium.core.files.models import Attachment
from collegium.core.people.models import Person
from collegium.rooms.discussions.drawing import BEGINS, TAIL, article_html, tombstone_html
from collegium.rooms.discussions.models import Post

AT = datetime(2026, 11, 14, 9, 12, tzinfo=timezone(timedelta(hours=-5)))


def a_post(**fields):
    fields.setdefault("author_name", "Tomasz Halloran, CPA")
    author = Person(pk=7, handle="tomasz-halloran", name="Tomasz Halloran")
    named = {"author_title": "Chief Financial Officer", "society_name": "College of Harbour Surgeons"}
    return Post(topic_id=41, number=3, author=author, at=AT, **(named | fields))


def drawn(**fields):
    return article_html(a_post(**fields), body=SafeString("<p>Three keys.</p>"))


def test_an_article_says_who_spoke_as_whom_when_and_what():
    assert drawn() == (
        '<article class="post" id="post-3" aria-labelledby="post-3-by">\n'
        '<span class="face" aria-hidden="true">TH</span>\n'
        '<div class="post-main">\n'
        '<header><h2 class="by" id="post-3-by"><a href="/people/tomasz-halloran/">Tomasz Halloran, CPA</a></h2>'
        '<p class="as"><span>Chief Financial Officer</span><span>College of Harbour Surgeons</span></p>\n'
        '<p class="when"><a href="#post-3"><time datetime="2026-11-14T14:12:00Z" data-form="j M Y, H:i T" data-stored>'
        "14 Nov 2026, 14:12 UTC</time></a></p></header>\n"
        '<div class="prose"><p>Three keys.</p></div>'
        '<footer><a class="button quiet small" href="/topics/41/posts/?to=3"><span>Answer</span></a></footer>'
        "</div></article>"
    )


def test_an_article_has_two_places_for_what_differs_by_viewer():
    assert drawn().startswith(BEGINS + '"')
    assert drawn().endswith(TAIL)
    assert tombstone_html(a_post(deleted_at=AT, deleted_by_id=7)).startswith(BEGINS)


def test_an_article_leads_to_the_post_it_answers_and_to_its_earlier_wordings():
    article = drawn(reply_to=2, edited_at=AT)
    assert '<a href="/topics/41/posts/2/">to post 2</a>' in article
    assert '<a href="/topics/41/posts/3/history/">edited</a>' in article


def test_an_article_lists_its_files():
    file = Attachment(pk=9, name="keys <1>.csv", content_type="text/csv", size=2048)
    article = article_html(a_post(), body=SafeString(""), files=[file])
    assert '<div class="files"><div class="file-item table">' in article
    assert 'href="/files/9/keys%20%3C1%3E.csv"' in article
    assert "keys &lt;1&gt;.csv" in article


@pytest.mark.parametrize("field", ["author_name", "author_title", "society_name"])
def test_an_article_escapes_what_people_are_called(field):
    article = drawn(**{field: "<script>alert(1)</script>"})
    assert "<script>" not in article
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in article


def test_an_article_is_the_same_whoever_causes_it_to_be_drawn():
    with translation.override("de"), current.override("Pacific/Auckland"):
        elsewhere = drawn(edited_at=AT, reply_to=1)
    assert elsewhere == drawn(edited_at=AT, reply_to=1)


@pytest.mark.parametrize(
    ("by", "sentence"), [(7, "Deleted by its author."), (8, "Deleted by an officer of the group.")]
)
def test_a_tombstone_says_by_whose_hand_and_when_and_nothing_else(by, sentence):
    tombstone = tombstone_html(a_post(deleted_at=AT.astimezone(UTC), deleted_by_id=by))
    assert sentence in tombstone
    assert "14 Nov 2026, 14:12 UTC" in tombstone
    assert "Halloran" not in tombstone
