"""A position for word processors, and what is printed of reservations and minority statements."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Position
from collegium.rooms.positions.printing import _given, paper_of, word_of

from .asking import asking_calls, mandates, say
from .factories import in_state, later, move
from .publishing import confirm

pytestmark = pytest.mark.django_db
RAW = "# What we *ask*\n\nPlans [answer](https://plans.example/a) soon.\n\n1. First\n2. Second\n\n> They said no."


def answered(cast, **terms) -> Position:
    """Lagoon supports it, Reef with a reservation; Harbour declines and says why; published."""
    mandates(cast, "sign")
    position = in_state(cast, "sign-on", raw=RAW, title="On approvals", terms=terms)
    say(cast, position, "lagoon", "support", "We are glad.")
    say(cast, position, "reef", "reservation", "Not for <children>.")
    say(cast, position, "harbour", "decline", "No.")
    at = later(cast, 95)
    told = {"tenure": cast.tenures["chair"], "viewer": cast.viewer("chair", at), "at": at}
    actions.state_minority(position, raw="It asks *too little*.", **told)
    for day, to in ((123, "ballot"), (130, "adopted")):
        move(cast, position, to, at=later(cast, day), reason="So.")
    confirm(cast, position, at=later(cast, 131))
    move(cast, position, "public", at=later(cast, 131))
    return Position.objects.select_related("adopted").get(pk=position.pk)


def words_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_its_file_says_what_its_paper_says(cast, visit):
    position = answered(cast)
    answer = visit(None).get(f"/positions/{position.pk}/paper.docx")
    assert answer["Content-Disposition"] == f'attachment; filename="position-{position.pk}-revision-1.docx"'
    document = Document(BytesIO(answer.content))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:2] == ["On approvals", "What we ask"]
    text = words_of(answer.content)
    for words in (
        "answer (https://plans.example/a)",
        "First",
        "They said no.",
        "How to cite it",
        "Minority statements",
    ):
        assert words in text
    assert position.adopted.digest in text
    assert "It asks too little." in text
    assert answer.content == visit("newcomer").get(f"/positions/{position.pk}/paper.docx").content


def test_the_file_of_a_draft_is_for_whom_the_draft_is_and_says_so(cast, visit):
    position = in_state(cast, "comment")
    url = f"/positions/{position.pk}/paper.docx"
    assert "This is a draft and no position of the council." in words_of(visit("newcomer").get(url).content)
    assert visit(None).get(url).status_code == 404
    assert visit("staff").get(f"/positions/{in_state(cast, 'accepted').pk}/paper.docx").status_code == 404


def test_its_words_are_whole_and_the_same_file_is_made_again(cast):
    position = in_state(cast, "comment", title="T" * 200, raw=f"Soft\u200bbreak and <script> and {'x' * 90}.")
    revision = position.presented
    text = words_of(word_of(position, revision, at=revision.at))
    assert "Softbreak" in text
    assert "<script>" in text
    assert "x" * 90 in text
    assert word_of(position, revision, at=revision.at) == word_of(position, revision, at=revision.at)


@pytest.mark.parametrize(("told", "is_read"), [("members", False), ("printed", True)])
def test_the_words_of_a_reservation_are_published_where_it_was_said_before(cast, visit, told, is_read):
    position = answered(cast, reservations=told)
    page = visit(None).get(f"/positions/{position.pk}/").content.decode()
    assert ("Not for &lt;children&gt;." in page) == is_read
    assert "We are glad." not in page
    assert "We are glad." in visit("newcomer").get(f"/positions/{position.pk}/").content.decode()
    printed = _given(position, position.adopted, 1, is_out=True)
    assert ("Not for <children>." in str(printed["supporters"])) == is_read
    assert "We are glad." not in str(printed)
    assert [one["names"] for one in printed["minority"]] == [cast.harbour.name]
    assert paper_of(position, position.adopted, at=later(cast, 131), edition=1).startswith(b"%PDF")


@pytest.mark.parametrize(("told", "names"), [("named", True), ("counted", False)])
def test_dissent_and_silence_are_told_as_was_set(cast, visit, told, names):
    mandates(cast, "sign")
    position = in_state(cast, "sign-on", terms={"silence": told, "dissent": "counted"})
    say(cast, position, "lagoon", "support")
    say(cast, position, "harbour", "decline")
    for day, to in ((123, "ballot"), (130, "adopted")):
        move(cast, position, to, at=later(cast, day), reason="So.")
    confirm(cast, position, at=later(cast, 131))
    move(cast, position, "public", at=later(cast, 131))
    words = (
        "Societies asked: 3. For it: 1, against it: 1, no answer: 1. It touches 1 of them: against it 0, no answer 0."
    )
    silent = f"These did not answer: {cast.reef.name}."
    page = visit(None).get(f"/positions/{position.pk}/").content.decode()
    paper = words_of(visit(None).get(f"/positions/{position.pk}/paper.docx").content)
    for told_here in (page, paper):
        assert words in told_here
        assert (silent in told_here) == names
        assert cast.harbour.name not in told_here


@pytest.mark.parametrize(("told", "is_said"), [("members", False), ("printed", True)])
def test_societies_are_told_before_they_answer(cast, told, is_said):
    position = in_state(cast, "sign-on", terms={"reservations": told})
    words = "what you write is published with the position"
    assert [words in call.raw for call in asking_calls(position)] == [is_said] * len(asking_calls(position))


def test_where_dissent_is_a_number_no_statement_is_printed(cast):
    position = answered(cast, dissent="counted")
    assert _given(position, position.adopted, 1, is_out=True)["minority"] == []
