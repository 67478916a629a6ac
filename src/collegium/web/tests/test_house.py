"""Every page says where one is, who one is and what waits; it costs one question, and none where nobody asks."""

import pytest
from django.test import RequestFactory

from collegium.core.groups.tests.factories import make_group
from collegium.rooms.discussions.tests.factories import make_answer, make_topic, tell
from collegium.web.house import house, the_house
from collegium.web.tests.reading import attributes, texts

pytestmark = pytest.mark.django_db


def request_of(cast, part):
    request = RequestFactory().get("/")
    request.viewer = cast.viewer(part)
    return request


@pytest.mark.parametrize(
    ("part", "places"),
    [
        (None, ["Groups", "Positions", "Societies"]),
        ("outsider", ["Home", "Groups", "Positions", "Societies"]),
        ("suspended", ["Home", "Groups", "Positions", "Societies"]),
        ("newcomer", ["Home", "Groups", "Positions", "Societies", "People", "Calls"]),
        ("staff", ["Home", "Groups", "Positions", "Societies", "People", "Calls", "Office"]),
    ],
)
def test_the_navigation_leads_where_one_may_go(cast, part, places):
    assert [place.label for place in the_house(request_of(cast, part)).nav] == places


def test_the_place_one_is_at_is_marked(visit):
    page = visit("peer").get("/groups/cfos/")
    assert attributes(page, "a", "aria-current").count("page") == 2  # the room, and the filter "All topics"
    assert texts(page, "title") == ["Chief Financial Officers · Council of Islands"]


def test_the_bell_counts_what_one_may_see_now(cast):
    topic = make_topic(cast)
    make_answer(cast, topic)
    tell()
    assert the_house(request_of(cast, "peer")).badge == 1
    assert the_house(request_of(cast, "newcomer")).badge == 0


def test_it_is_one_question_and_none_where_no_template_asks(cast, django_assert_num_queries):
    requests = {part: request_of(cast, part) for part in (None, "peer")}
    for request in requests.values():
        assert request.viewer
        with django_assert_num_queries(0):
            lazy = house(request)["house"]
        with django_assert_num_queries(1):
            assert lazy.name == "Council of Islands"


def test_before_there_is_a_council_the_house_has_the_name_of_the_software(db):
    request = RequestFactory().get("/")
    assert the_house(request).name == "Collegium"


def test_more_groups_cost_no_more_questions(cast, visit, django_assert_num_queries):
    client = visit("peer")
    for _number in range(2):
        with django_assert_num_queries(5):
            client.get("/groups/")
        make_group("Another", "cfo")


@pytest.mark.parametrize("part", [None, "peer"])
def test_nothing_between_us_and_the_browser_keeps_a_page(cast, client, part):
    topic = make_topic(cast)
    if part:
        client.force_login(getattr(cast, part))
    for path in ("/groups/", "/groups/cfos/", f"/topics/{topic.pk}/?from=1", "/nowhere/"):
        assert client.get(path)["Cache-Control"] == "private, no-cache", path
