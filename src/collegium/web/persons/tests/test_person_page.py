"""A person's page: seats, contacts as far as the person lets, topics as far as the viewer may read."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress

from collegium.core.people import actions
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions.tests.factories import make_topic
from collegium.web.tests.reading import texts

pytestmark = pytest.mark.django_db
PAGE = "/people/ines-okafor/"


def test_members_and_oneself_see_the_page_and_nobody_else(cast, visit):
    statuses = {part: visit(part).get(PAGE).status_code for part in cast.parts}
    assert {part for part, status in statuses.items() if status != 200} == {None, "outsider", "suspended"}
    assert visit("outsider").get("/people/oz-nobody/").status_code == 200
    assert visit("suspended").get("/people/otto-grim/").status_code == 200


def test_the_team_sees_everybody(visit):
    assert visit("staff").get("/people/oz-nobody/").status_code == 200
    assert visit("staff").get("/people/otto-grim/").status_code == 200


def test_the_page_of_one_who_left_stays_with_the_seats_held_before(cast, visit):
    actions.end_tenure(cast.tenures["peer"], last_day=date(2026, 5, 2), by=None, at=cast.at)
    page = visit("colleague").get(PAGE)
    assert texts(page, "div.lede") == ["Holds no seat at present"]
    assert texts(page, "tr")[1:] == ["Chief Financial Officer Society of Lagoon Cardiology 1 Jan 2020 2 May 2026"]
    assert visit("peer").get(PAGE).status_code == 200


def test_two_seats_are_both_shown_and_the_end_to_those_who_may_know(cast, visit):
    actions.end_tenure(cast.tenures["two_seats_reef"], last_day=date(2026, 5, 31), by=None, at=cast.at)
    client, page = visit("peer"), "/people/bao-castellanos/"
    assert texts(client.get(page), "div.lede") == [
        "Chief Information Officer, Society of Lagoon Cardiology Interim CIO (interim) , Academy of Reef Dermatology"
    ]
    assert "until 31 May 2026" in texts(visit("staff").get(page), "div.lede")[0]


def test_contacts_show_as_far_as_the_person_lets(cast, visit):
    EmailAddress.objects.filter(user=cast.peer).update(verified=True)
    fields = {"phone": "+1 212 555 0100", "phone_seen_by": "society", "address_seen_by": "groups"}
    actions.change_profile(cast.peer, by=cast.peer, at=cast.at, about="Counts.", expertise=["audits"], **fields)
    seen = {part: texts(visit(part).get(PAGE), "dt") for part in ("colleague", "two_seats", "newcomer", "peer")}
    assert seen == {
        "colleague": ["Can help with", "Address"],
        "two_seats": ["Can help with", "Telephone"],
        "newcomer": ["Can help with"],
        "peer": ["Can help with", "Address", "Telephone"],
    }
    assert "seen by: My society" in " ".join(texts(visit("peer").get(PAGE), "dd"))


def test_topics_started_show_as_far_as_the_viewer_may_read(cast, visit):
    make_topic(cast, title="Canary in the accounts")
    seen = {part: texts(visit(part).get(PAGE), "h3") for part in ("colleague", "newcomer", "staff")}
    assert seen == {"colleague": ["Canary in the accounts"], "newcomer": [], "staff": []}


def test_groups_in_common_are_named_and_no_others(cast, visit):
    assert "Groups you share" in texts(visit("colleague").get(PAGE), "h2")
    assert "Groups you share" not in texts(visit("newcomer").get(PAGE), "h2")
    assert "Groups you share" not in texts(visit("peer").get(PAGE), "h2")


def test_a_closed_account_says_so(cast, visit):
    actions.close_account(cast.peer, by=cast.peer, at=cast.at)
    page = visit("colleague").get(PAGE)
    assert texts(page, "div.banner") == ["Note: This account is closed. What was written with it keeps its name."]


def test_a_name_of_ninety_characters_stands_whole(cast, visit):
    name = "Maximiliana Wilhelmina Featherstonehaugh-Cholmondeley von und zu Hohenzollern-Sigmaringen"
    person = make_person(name, about="<script>alert(1)</script>\n\nTwo paragraphs.")
    make_tenure(person, cast.lagoon, "history")
    page = visit("peer").get(f"/people/{person.handle}/")
    assert texts(page, "h1") == [name]
    assert b"<script>alert" not in page.content


def test_a_page_is_six_questions_however_much_stands_on_it(cast, visit, django_assert_num_queries):
    client = visit("colleague")
    for number in range(3):
        with django_assert_num_queries(6):
            client.get(PAGE)
        make_topic(cast, title=f"Topic {number}")
        make_tenure(cast.peer, cast.reef, f"function-{number}")
