"""The coverage map as the team meets it: drawn, narrowed, in words, as a spreadsheet, one organization at a time."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from collegium.core.access.viewers import Viewer
from collegium.core.groups import actions
from collegium.core.people.actions import open_seat
from collegium.core.people.models import Organization
from collegium.core.people.tests.factories import AT, make_function, make_organization, make_person, make_tenure
from collegium.web.tests.reading import attributes, found, texts

PAGE = "/office/coverage/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast, visit) -> Any:
    open_seat(cast.harbour, make_function("membership"))
    return visit("staff")


def sheet(client: Any, query: str = "") -> list[list[str]]:
    answer = client.get(f"{PAGE}export/{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [[*row[:1], row[5], row[7], row[8]] for row in csv.reader(io.StringIO(text))][1:]


def cells(page: Any) -> list[str]:
    """Where the cells lead."""
    return [url for url in attributes(page, "a", "href") if url and url.startswith("of/") and "#" in url]


def test_every_cell_says_in_words_what_it_is(client):
    page = client.get(PAGE)
    told = texts(page, "span.told")
    assert any("held: Ines Okafor" in words for words in told)
    assert any("lapsed: Otto Grim, while the society is suspended" in words for words in told)
    assert any("vacant: never held" in words for words in told)
    assert any("held: Nadia Brook, has not joined" in words for words in told)
    assert set(texts(page, "td.none")) == {"not applicable"}


def test_a_cell_leads_to_the_seat(client):
    page = client.get(PAGE)
    assert "of/lagoon/#cfos" in cells(page)
    one = client.get(f"{PAGE}of/lagoon/")
    lines = dict(zip(attributes(one, "li.row", "id"), texts(one, "li.row"), strict=True))
    assert lines["cfos"] == "Chief Financial Officers CFO Ines Okafor , Chief Financial Officer held"


def test_totals_stand_at_the_end_of_each_row_and_column(client):
    page = client.get(PAGE)
    rows = texts(page, "tr")
    assert rows[1].startswith("Academy of Reef Dermatology")
    assert rows[1].endswith("3/3 3 of 3")
    assert rows[-1] == "Seats filled 2 2 of 2 3 3 of 4 1 1 of 2 2 2 of 3 8/11 8 of 11"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=vacant", [
            ("College of Harbour Surgeons", "General Counsels", "vacant"),
            ("College of Harbour Surgeons", "Membership", "vacant"),
        ]),
        ("?state=lapsed", [("Lapsed Society", "Chief Financial Officers", "lapsed")]),
        ("?standing=suspended", [("Lapsed Society", "Chief Financial Officers", "lapsed")]),
        ("?groups=governing_body", [
            ("College of Harbour Surgeons", "CEO Council", "held"),
            ("Society of Lagoon Cardiology", "CEO Council", "held"),
        ]),
        ("?kind=partner", []),
        ("?specialty=None", []),
    ],
)  # fmt: skip
def test_it_is_narrowed_and_the_spreadsheet_with_it(client, query, expected):
    assert [tuple(row[:3]) for row in sheet(client, query)] == expected
    page = client.get(PAGE + query)
    assert len(cells(page)) == len(expected)


@pytest.fixture
def marked(cast):
    """Lagoon has not confirmed its seats; its chief financial officer is suspended from the group."""
    Organization.objects.filter(pk=cast.lagoon.pk).update(unconfirmed_at=AT)
    until = timezone.now() + timedelta(days=9)
    staff = Viewer.of(cast.staff, at=timezone.now())
    actions.suspend_person(cast.cfos, person=cast.peer, reason="Rude.", until=until, viewer=staff, at=staff.at)


def test_marks_are_told_in_words_drawn_as_shapes_and_counted(client, marked):
    page = client.get(PAGE)
    assert (
        "SLC · cfos held: Ines Okafor; not confirmed by the society; does not read: suspended from the group"
        in texts(page, "span.told")
    )
    assert [hit["attrs"]["class"] for hit in found(page, "td") if "barred" in (hit["attrs"].get("class") or "")] == [
        "held doubt barred"
    ]
    assert texts(page, "li.barred") == ["1 do not read"]
    assert texts(page, "li.doubt") == [f"{len(found(page, 'td.doubt'))} not confirmed"]
    line = next(text for text in texts(client.get(f"{PAGE}of/lagoon/"), "li.row") if "CFO" in text)
    assert "not confirmed by the society does not read: suspended from the group" in line


@pytest.mark.parametrize(("mark", "expected"), [("unconfirmed", {"SLC"}), ("barred", {"SLC"}), ("suspended", {"SLC"}),
                                                ("undertaking", set())])  # fmt: skip
def test_it_is_narrowed_to_a_mark_and_the_spreadsheet_says_it(client, marked, mark, expected):
    answer = client.get(f"{PAGE}export/?kind=&mark={mark}")
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert {line["Acronym"] for line in lines} == expected
    if mark == "suspended":
        assert [(line["Group"], line["Confirmed"], line["Reads"]) for line in lines] == [
            ("Chief Financial Officers", "not confirmed by the society", "does not read: suspended from the group")
        ]


def test_every_line_of_the_spreadsheet_is_a_cell_of_the_map(client):
    page = client.get(f"{PAGE}?kind=")
    assert len(sheet(client, "?kind=")) == len(cells(page)) > 8


def test_the_link_to_the_spreadsheet_carries_the_narrowing(client):
    for query, expected in (("", "?kind=society"), ("?kind=&state=held", "?kind=&state=held")):
        page = client.get(PAGE + query)
        assert f"{PAGE}export/{expected}" in attributes(page, "a.button", "href")


def test_specialties_are_those_there_are(client):
    make_organization("Tidal Urology", specialty="Urology")
    page = client.get(PAGE)
    assert [value for value in attributes(page, "option", "value") if value and value[0].isupper()] == ["Urology"]


@pytest.mark.parametrize("field", ["state", "mark", "specialty", "standing", "kind", "groups"])
def test_what_is_not_understood_is_as_if_it_had_not_been_asked(client, field):
    for value in ("", "\x00", "none-such", "1", "x" * 100_000, "ünïcode", "' OR 1=1"):
        for path in (PAGE, f"{PAGE}export/"):
            assert client.get(path, {field: value}).status_code == 200
    assert client.get(f"{PAGE}?{field}=%FF%FE").status_code == 200


def test_an_organization_that_is_not_there_is_unknown_as_is_the_council_itself(client):
    for slug in ("none-such", "council", "0", "x" * 2000):
        assert client.get(f"{PAGE}of/{slug}/").status_code == 404


def test_nobody_but_the_team_finds_it(cast, visit):
    for part in ("peer", "liaison", "chair", "outsider"):
        for path in (PAGE, f"{PAGE}export/", f"{PAGE}of/lagoon/"):
            assert visit(part).get(path).status_code == 404


def test_names_are_escaped(cast, client):
    society = make_organization('<b>"Odd" & Co</b>', slug="odd", acronym="<i>")
    make_tenure(make_person("Eve <script>"), society, "cfo", title="<u>")
    body = client.get(PAGE).content.decode()
    assert "<script>Eve" not in body
    assert "&lt;b&gt;&quot;Odd&quot; &amp; Co&lt;/b&gt;" in body
    assert "Eve &lt;script&gt;" in body
    assert "Eve &lt;script&gt;" in client.get(f"{PAGE}of/odd/").content.decode()


def test_where_nothing_fits_the_page_says_so_and_leads_back(client):
    page = client.get(f"{PAGE}?kind=related_body")
    assert texts(page, "h2")[:1] == ["Nothing fits"]


def test_more_societies_cost_no_more_questions(client, django_assert_num_queries):
    client.get(PAGE)
    for path in (PAGE, f"{PAGE}export/", f"{PAGE}of/lagoon/"):
        for number in range(3):
            with django_assert_num_queries(9 if path != f"{PAGE}export/" else 8):
                b"".join(client.get(path))
            make_tenure(make_person(), make_organization(f"{path} {number}"), "cfo")
