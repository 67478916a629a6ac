"""The directory: who does what in which society, for the member societies; everybody for the council's team."""

from datetime import date

import pytest

from collegium.core.people import actions
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.web.persons.queries import PAGE
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db


def people(client, query=""):
    return texts(client.get(f"/people/?{query}"), "p.name")


PRESENT = [
    "Bao Castellanos",
    "Ines Okafor",
    "Ingvild Sorensen",
    "Jonas Weil",
    "Kekoa Lindgren",
    "Mara Quist",
    "Nadia Brook",
    "Olu Fenwick",
    "Ruth Alder",
    "Tomasz Halloran",
]


def test_members_see_the_people_of_the_member_societies_and_the_team(cast, visit):
    assert people(visit("peer")) == PRESENT
    page = visit("peer").get("/people/?name=bao")
    assert texts(page, "p.row-line") == [
        "Chief Information Officer Society of Lagoon Cardiology",
        "Interim CIO Academy of Reef Dermatology interim",
    ]


def test_the_team_sees_those_without_a_seat_and_of_lapsed_societies_as_well(cast, visit):
    assert people(visit("staff")) == sorted([*PRESENT, "Oz Nobody", "Otto Grim"])
    assert texts(visit("staff").get("/people/?name=oz"), "p.row-line") == ["No seat at present"]


def test_whoever_left_is_no_longer_in_the_directory(cast, visit):
    actions.end_tenure(cast.tenures["leaver"], last_day=date(2026, 5, 2), by=None, at=cast.at)
    assert people(visit("peer")) == [name for name in PRESENT if name != "Kekoa Lindgren"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("society=reef", ["Bao Castellanos", "Kekoa Lindgren", "Nadia Brook"]),
        ("function=cfo", ["Ines Okafor", "Kekoa Lindgren", "Tomasz Halloran"]),
        ("society=reef&function=cfo", ["Kekoa Lindgren"]),
        ("name=in", ["Ines Okafor", "Ingvild Sorensen"]),
        ("name=SOREN", ["Ingvild Sorensen"]),
        ("name=s%C3%B3ren", ["Ingvild Sorensen"]),
        ("name=%25", []),
        ("name=_nes", []),
        ("society=nowhere", []),
    ],
)
def test_it_is_narrowed_by_society_function_and_the_beginning_of_a_name(visit, query, expected):
    assert people(visit("peer"), query) == expected


def test_marks_over_letters_do_not_hide_anybody(cast, visit):
    make_tenure(make_person("Élodie Ångström"), cast.lagoon, "history")
    assert people(visit("peer"), "name=angs") == ["Élodie Ångström"]
    assert people(visit("peer"), "name=%C3%A9lo") == ["Élodie Ångström"]


@pytest.mark.parametrize("query", ["name=%00", "society=%3Cb%3E", "name=" + "x" * 101])
def test_a_filter_that_cannot_be_read_says_why_and_keeps_the_input(visit, query):
    page = visit("peer").get(f"/people/?{query}")
    assert page.status_code == 200
    assert len(texts(page, "div.form-errors")) == 1


@pytest.mark.parametrize("query", ["after=x", "before=-1", "after=" + "9" * 40])
def test_a_place_that_cannot_be_read_starts_at_the_head(visit, query):
    assert people(visit("peer"), query) == PRESENT


def test_four_hundred_people_are_read_page_by_page_there_and_back(cast, visit):
    for number in range(2 * PAGE):
        make_tenure(make_person(f"Zoe {number:03}"), cast.lagoon, "history")
    client, seen, page = visit("peer"), [], ""
    while True:
        response = client.get(f"/people/{page}")
        seen.append(texts(response, "p.name"))
        later = [hit["attrs"]["href"] for hit in found(response, "a") if hit["text"] == "Next names"]
        if not later:
            break
        page = later[0]
    assert [len(names) for names in seen] == [PAGE, PAGE, len(PRESENT)]
    assert [name for names in seen for name in names] == PRESENT + [f"Zoe {number:03}" for number in range(2 * PAGE)]
    earlier = [hit["attrs"]["href"] for hit in found(response, "a") if hit["text"] == "Previous names"]
    assert texts(client.get(f"/people/{earlier[0]}"), "p.name") == seen[1]


def test_nobody_that_fits_is_told_with_a_way_back(visit):
    page = visit("peer").get("/people/?name=qqq")
    assert "Nobody fits" in texts(page, "h2")


def test_script_gets_the_rows_alone(visit):
    page = visit("peer").get("/people/?name=in", headers={"HX-Request": "true", "HX-Target": "people"})
    assert page.content.decode().lstrip().startswith('<div id="people"')


def test_more_people_cost_no_more_questions(cast, visit, django_assert_num_queries):
    client = visit("peer")
    for _number in range(3):
        with django_assert_num_queries(5):
            client.get("/people/")
        make_tenure(make_person(), make_organization(), "cfo")
