"""The front page: what the council is, for whoever is not signed in; no person is on it."""

import pytest

from collegium.core.groups.tests.factories import make_group
from collegium.core.people.tests.factories import make_organization
from collegium.rooms.discussions.tests.factories import make_topic
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db


def test_it_tells_what_the_council_is_for_and_who_is_in_it(cast, visit):
    type(cast.council).objects.filter(pk=cast.council.pk).update(about="Societies of the islands.")
    page = visit(None).get("/")
    assert texts(page, "title") == ["Welcome · Council of Islands"]
    assert "Societies of the islands." in texts(page, "p.lede")
    assert texts(page, "h2") == ["What the council is for", "Peer groups 3", "Governing bodies 1", "Member societies 3"]
    assert len(found(page, "ol.purposes")) == 1


def test_no_person_and_nothing_said_is_on_it(cast, visit):
    make_topic(cast, title="Canary in the accounts")
    page = visit(None).get("/").content.decode()
    names = [getattr(cast, part).name for part in cast.parts if part]
    assert [word for word in ["Canary", "Board", *names] if word in page] == []


def test_a_council_of_the_first_day_has_a_front_page(client, db):
    page = client.get("/")
    assert (page.status_code, texts(page, "h2")) == (200, ["What the council is for"])


def test_it_is_two_questions_however_large_the_council(cast, visit, django_assert_num_queries):
    client = visit(None)
    for _number in range(3):
        with django_assert_num_queries(2):
            client.get("/")
        make_group()
        make_organization()
