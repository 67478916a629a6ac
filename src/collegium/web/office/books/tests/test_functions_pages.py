"""The team's list of functions, one function with its seats, adding and renaming one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.people.models import Function
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.core.trail.tests.story import recorded

from .reading import LONG, table

LIST, TABLE, NEW = "/office/functions/", "/office/functions/functions.csv", "/office/new/function/"
LIBRARIAN = {"name": "Chief Librarian", "plural": "Chief Librarians", "short": "Librarian", "about": ""}


def test_the_list_says_the_groups_and_the_seats_of_each(cast, visit):
    client = visit("staff")
    rows = {row["slug"]: (row["held"], row["vacant"], row["groups"]) for row in client.get(LIST).context["rows"]}
    assert rows == {
        "ceo": (2, 0, ["CEO Council"]),
        "cfo": (4, 0, ["Chief Financial Officers"]),
        "cio": (2, 0, ["Membership"]),
        "council-team": (1, 0, []),
        "liaison": (1, 0, []),
        "membership": (1, 0, ["General Counsels", "Membership"]),
    }
    lines = {line["Name"]: line["Groups that admit it"] for line in table(client.get(TABLE))}
    assert lines["Membership"] == "General Counsels; Membership"


def test_one_function_shows_its_seats_society_by_society(cast, visit):
    client = visit("staff")
    page = client.get(f"{LIST}cfo/")
    assert [seat["society"] for seat in page.context["seats"]] == [
        "Academy of Reef Dermatology",
        "College of Harbour Surgeons",
        "Lapsed Society",
        "Society of Lagoon Cardiology",
    ]
    assert [row["slug"] for row in page.context["groups"]] == ["cfos"]
    assert {line["Name"] for line in table(client.get(f"{LIST}cfo/seats.csv"))} == {
        "Ines Okafor",
        "Tomasz Halloran",
        "Kekoa Lindgren",
        "Otto Grim",
    }
    assert client.get(f"{LIST}none-such/").status_code == 404


def test_a_function_is_added_and_renamed(cast, visit):
    client = visit("staff")
    with recorded() as events:
        answer = client.post(NEW, LIBRARIAN | {"single_holder": "on"})
        client.post(f"{answer['Location']}name/", LIBRARIAN | {"name": "Head of Library"})
    assert answer["Location"] == f"{LIST}chief-librarian/"
    added = Function.objects.get(slug="chief-librarian")
    assert (added.name, added.single_holder) == ("Head of Library", True)
    assert [name for name, *_rest in events] == ["function.added", "function.renamed"]
    assert "No society has this seat" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("path", [NEW, f"{LIST}ceo/name/"])
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        *(({"name": word}, "name") for word in ("", "\x00", LONG)),
        ({"name": "cfo"}, "__all__"),
        ({"plural": ""}, "plural"),
        ({"short": LONG}, "short"),
        ({"about": "\x00"}, "about"),
    ],
)
def test_what_cannot_be_is_refused_and_kept(cast, visit, path, typed, field):
    before = list(Function.objects.values())
    page = visit("staff").post(path, LIBRARIAN | typed)
    assert (page.status_code, bool(page.context["form"].errors[field])) == (422, True)
    for name, value in (LIBRARIAN | typed).items():
        assert page.context["form"][name].value() == value
    assert list(Function.objects.values()) == before


def test_lists_and_tables_ask_the_same_for_one_seat_and_for_more(cast, visit):
    client = visit("staff")
    paths = (LIST, TABLE, f"{LIST}membership/", f"{LIST}membership/seats.csv")
    counts = []
    for _round in range(2):
        for path in paths:
            client.get(path).getvalue()
        counts.append([count(client, path) for path in paths])
        for _ in range(3):
            make_tenure(make_person(), cast.reef, "membership")
    assert counts[0] == counts[1]


def count(client, path):
    with CaptureQueriesContext(connection) as asked:
        client.get(path).getvalue()
    return len(asked)
