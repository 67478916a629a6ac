"""What one may not see does not exist; what is refused says why; what is too large is said to be."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.people.tests.factories import make_person
from collegium.web.tests.reading import bare, texts

pytestmark = pytest.mark.django_db

UNSEEN: dict[str, list[str | None]] = {
    "/groups/board/": [None, "outsider", "peer", "chair"],
    "/groups/board/charter/": [None, "peer"],
    "/groups/board/roster/": ["peer", "staff"],
    "/groups/board/history/": ["peer"],
    "/people/oz-nobody/": ["peer", "suspended"],
    "/people/ines-okafor/": ["outsider", "suspended"],
}
# As long as what they stand for: the address of a page is part of some of its links.
UNKNOWN = {"board": "bored", "oz-nobody": "oz-anyone", "ines-okafor": "ines-okafer"}


def fetched(client, path):
    with CaptureQueriesContext(connection) as queries:
        answer = bare(client.get(path), path)
    return answer, len(queries)


@pytest.mark.parametrize(("path", "part"), [(path, part) for path, parts in UNSEEN.items() for part in parts])
def test_unseen_and_unknown_are_the_same_to_the_byte_and_to_the_query(visit, path, part):
    client = visit(part)
    client.get("/")
    unknown = path.replace(path.split("/")[2], UNKNOWN[path.split("/")[2]])
    unseen = fetched(client, path)
    assert unseen[0][0] == 404
    assert unseen == fetched(client, unknown)


@pytest.mark.parametrize("path", ["/people/", "/people/ines-okafor/", "/groups/cfos/roster/", "/groups/cfos/history/"])
def test_nobody_is_asked_to_sign_in_first(visit, path):
    response = visit(None).get(path)
    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={path}")


@pytest.mark.parametrize("part", ["outsider", "suspended"])
def test_the_directory_does_not_exist_outside_the_member_societies(visit, part):
    assert visit(part).get("/people/").status_code == 404


def test_a_refusal_no_form_took_up_says_why(cast, visit):
    membership = cast.membership.memberships.get(seat=cast.tenures["two_seats"].seat)
    client = visit("two_seats")
    left = client.post("/groups/membership/departure/", {"membership": membership.pk})
    assert left.status_code == 303
    again = client.post("/groups/counsels/confirmations/officer/1/")
    assert again.status_code == 404
    refused = visit("chair").post(f"/groups/ceos/confirmations/tenure/{cast.tenures['chair'].pk}/")
    assert refused.status_code == 404


def test_the_reason_of_a_refusal_stands_on_the_page(cast, visit):
    from collegium.core.groups import actions

    office = actions.name_officer(
        cast.ceos, tenure=cast.tenures["delegate"], role="liaison", viewer=cast.viewer("staff"), at=cast.at
    )
    page = visit("staff").post(f"/groups/ceos/confirmations/officer/{office.pk}/")
    assert page.status_code == 403
    assert texts(page, "div.prose") == ["A second person has to confirm this. Nothing was changed."]


def test_a_request_that_is_too_large_is_told_so(visit, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = visit("newcomer")
    page = client.post("/groups/counsels/requests/", {"note": "x" * 500})
    assert (page.status_code, texts(page, "h1")) == (413, ["That is too large"])


@pytest.mark.parametrize(
    ("part", "length", "status"),
    [
        (None, 2_500_001, 413),
        ("newcomer", 2_500_001, 404),
        ("newcomer", 402_500_001, 413),
        (None, "x", 404),
        (None, "", 404),
    ],
)
def test_what_is_larger_than_any_form_is_turned_away_unread_and_files_of_strangers_too(visit, part, length, status):
    """A form's token is looked for in what was sent: without this, whoever asks fills the disk with it."""
    sent: Any = {"CONTENT_LENGTH": str(length), "wsgi.input": Unread()}
    page = visit(part).generic("POST", "/nowhere/", b"", content_type="multipart/form-data; boundary=x", **sent)
    assert page.status_code == status


class Unread:
    """What was sent, and nobody may read."""

    def read(self, *_size):
        raise AssertionError("it was read")

    readline = read


def test_a_malformed_request_is_told_so(client):
    page = client.get("/", headers={"host": "not a host"})
    assert (page.status_code, texts(page, "h1")) == (400, ["This request could not be read"])


def test_times_are_written_in_the_readers_zone_and_never_in_the_last_readers(cast, visit):
    cast.peer.time_zone = "Pacific/Auckland"
    cast.peer.save(update_fields=["time_zone"])
    client = visit("peer")
    page = client.get("/groups/cfos/")
    assert b'data-zone="Pacific/Auckland"' in page.content
    assert b'data-zone="UTC"' in visit(None).get("/groups/cfos/").content
    assert make_person("Late Comer").time_zone == "UTC"
