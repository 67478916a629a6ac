"""What members find inside a group beside its topics: the roster, the level, the charter, the history."""

import pytest

from collegium.core.groups import actions
from collegium.core.notices.queries import level_of
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.web.groups import rosters
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db


def test_the_roster_names_people_by_society_with_their_title(visit):
    page = visit("peer").get("/groups/cfos/roster/")
    assert texts(page, "tr") == [
        "Name Title Society Capacity",
        "Kekoa Lindgren Chief Financial Officer Academy of Reef Dermatology holder",
        "Tomasz Halloran Chief Financial Officer College of Harbour Surgeons holder",
        "Ines Okafor Chief Financial Officer Society of Lagoon Cardiology holder",
    ]


def test_the_roster_is_for_members_only(cast, visit):
    seen = {part for part in cast.parts[1:] if visit(part).get("/groups/cfos/roster/").status_code == 200}
    assert seen == {"peer", "colleague", "leaver"}


def test_the_roster_is_narrowed_to_a_society(visit):
    client = visit("peer")
    assert len(texts(client.get("/groups/cfos/roster/?society=reef"), "tr")) == 2
    nobody = client.get("/groups/cfos/roster/?society=nowhere")
    assert "Nobody of this society" in texts(nobody, "h2")
    part = client.get("/groups/cfos/roster/?society=reef", headers={"HX-Request": "true", "HX-Target": "people"})
    assert part.content.decode().lstrip().startswith('<div id="people"')


@pytest.mark.parametrize("query", ["society=%00", "society=<b>", "page=0", "page=-1", "page=x", "page=" + "9" * 30])
def test_a_strange_address_of_the_roster_is_answered(visit, query):
    assert visit("peer").get(f"/groups/cfos/roster/?{query}").status_code == 200


def test_four_hundred_people_stand_on_four_pages():
    people = [
        {
            "person_id": n,
            "name": f"Person {n}",
            "credentials": "",
            "society_slug": f"s{n % 40}",
            "society": f"Society {n % 40}",
        }
        for n in range(400)
    ]
    first, last = rosters.page(people, "", None), rosters.page(people, "", 4)
    assert (len(first["rows"]), first["total"], first["societies"], first["earlier_url"], first["later_url"]) == (
        100, 400, 40, "", "?page=2",
    )  # fmt: skip
    assert (len(last["rows"]), last["earlier_url"], last["later_url"]) == (100, "?page=3", "")


def test_a_long_roster_costs_no_more_questions(cast, visit, django_assert_max_num_queries):
    client = visit("peer")
    for _number in range(3):
        make_tenure(make_person(), make_organization(), "cfo")
    with django_assert_max_num_queries(6):
        client.get("/groups/cfos/roster/")


def test_one_chooses_how_much_to_hear(cast, visit):
    client = visit("peer")
    assert [hit["text"] for hit in found(client.get("/groups/cfos/"), "option") if "selected" in hit["attrs"]] == [
        "Every message"
    ]
    done = client.post("/groups/cfos/level/", {"level": "weekly"})
    assert (done.status_code, done["Location"]) == (303, "/groups/cfos/#level")
    assert level_of(cast.peer.pk, cast.cfos.pk) == "weekly"
    assert [hit["text"] for hit in found(client.get("/groups/cfos/"), "option") if "selected" in hit["attrs"]] == [
        "A weekly digest"
    ]


@pytest.mark.parametrize("level", ["", "sometimes", "\x00"])
def test_a_level_there_is_not_changes_nothing(cast, visit, level):
    page = visit("peer").post("/groups/cfos/level/", {"level": level})
    assert (page.status_code, len(texts(page, "div.form-errors"))) == (422, 1)
    assert level_of(cast.peer.pk, cast.cfos.pk) == "every"


@pytest.mark.parametrize("deed", ["level", "reading"])
@pytest.mark.parametrize("part", ["newcomer", "staff", "outsider"])
def test_those_outside_have_nothing_to_hear_or_read(visit, part, deed):
    assert visit(part).post(f"/groups/cfos/{deed}/", {"level": "weekly"}).status_code == 404


def test_a_charter_has_versions_that_stay_readable(cast, visit):
    staff = visit("staff")
    for text in ("We meet *twice* a year.", "We meet four times a year."):
        assert staff.post("/groups/cfos/charter/versions/", {"text": text}).status_code == 303
    anybody = visit(None)
    assert texts(anybody.get("/groups/cfos/charter/"), "div.article") == ["We meet four times a year."]
    assert texts(anybody.get("/groups/cfos/charter/?version=1"), "div.article") == ["We meet twice a year."]
    assert anybody.get("/groups/cfos/charter/?version=7").status_code == 404
    assert "Charter, version 2" in texts(anybody.get("/groups/cfos/"), "a")
    # Beside the search and the theme.
    assert texts(anybody.get("/groups/cfos/charter/"), "form")[2:] == []


def test_only_those_who_run_the_group_write_its_charter(cast, visit):
    for part in ("peer", "newcomer", "outsider"):
        assert visit(part).post("/groups/cfos/charter/versions/", {"text": "Mine."}).status_code == 404
        assert visit(part).get("/groups/cfos/charter/").status_code == 404
    page = visit("colleague").post("/groups/cfos/charter/versions/", {"text": ""})
    assert page.status_code == 422
    assert visit("colleague").get("/groups/cfos/charter/").status_code == 200


def test_the_history_tells_what_was_done_to_those_who_may_see_it(cast, visit):
    office = cast.cfos.offices.get()
    actions.end_office(office, viewer=cast.viewer("staff"), at=cast.at)
    page = visit("newcomer").get("/groups/cfos/history/")
    told = [hit["text"] for hit in found(page, "span") if "office" in hit["text"]]
    assert told == ["Mara Quist ended an office", "Mara Quist named an officer"]
    assert visit("outsider").get("/groups/cfos/history/").status_code == 404
