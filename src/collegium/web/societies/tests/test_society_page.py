"""A society's page: what it is for everybody, who sits in its seats for the member societies."""

from datetime import date

import pytest

from collegium.core.people import actions
from collegium.core.people.tests.factories import make_function, make_organization, make_person, make_tenure
from collegium.web.tests.reading import texts

pytestmark = pytest.mark.django_db


def lede(page):
    return texts(page, "div.lede")[0]


def seats(page):
    return [row for row in texts(page, "tr") if not row.startswith("Seat")]


def test_everybody_reads_what_it_is_and_sees_no_person(cast, visit):
    for part in (None, "outsider", "suspended"):
        page = visit(part).get("/societies/lagoon/")
        assert (texts(page, "h1"), lede(page)) == (["Society of Lagoon Cardiology"], "Member society since 2020")
        assert seats(page) == []
        assert b"Okafor" not in page.content


def test_members_see_its_seats_held_interim_and_vacant(cast, visit):
    actions.open_seat(cast.reef, make_function("general-counsel"))
    deputy = make_person("Dora Deputy")
    make_tenure(deputy, cast.reef, "membership", title="Deputy Director", capacity="deputy")
    page = visit("peer").get("/societies/reef/")
    assert seats(page) == [
        "CFO Kekoa Lindgren Chief Financial Officer held",
        "CIO Bao Castellanos Interim CIO interim",
        "Membership Nadia Brook Director of Membership held",
        "Dora Deputy Deputy Director deputy",
        "General counsel Nobody at present vacant",
    ]
    assert texts(page, "p.quiet")[0] == "2 seats are held, 1 by an interim, 1 is vacant."


def test_a_seat_is_vacant_since_its_last_tenure(cast, visit):
    actions.end_tenure(cast.tenures["leaver"], last_day=date(2026, 5, 1), by=None, at=cast.at)
    assert seats(visit("peer").get("/societies/reef/"))[0] == "CFO Nobody at present vacant since 2 May 2026"


def test_who_will_leave_is_for_the_society_and_the_councils_team(cast, visit):
    actions.end_tenure(cast.tenures["leaver"], last_day=date(2026, 5, 31), by=None, at=cast.at)
    told = {part: b"until 31 May 2026" in visit(part).get("/societies/reef/").content for part in cast.parts}
    assert {part for part, tells in told.items() if tells} == {
        "leaver",
        "newcomer",
        "two_seats",
        "staff",
        "second_staff",
    }


@pytest.mark.parametrize(
    ("status", "in_full"),
    [
        ("applicant", "Has applied for membership on 1 May 2026"),
        ("suspended", "Membership suspended since 1 May 2026"),
        ("former", "Former member; left on 1 May 2026"),
    ],
)
def test_why_a_society_is_not_a_member_is_for_members_to_know(cast, visit, status, in_full):
    actions.change_standing(cast.lapsed, status=status, from_day=date(2026, 5, 1), by=None, at=cast.at)
    assert lede(visit("peer").get("/societies/lapsed/")) == in_full
    assert lede(visit(None).get("/societies/lapsed/")) == "Not a member at present"


def test_each_kind_says_what_it_is_to_the_council(cast, visit):
    make_organization("Rhythm", kind="subspecialty", slug="rhythm", parent=cast.lagoon)
    make_organization("Fund", kind="foundation", slug="fund", parent=cast.lagoon)
    make_organization("Lost", kind="foundation", slug="lost", parent=cast.lapsed)
    make_organization("Body", kind="related_body", slug="body")
    make_organization("Friend", kind="partner", slug="friend", standing=None)
    client = visit(None)
    told = {
        slug: lede(client.get(f"/societies/{slug}/"))
        for slug in ("council", "rhythm", "fund", "lost", "body", "friend")
    }
    assert told == {
        "council": "The council itself",
        "rhythm": "Takes part as a subspecialty society designated by Society of Lagoon Cardiology",
        "fund": "Takes part as the foundation of Society of Lagoon Cardiology",
        "lost": "Takes no part at present, as Lapsed Society is not a member",
        "body": "A body outside the council, with which it keeps in touch",
        "friend": "A partner of the council",
    }
    lists = texts(client.get("/societies/lagoon/"), "li")
    assert [name for name in lists if name in ("Rhythm", "Fund")] == ["Rhythm", "Fund"]


def test_its_history_is_for_members(cast, visit):
    assert visit("peer").get("/societies/lagoon/history/").status_code == 200
    assert visit("outsider").get("/societies/lagoon/history/").status_code == 404
    assert visit("peer").get("/societies/nowhere/history/").status_code == 404


def test_a_society_without_seats_says_who_records_them(cast, visit):
    make_organization("Bare Society", slug="bare")
    assert "No seats yet" in texts(visit("peer").get("/societies/bare/"), "h3")


def test_more_seats_cost_no_more_questions(cast, visit, django_assert_num_queries):
    for part, questions in ((None, 3), ("peer", 6)):
        client = visit(part)
        for number in range(2):
            with django_assert_num_queries(questions):
                client.get("/societies/lagoon/")
            make_tenure(make_person(), cast.lagoon, f"function-{part}-{number}".lower())
