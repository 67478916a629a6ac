"""The societies: members with what belongs to them for everybody, the others for the member societies."""

import pytest

from collegium.core.people.tests.factories import make_organization
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(cast):
    make_organization("Lagoon Heart Rhythm", kind="subspecialty", slug="rhythm", parent=cast.lagoon)
    make_organization("Lagoon Foundation", kind="foundation", slug="lagoon-fund", parent=cast.lagoon)
    make_organization("Board of Examiners", kind="related_body", slug="examiners")
    make_organization("Helping Hands", kind="partner", slug="hands", standing=None)
    return cast


def names(page):
    return [hit["text"] for hit in found(page, "article.society-row")]


def test_everybody_sees_the_members_with_what_belongs_to_them(places, visit):
    page = visit(None).get("/societies/")
    assert names(page) == [
        "Academy of Reef Dermatology ARD",
        "College of Harbour Surgeons CHS",
        "Society of Lagoon Cardiology SLC Lagoon Foundation foundation Lagoon Heart Rhythm subspecialty",
    ]
    assert dict(zip(texts(page, "dt"), texts(page, "dd"), strict=True)) == {
        "member societies": "3",
        "designated subspecialties": "1",
        "foundations": "1",
    }
    assert texts(page, "h2")[-2:] == ["Bodies the council deals with", "Partners"]
    assert b"Lapsed Society" not in page.content


def test_members_see_who_is_not_a_member_at_present(places, visit):
    assert "Not members at present 1" in texts(visit("peer").get("/societies/"), "h2")
    for part in ("outsider", "suspended"):
        assert b"Lapsed Society" not in visit(part).get("/societies/").content


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("letter=A", ["Academy of Reef Dermatology ARD"]),
        ("letter=a", ["Academy of Reef Dermatology ARD"]),
        ("specialty=Cardiology", ["Society of Lagoon Cardiology SLC"]),
        ("letter=Z", []),
        ("specialty=%00", ["Academy", "College", "Society"]),
        ("letter=AB", ["Academy", "College", "Society"]),
    ],
)
def test_the_list_is_narrowed_by_letter_and_specialty(cast, visit, query, expected):
    type(cast.lagoon).objects.filter(pk=cast.lagoon.pk).update(specialty="Cardiology")
    page = visit(None).get(f"/societies/?{query}")
    assert [name[: len(wanted)] for name, wanted in zip(names(page), expected, strict=True)] == expected
    assert ("No society fits" in texts(page, "h2")) == (not expected)


def test_before_anybody_joined_it_says_so(client, db):
    assert "No society has joined yet" in texts(client.get("/societies/"), "h2")


def test_more_societies_cost_no_more_questions(cast, visit, django_assert_num_queries):
    for part, questions in ((None, 2), ("peer", 5)):
        client = visit(part)
        for _number in range(2):
            with django_assert_num_queries(questions):
                client.get("/societies/")
            make_organization()
