"""The office's list of societies, its table, one society, registering one and changing what is said about it."""

from __future__ import annotations

import pytest

from collegium.core.people.models import Organization
from collegium.core.people.tests.factories import make_organization
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import recorded
from collegium.web.tests.reading import found, texts

from .reading import FACTS, LONG, NEW_SOCIETY, table

LIST, TABLE, NEW = "/office/societies/", "/office/societies/societies.csv", "/office/new/society/"
HARD = "The Royal and Ancient Intercontinental Academy of Extraordinarily Long-Winded Subspecialties, N"


def names(page):
    return [row["name"] for row in page.context["rows"]]


def test_the_list_says_where_each_stands_and_how_many_seats_are_held(cast, visit):
    page = visit("staff").get(LIST)
    rows = {row["slug"]: (row["status"], row["kind"], row["held"], row["vacant"]) for row in page.context["rows"]}
    assert rows == {
        "council": (None, "council", 1, 0),
        "harbour": ("member", "society", 2, 0),
        "lagoon": ("member", "society", 4, 0),
        "lapsed": ("suspended", "society", 1, 0),
        "reef": ("member", "society", 3, 0),
    }
    assert page.context["listing"].total == 5


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "lagoon"}, ["Society of Lagoon Cardiology"]),
        ({"q": " chs "}, ["College of Harbour Surgeons"]),
        ({"q": "%"}, []),
        ({"standing": "suspended"}, ["Lapsed Society"]),
        ({"standing": "none"}, ["Council of Islands"]),
        ({"kind": "society", "standing": "member", "q": "reef"}, ["Academy of Reef Dermatology"]),
        ({"kind": "partner"}, []),
    ],
)
def test_it_is_narrowed_and_its_table_holds_the_same(cast, visit, asked, expected):
    client = visit("staff")
    assert names(client.get(LIST, asked)) == expected
    assert [line["Name"] for line in table(client.get(TABLE, asked))] == expected


def test_the_link_to_the_table_keeps_what_narrows_the_list(cast, visit):
    links = [link["attrs"]["href"] for link in found(visit("staff").get(LIST, {"q": "reef", "kind": "society"}), "a")]
    assert f"{TABLE}?q=reef&amp;kind=society".replace("&amp;", "&") in links


@pytest.mark.parametrize("asked", [{"kind": "x"}, {"standing": "\x00"}, {"q": LONG}, {"q": "\x00"}, {"page": "9" * 40}])
def test_what_makes_no_sense_narrows_nothing(cast, visit, asked):
    client = visit("staff")
    assert len(names(client.get(LIST, asked))) == 5
    assert len(table(client.get(TABLE, asked))) == 5


def test_a_page_far_behind_the_list_is_empty(cast, visit):
    assert texts(visit("staff").get(LIST, {"page": "99"}), "h2") == ["No organization fits"]


def test_a_long_list_has_pages_and_the_table_has_it_all(cast, visit):
    for number in range(60):
        make_organization(f"{HARD} {number:02}", slug=f"long-{number}", standing=None)
    client = visit("staff")
    first, second = client.get(LIST), client.get(LIST, {"page": 2})
    assert (len(names(first)), len(names(second))) == (50, 15)
    assert sorted(names(first) + names(second)) == sorted(Organization.objects.values_list("entry__title", flat=True))
    assert len(table(client.get(TABLE))) == 65


def test_cells_that_begin_like_a_formula_are_harmless(cast, visit):
    make_organization("=HYPERLINK(1)", slug="evil")
    assert "'=HYPERLINK(1)" in [line["Name"] for line in table(visit("staff").get(TABLE))]


def test_lists_and_tables_ask_the_same_for_one_society_and_for_more(cast, visit, django_assert_num_queries):
    client = visit("staff")
    asked = {LIST: 5, TABLE: 4, f"{LIST}lagoon/": 6, f"{LIST}lagoon/seats.csv": 5}
    for _round in range(2):
        for path, number in asked.items():
            client.get(path).getvalue()
            with django_assert_num_queries(number):
                client.get(path).getvalue()
        for _ in range(3):
            make_organization(kind="foundation", parent=cast.lagoon)


