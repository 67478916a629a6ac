"""The list of groups: one's own first, the others by kind, each as far as the viewer may know it."""

import pytest

from collegium.core.groups import actions
from collegium.core.groups.tests.factories import make_group
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db


def sections(page):
    return texts(page, "h2"), texts(page, "h3")


def beside(page):
    """What stands beside each name."""
    names = texts(page, "h3")
    return dict(zip(names, [row["text"] for row in found(page, "div.row-side")], strict=True))


def test_nobody_sees_the_groups_with_public_pages_and_no_numbers(visit):
    page = visit(None).get("/groups/")
    assert sections(page) == (
        ["Peer groups 3", "Governing bodies 1"],
        ["Chief Financial Officers", "General Counsels", "Membership", "CEO Council"],
    )
    assert beside(page) == {
        "Chief Financial Officers": "",
        "General Counsels": "closed",
        "Membership": "",
        "CEO Council": "closed",
    }


def test_a_peer_sees_the_own_groups_first_with_how_many_are_in_them(visit):
    page = visit("peer").get("/groups/")
    assert sections(page) == (
        ["Groups you are in 1", "Peer groups 2", "Governing bodies 1"],
        ["Chief Financial Officers", "General Counsels", "Membership", "CEO Council"],
    )
    assert beside(page) == {
        "Chief Financial Officers": "you are in 3 people",
        "General Counsels": "closed",
        "Membership": "1 person",
        "CEO Council": "closed",
    }


def test_a_door_one_may_open_is_marked(cast, visit):
    page = visit("newcomer").get("/groups/")
    assert beside(page) == {
        "Chief Financial Officers": "3 people",
        "General Counsels": "you may ask to join closed",
        "Membership": "you may join 1 person",
        "CEO Council": "closed",
    }
    viewer = cast.viewer("newcomer")
    actions.request_to_join(cast.counsels, tenure=cast.tenures["newcomer"], note="", viewer=viewer, at=cast.at)
    assert beside(visit("newcomer").get("/groups/"))["General Counsels"] == "you have asked closed"


def test_the_councils_team_sees_hidden_groups_and_the_numbers_of_closed_ones(visit):
    page = visit("staff").get("/groups/")
    assert sections(page)[0] == ["Peer groups 3", "Governing bodies 1", "Boards 1"]
    assert beside(page)["CEO Council"] == "2 people closed"


def test_a_purpose_is_told_by_its_first_sentence(visit, cast):
    make_group("Historians", slug="historians", purpose="For those who look back. They meet twice a year.", is_new=True)
    page = visit(None).get("/groups/")
    purposes = dict(zip(texts(page, "h3"), texts(page, "p.purpose"), strict=True))
    assert purposes["Historians"] == "For those who look back."
    assert beside(page)["Historians"] == "new"


def test_without_groups_it_says_who_founds_them(client, db):
    page = client.get("/groups/")
    assert sections(page) == (["There are no groups yet"], [])


@pytest.mark.parametrize("part", [None, "peer", "staff"])
def test_many_groups_and_people_cost_no_more_questions(cast, visit, part, django_assert_num_queries):
    client = visit(part)
    questions = 2 if part is None else 5
    with django_assert_num_queries(questions):
        client.get("/groups/")
    for number in range(3):
        make_group(f"Group {number}", "cfo", joining="open")
        make_tenure(make_person(), make_organization(), "cfo")
    with django_assert_num_queries(questions):
        client.get("/groups/")
