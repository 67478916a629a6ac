"""One list by name of whoever waits at a closed group: all ticked, counted by hand, confirmed in one go."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.groups import actions
from collegium.core.groups.models import Confirmation, Group, Office
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.web.tests.reading import texts

pytestmark = pytest.mark.django_db
PAGE = "/groups/cfos/confirmations/"


@pytest.fixture
def closed(cast):
    actions.close_group(cast.cfos, viewer=cast.viewer("staff"), at=cast.at)
    return Group.objects.get(pk=cast.cfos.pk)


def keys(cast, *parts):
    return [f"tenure-{cast.tenures[part].pk}" for part in parts]


def send(visit, chosen, count, part="second_staff"):
    return visit(part).post(PAGE, {"chosen": chosen, "count": count})


def confirmed(group):
    return set(Confirmation.objects.filter(group=group).values_list("tenure__person__handle", flat=True))


def test_everybody_stands_on_it_ticked_by_society_and_name(visit, closed):
    page = visit("second_staff").get(PAGE)
    assert texts(page, "label.tick") == [
        "Kekoa Lindgren Chief Financial Officer, Academy of Reef Dermatology",
        "Tomasz Halloran Chief Financial Officer, College of Harbour Surgeons",
        "Tomasz Halloran Chief Financial Officer, College of Harbour Surgeons · Chair",
        "Ines Okafor Chief Financial Officer, Society of Lagoon Cardiology",
    ]
    assert page.content.decode().count(" checked>") == 4


def test_those_ticked_are_in_and_the_rest_go_on_waiting(cast, visit, closed):
    answer = send(visit, keys(cast, "peer", "colleague"), "2")
    assert (answer.status_code, answer["Location"]) == (303, "/groups/cfos/#confirmations")
    assert confirmed(closed) == {cast.peer.handle, cast.colleague.handle}
    left = visit("second_staff").get(PAGE)
    assert len(texts(left, "label.tick")) == 2


def test_an_officer_is_confirmed_by_the_same_list(cast, visit, closed):
    office = Office.objects.get(group=closed)
    assert send(visit, [f"officer-{office.pk}"], "1").status_code == 303
    assert Office.objects.get(pk=office.pk).confirmed_by == cast.second_staff


@pytest.mark.parametrize("count", ["", "1", "3", "two", "-2", "2" * 100, "\x00", "٢"])
def test_nothing_is_done_before_the_number_is_right_and_the_ticks_stay(cast, visit, closed, count):
    answer = send(visit, keys(cast, "peer", "colleague"), count)
    if count == "٢":  # two, in the digits of another script
        assert answer.status_code == 303
        return
    assert (answer.status_code, confirmed(closed)) == (422, set())
    assert answer.content.decode().count(" checked>") == 2


@pytest.mark.parametrize("chosen", [[], ["tenure-999999"], ["circle-1"], ["nonsense"], ["\x00"], ["x" * 100_000]])
def test_what_does_not_wait_cannot_be_ticked(visit, closed, chosen):
    answer = send(visit, chosen, "1")
    assert (answer.status_code, confirmed(closed)) == (422, set())
    assert len(answer.content) < 60_000


def test_whom_one_recorded_oneself_somebody_else_confirms(cast, visit, closed):
    place = make_organization("New Society", slug="newsociety")
    newcomer = make_tenure(make_person("Cleo Chief"), place, "cfo", by=cast.second_staff, at=cast.at)
    page = visit("second_staff").get(PAGE)
    assert [row.partition(",")[0].partition(" C")[0] for row in texts(page, "li.row")] == ["Cleo"]
    assert send(visit, [f"tenure-{newcomer.pk}"], "1").status_code == 422
    assert send(visit, [f"tenure-{newcomer.pk}"], "1", part="staff").status_code == 303


def test_an_open_group_has_no_such_page(visit, cast):
    assert visit("staff").get(PAGE).status_code == 404


def test_the_group_s_page_leads_to_it_where_several_wait(visit, closed):
    assert f'href="{PAGE}"' in visit("second_staff").get("/groups/cfos/").content.decode()
    assert f'href="{PAGE}"' in visit("second_staff").get("/office/groups/of/cfos/").content.decode()


def test_it_asks_the_same_of_the_database_for_one_and_for_many(cast, visit, closed):
    client = visit("second_staff")
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    send(visit, keys(cast, "peer", "colleague", "leaver"), "3")
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    assert len(one) == len(many)