def test_the_team_registers_an_organization(cast, visit):
    client = visit("staff")
    with recorded() as events:
        answer = client.post(NEW, NEW_SOCIETY)
    made = Organization.objects.get(slug="society-of-kelp-medicine")
    assert answer["Location"] == f"{LIST}{made.slug}/"
    assert (made.name, made.acronym, made.founded, made.members) == ("Society of Kelp Medicine", "SKM", 1907, 1200)
    assert [(name, actor) for name, actor, *_rest in events] == [("organization.registered", cast.staff.pk)]
    page = client.get(answer["Location"])
    assert "No standing is recorded." in page.content.decode()
    assert "No seats yet" in texts(page, "h3")


def test_a_foundation_belongs_to_a_society(cast, visit):
    asked = NEW_SOCIETY | {"kind": "foundation", "parent": "lagoon", "slug": "pearl"}
    visit("staff").post(NEW, asked)
    assert Organization.objects.get(slug="pearl").parent == cast.lagoon
    page = visit("staff").get(f"{LIST}pearl/").content.decode()
    assert "It stands as Society of Lagoon Cardiology does." in page
    assert "Change the standing" not in page


@pytest.mark.parametrize(
    ("spoiled", "field"),
    [
        *(({"name": word}, "name") for word in ("", "\x00", LONG)),
        ({"kind": "council"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kind": "foundation"}, "__all__"),
        ({"parent": "none-such"}, "parent"),
        ({"slug": "lagoon"}, "__all__"),
        ({"slug": "no slug"}, "slug"),
        ({"name": "李小龙学会", "slug": ""}, "slug"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "ftp://x.example"}, "website"),
        ({"founded": "abc"}, "founded"),
        ({"members": "-1"}, "members"),
        ({"members": "9" * 30}, "members"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        *(({"city": word}, "city") for word in ("\x00", LONG)),
    ],
)
def test_what_cannot_be_registered_is_refused_and_kept(cast, visit, spoiled, field):
    before = Organization.objects.count()
    page = visit("staff").post(NEW, NEW_SOCIETY | spoiled)
    assert (page.status_code, Organization.objects.count()) == (422, before)
    assert page.context["form"].errors[field]
    for name, value in (NEW_SOCIETY | spoiled).items():
        assert page.context["form"][name].value() == value


def test_name_and_facts_change_each_with_its_own_event(cast, visit):
    client = visit("staff")
    with recorded() as events:
        assert client.post(f"{LIST}lagoon/facts/", FACTS)["Location"] == f"{LIST}lagoon/"
    lagoon = Organization.objects.get(slug="lagoon")
    assert (lagoon.name, lagoon.city, lagoon.time_zone) == (FACTS["name"], "Atoll City", "Pacific/Honolulu")
    assert [name for name, *_rest in events] == ["organization.renamed", "organization.changed"]
    with recorded() as events:
        client.post(f"{LIST}lagoon/facts/", FACTS | {"city": "Lagoon City"})
    assert [(name, facts) for name, *_rest, facts in events] == [("organization.changed", {"fields": ["city"]})]


@pytest.mark.parametrize("word", ["\x00", LONG])
def test_facts_that_cannot_be_are_refused_and_kept(cast, visit, word):
    page = visit("staff").post(f"{LIST}lagoon/facts/", FACTS | {"name": word})
    assert (page.status_code, page.context["form"]["name"].value()) == (422, word)
    assert Event.objects.filter(name="organization.renamed").count() == 0


def test_saying_the_same_again_is_refused_aloud(cast, visit):
    client = visit("staff")
    client.post(f"{LIST}lagoon/facts/", FACTS)
    page = client.post(f"{LIST}lagoon/facts/", FACTS)
    assert page.context["form"].non_field_errors() == ["Nothing has changed: it stands so already."]


def test_the_team_finds_the_office_from_the_public_page(cast, visit):
    def links(part):
        return [link["attrs"]["href"] for link in found(visit(part).get("/societies/lagoon/"), "a.button")]

    assert f"{LIST}lagoon/" in links("staff")
    assert f"{LIST}lagoon/" not in links("liaison") + links(None)
