"""The pages of comments: the table and its paper, a new comment, what becomes of one."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Comment

from .factories import give_mandate, in_state, later, make_comment, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    position = in_state(cast, "comment")
    give_mandate(cast)
    return position


def test_a_comment_is_made_from_its_paragraph(cast, visit, asked):
    delegate = visit("delegate")
    page = delegate.get(f"/positions/{asked.pk}/").content.decode()
    assert f"/positions/{asked.pk}/comments/new/?block=2" in page
    url = f"/positions/{asked.pk}/comments/new/"
    assert "within <em>two</em> days" in delegate.get(f"{url}?block=2").content.decode()
    sent = {"block": "2", "quote": "within two days", "raw": "Too long.", "proposal": "within a day"}
    assert delegate.post(url, sent).status_code == 303
    comment = Comment.objects.get()
    assert (comment.society, comment.block_key, comment.proposal) == (cast.lagoon, 2, "within a day")
    page = visit("newcomer").get(f"/positions/{asked.pk}/comments/").content.decode()
    for words in ("Society of Lagoon Cardiology", "within two days", "Too long.", "within a day", "no answer yet"):
        assert words in page
    assert "Ingvild" not in page
    assert "1 comment" in visit("newcomer").get(f"/positions/{asked.pk}/").content.decode()


def test_a_comment_on_the_whole_needs_no_words(cast, visit, asked):
    assert visit("delegate").post(f"/positions/{asked.pk}/comments/new/", {"raw": "Good."}).status_code == 303
    assert Comment.objects.get().block_key is None


def test_who_has_no_mandate_finds_no_form(cast, visit, asked):
    for part in ("peer", "newcomer", "staff"):
        assert visit(part).get(f"/positions/{asked.pk}/comments/new/").status_code == 404
        assert "comments/new" not in visit(part).get(f"/positions/{asked.pk}/").content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"raw": ""},
        {"raw": "\x00"},
        {"raw": "x" * 100_000},
        {"quote": "Not in the text"},
        {"quote": "\ufffd"},
        {"proposal": "\x00"},
    ],
)
def test_a_bad_comment_comes_back(cast, visit, asked, bad):
    sent = {"block": "2", "quote": "", "raw": "Kept words.", "proposal": "Kept too."} | bad
    answer = visit("delegate").post(f"/positions/{asked.pk}/comments/new/", sent)
    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert "proposal" in bad or "Kept too." in answer.content.decode()


@pytest.mark.parametrize("block", ["99", "x", "\x00", "-1", "9" * 50])
def test_a_paragraph_that_is_not_there_is_not_found(cast, visit, asked, block):
    assert visit("delegate").post(f"/positions/{asked.pk}/comments/new/", {"block": block}).status_code == 404


def test_a_comment_is_answered_and_the_society_has_its_word(cast, visit, asked):
    make_comment(cast, asked)
    url = f"/positions/{asked.pk}/comments/1/"
    peer, delegate = visit("peer"), visit("delegate")
    for bad in ({}, {"outcome": "withdrawn", "reason": "x"}, {"outcome": "part", "reason": "\x00"}):
        assert peer.post(f"{url}disposition/", bad).status_code == 422
    assert delegate.get(f"{url}disposition/").status_code == 404
    assert peer.post(f"{url}disposition/", {"outcome": "part", "reason": "For children."}).status_code == 303
    for bad in ({}, {"is_satisfied": "perhaps"}, {"is_satisfied": "no", "words": "x" * 100_000}):
        assert delegate.post(f"{url}satisfaction/", bad).status_code == 422
    assert peer.get(f"{url}satisfaction/").status_code == 404
    assert delegate.post(f"{url}satisfaction/", {"is_satisfied": "no", "words": "Nor adults."}).status_code == 303
    page = visit("newcomer").get(f"/positions/{asked.pk}/comments/").content.decode()
    for words in ("Accepted in part", "For children.", "not satisfied", "Nor adults."):
        assert words in page


def test_a_comment_is_withdrawn(cast, visit, asked):
    make_comment(cast, asked)
    url = f"/positions/{asked.pk}/comments/1/withdrawal/"
    assert visit("peer").get(url).status_code == 404
    assert visit("delegate").post(url, {"reason": ""}).status_code == 422
    assert visit("delegate").post(url, {"reason": "Said by others."}).status_code == 303
    assert "Withdrawn by the society" in visit("peer").get(f"/positions/{asked.pk}/comments/").content.decode()


def test_a_comment_that_is_not_there_is_not_found(cast, visit, asked):
    for deed in ("disposition", "satisfaction", "withdrawal"):
        assert visit("delegate").get(f"/positions/{asked.pk}/comments/9/{deed}/").status_code == 404


def test_the_table_is_a_paper_too(cast, visit, asked):
    make_comment(cast, asked, raw="Too long,\n\n=cmd \ufffe", proposal="within a day")
    make_comment(cast, asked, raw="Good.", block=None, quote="", at=later(cast, 41))
    comment = Comment.objects.get(number=1)
    how = {"viewer": cast.viewer("peer"), "at": cast.at}
    actions.dispose_comment(comment, outcome="rejected", reason="Two is few.", **how)
    answer = visit("newcomer").get(f"/positions/{asked.pk}/comments/table.docx")
    assert answer["Content-Disposition"] == f'attachment; filename="comments-{asked.pk}.docx"'
    paper = Document(BytesIO(answer.content))
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert rows == [
        ["No.", "Society", "Where", "Comment and proposed wording", "Disposition", "Reason, and the society's word"],
        ["2", "Society of Lagoon Cardiology\nlate", "The whole text", "Good.", "", ""],
        [
            "1",
            "Society of Lagoon Cardiology",
            "Plans should answer within two days.\n“within two days”",
            "Too long,\n\n=cmd \n\nInstead: within a day",
            "Rejected",
            "Two is few.",
        ],
    ]
    assert paper.core_properties.author == ""


def test_comments_stay_with_member_societies(cast, visit):
    position = in_state(cast, "public")
    for url in ("comments/", "comments/table.docx"):
        assert visit("newcomer").get(f"/positions/{position.pk}/{url}").status_code == 200
        assert visit("outsider").get(f"/positions/{position.pk}/{url}").status_code == 404
    assert "comments/" not in visit("outsider").get(f"/positions/{position.pk}/").content.decode()


def test_the_table_costs_the_same_with_one_and_with_three(cast, visit, asked, django_assert_num_queries):
    make_comment(cast, asked)
    delegate, url = visit("delegate"), f"/positions/{asked.pk}/comments/"
    delegate.get(url)
    with CaptureQueriesContext(connection) as one:
        delegate.get(url)
    make_comment(cast, asked, block=3, quote="")
    make_comment(cast, asked, block=None, quote="")
    with django_assert_num_queries(len(one)):
        assert delegate.get(url).content.decode().count('class="resolution"') == 3


def test_words_that_left_the_text_are_said_to_have_left(cast, visit, asked):
    from .factories import write

    make_comment(cast, asked, block=4, quote="rates of refusal")
    move(cast, asked, "disposition", at=later(cast, 41))
    actions.dispose_comment(
        Comment.objects.get(), outcome="accepted", reason="Gone.", viewer=cast.viewer("staff"), at=later(cast, 42)
    )
    write(cast, asked, "Only this is left of it.", at=later(cast, 43))
    move(cast, asked, "recirculation", at=later(cast, 44))
    assert "no longer in the text" in visit("newcomer").get(f"/positions/{asked.pk}/comments/").content.decode()
