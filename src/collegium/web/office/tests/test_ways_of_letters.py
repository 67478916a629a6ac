"""How letters fare society by society, and the way of each that came in: for the team, and officers for their group."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.mail.bounces.models import AddressHealth
from collegium.core.mail.incoming.reasons import REASONS
from collegium.core.mail.models import Incoming
from collegium.core.mail.tests.bouncing import FULL, address_of, bounce, suspend
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.rooms.discussions.tests.factories import make_topic

FARE, CSV, IN = "/office/letters/fare/", "/office/letters/fare/table/", "/office/letters/in/"
GROUP = "/groups/cfos/letters/"
TOKEN = "0a" * 20

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast, visit) -> Any:
    return visit("staff")


def shown(client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def came(cast, number: int = 0, **fields: Any) -> Incoming:
    at = cast.at + timedelta(minutes=number)
    told: dict[str, Any] = {
        "to": "cfos@peers.example",
        "digest": f"{number}",
        "raw": b"Subject: S3cret\n\nW0rds",
        "received_at": at,
        "state": "posted",
        "handled_at": at,
        "sender": "peer@lagoon.example",
        "person": cast.peer,
        "place": cast.cfos.entry,
    } | fields
    if told["state"] == "waiting":
        told["handled_at"] = None
    return Incoming.objects.create(**told)


# --- whether letters arrive


def test_where_all_arrive_the_page_says_so(client):
    page = shown(client, FARE)
    assert "Letters arrive everywhere" in page
    assert "letters come back from 0; 0 are suspended." in page


def test_a_society_is_told_in_words_with_the_servers(cast, client):
    suspend(cast.peer, at=cast.at)
    page = shown(client, FARE)
    assert "1 of 4 addresses refuses letters since Monday. 1 is suspended." in page
    assert "550 5.1.1 no such mailbox" in page
    assert "letters come back from 1; 1 are suspended." in page


def test_all_of_a_society_are_told_as_all(cast, client):
    for person in (cast.leaver, cast.newcomer):
        bounce(address_of(person), 1, at=cast.at, failed=FULL)
    EmailAddress.objects.filter(user=cast.two_seats).update(primary=False)
    assert "All 2 addresses refuse letters since Monday." in shown(client, FARE)


def test_the_only_one_is_told_as_the_only_one(cast, client):
    bounce(address_of(cast.chair), 1, at=cast.at)
    EmailAddress.objects.filter(user=cast.colleague).update(primary=False)
    assert "The only address refuses letters since Monday." in shown(client, FARE)


def test_what_came_back_long_ago_is_forgotten_unless_it_is_suspended(cast, client):
    bounce(address_of(cast.peer), 1, at=cast.at - timedelta(days=12))
    assert "Letters arrive everywhere" in shown(client, FARE)
    suspend(cast.colleague, at=cast.at - timedelta(days=100))
    assert "College of Harbour Surgeons" in shown(client, FARE)


def test_days_are_counted(cast, client):
    bounce(address_of(cast.peer), 1, at=cast.at)
    bounce(address_of(cast.colleague), 1, at=cast.at - timedelta(days=1))
    page = shown(client, FARE)
    row = page.partition("Mon 4 May</time></th>")[2].partition("</tr>")[0]
    assert [cell.partition("<")[0] for cell in row.split('class="end">')[1:]] == ["0", "0", "1", "0"]
    assert page.count('<th scope="row"><time') == 14


def test_one_society_shows_its_addresses_and_only_those_that_fail(cast, client):
    address = suspend(cast.peer, at=cast.at)
    bounce(address_of(cast.colleague), 1, at=cast.at)
    page = shown(client, f"{FARE}lagoon/")
    assert ("peer@lagoon.example" in page, "colleague@" in page, "two_seats@" in page) == (True, False, False)
    assert "tried again on" in page
    AddressHealth.objects.filter(pk=address.pk).update(probe_due_at=None)
    assert "not tried any more" in shown(client, f"{FARE}lagoon/")
    assert "Letters arrive at all its addresses" in shown(client, f"{FARE}reef/")


@pytest.mark.parametrize("slug", ["none-such", "x" * 2000])
def test_an_unknown_society_is_not_there(client, slug):
    assert client.get(f"{FARE}{slug}/").status_code == 404


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "9" * 30, "%00", "1000"])
def test_a_page_that_is_none_is_the_first_or_empty(cast, client, page):
    suspend(cast.peer, at=cast.at)
    assert client.get(f"{FARE}lagoon/?page={page}").status_code == 200


def test_the_table_has_every_failing_address_and_no_formula(cast, client):
    address = suspend(cast.peer, at=cast.at)
    AddressHealth.objects.filter(pk=address.pk).update(said="=HYPERLINK(1)")
    answer = client.get(CSV)
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:3] == ["Society", "Person", "Address"]
    assert rows[1:] == [
        [
            "Society of Lagoon Cardiology",
            "Ines Okafor",
            "peer@lagoon.example",
            "2026-05-04",
            "2026-05-04",
            "'=HYPERLINK(1)",
        ]
    ]


def test_more_societies_and_addresses_cost_no_more_questions(cast, client, django_assert_num_queries):
    suspend(cast.peer, at=cast.at)
    paths = (FARE, f"{FARE}lagoon/")
    counts = [_questions(client, path) for path in paths]
    for number in range(3):
        person = make_person(email=f"more-{number}@lagoon.example")
        make_tenure(person, (cast.lagoon, cast.harbour, cast.reef)[number], "membership")
        bounce(address_of(person), 1, at=cast.at)
    assert [_questions(client, path) for path in paths] == counts


def _questions(client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


# --- the way of letters


@pytest.mark.parametrize("path", [IN, GROUP])
def test_before_any_came_the_page_says_so(client, path):
    assert "No letter has come in yet" in shown(client, path)


@pytest.mark.parametrize("path", [IN, GROUP])
def test_each_state_has_its_word_and_each_reason_its_sentence(cast, client, path):
    for number, state in enumerate(Incoming.State.values):
        came(cast, number, state=state)
    for number, reason in enumerate(REASONS, 100):
        came(cast, number, state="refused", reason=reason)
    page = unescape(client.get(path).content.decode())
    assert all(str(label) in page for label in Incoming.State.labels)
    assert all(str(sentence) in page for sentence in REASONS.values())


@pytest.mark.parametrize("path", [IN, GROUP])
def test_nothing_of_what_it_says_is_shown(cast, client, path):
    came(cast, raw=b"Subject: S3cret\n\nW0rds", message_id="m3ssage@x.example")
    page = shown(client, path)
    assert "Ines Okafor" in page
    assert not any(word in page for word in ("S3cret", "W0rds", "m3ssage"))


def test_tokens_are_never_shown(cast, client):
    for number, letter in enumerate("rpumb"):
        came(cast, number, to=f"{letter}-{TOKEN}@peers.example")
    page = shown(client, IN)
    assert TOKEN not in page
    assert "the address for an answer" in page
    assert "where bounces come back" in page


def test_what_became_of_it_is_a_link_for_those_who_may_see_it(cast, visit):
    topic = make_topic(cast)
    came(cast, entry=topic.entry)
    assert topic.get_absolute_url() in shown(visit("colleague"), GROUP)
    # The team runs a group without reading it.
    assert topic.get_absolute_url() not in shown(visit("staff"), IN)


def test_officers_see_their_groups_letters_alone_and_of_strangers_the_domain(cast, visit):
    came(cast, 1, person=None, sender="jane.stranger@far.example", state="refused", reason="stranger")
    came(cast, 2, place=cast.membership.entry, person=cast.newcomer, sender="newcomer@reef.example")
    came(cast, 3, place=None, person=cast.delegate)
    page = shown(visit("colleague"), GROUP)
    assert ("…@far.example" in page, "jane.stranger" in page, "Nadia" in page, "Ingvild" in page) == (
        True,
        False,
        False,
        False,
    )
    assert "jane.stranger@far.example" in shown(visit("staff"), IN)


@pytest.mark.parametrize("part", [None, "peer", "chair", "outsider", "newcomer"])
def test_to_everybody_else_it_is_unknown(cast, visit, part):
    came(cast)
    expected = 302 if part is None else 404
    for path in (GROUP, IN, FARE, CSV, f"{FARE}lagoon/"):
        assert visit(part).get(path).status_code == expected, path


def test_it_is_narrowed_by_state_group_address_and_day(cast, client):
    came(cast, 1, state="failed", reason="error", person=cast.delegate)
    came(cast, 2, place=cast.membership.entry, person=cast.newcomer)
    came(cast, 3, received_at=cast.at - timedelta(days=3), sender="old@lagoon.example", person=cast.two_seats)
    names = ("Ingvild", "Nadia", "Bao")
    day = (cast.at - timedelta(days=3)).date()
    for query, expected in (
        ("", (True, True, True)),
        ("?state=failed", (True, False, False)),
        ("?group=membership", (False, True, False)),
        ("?address=OLD@lagoon.example", (False, False, True)),
        ("?address=cfos@peers.example&state=failed", (True, False, False)),
        (f"?day={day}", (False, False, True)),
        ("?state=held", (False, False, False)),
    ):
        page = shown(client, IN + query)
        assert tuple(name in page for name in names) == expected, query


@pytest.mark.parametrize("field", ["state", "group", "address", "day", "before"])
@pytest.mark.parametrize(
    "value", ["", "%00", "x" * 5000, "-1", "%FF", "9999-99-99", "1e999_1", "nan_1", "1_" + "9" * 40]
)
def test_what_cannot_be_read_narrows_nothing_or_finds_nothing(cast, client, field, value):
    came(cast)
    for path in (IN, GROUP):
        assert client.get(f"{path}?{field}={value}").status_code == 200


def test_it_goes_on_page_by_page_each_letter_once(cast, client):
    for number in range(120):
        came(cast, number // 7, digest=str(number), sender=f"n-{number}@far.example", person=None)
    found: list[str] = []
    url = IN + "?state=posted"
    while url:
        page = client.get(url)
        found += [row["sender"] for row in page.context["rows"]]
        assert "state=posted" in (page.context["older"] or "state=posted")
        url = IN + page.context["older"] if page.context["older"] else ""
    assert (len(found), len(set(found))) == (120, 120)


def test_more_letters_cost_no_more_questions(cast, client):
    topic = make_topic(cast)
    came(cast, 1, entry=topic.entry)
    counts = [_questions(client, path) for path in (IN, GROUP)]
    for number in range(2, 5):
        came(
            cast, number, entry=topic.entry, person=cast.colleague, place=cast.membership.entry if number % 2 else None
        )
        came(cast, number + 10, entry=topic.entry)
    assert [_questions(client, path) for path in (IN, GROUP)] == counts


def test_its_pages_are_among_the_offices(client):
    page = shown(client, FARE)
    assert (IN in page, "/office/health/" in page) == (True, True)
