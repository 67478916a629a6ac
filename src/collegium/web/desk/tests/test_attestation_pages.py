"""A society confirms its seats from a letter without signing in, or at the desk; the office sees how far each is."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from collegium.core.mail.models import Letter
from collegium.core.people import actions
from collegium.core.people.models import Attestation, Contact, ProposedRemoval, Tenure
from collegium.core.people.queries import open_attestation
from collegium.web.account.tests.letters import letters_to
from collegium.web.tests.reading import attributes, texts

pytestmark = pytest.mark.django_db
BOARD = "/office/attestations/"


@pytest.fixture
def attestation(cast, today):
    actions.advance_attestations(at=today)
    return open_attestation(cast.lagoon)


@pytest.fixture
def link(attestation):
    letter = Letter.objects.get(to="liaison@lagoon.example")
    return re.search(r"https?://[^/\s]+(/desk/roster/\S+)", letter.text)[1]


def gone(cast, part):
    return f"gone-{cast.tenures[part].pk}"


def test_the_letter_goes_to_the_liaison_or_else_to_the_chief_executive(cast, attestation):
    assert letters_to("liaison@lagoon.example") == ["desk.ask_to_attest"]
    assert letters_to("chair@harbour.example") == ["desk.ask_to_attest"]
    assert Letter.objects.count() == 2
    letter = Letter.objects.get(to="liaison@lagoon.example")
    assert letter.subject == "Who sits where at Society of Lagoon Cardiology?"
    assert "it knows of 4 seats" in letter.text


def test_one_button_confirms_without_signing_in(cast, visit, attestation, link):
    client = visit(None)
    page = client.get(link)
    assert (page.status_code, texts(page, "h1")) == (200, ["Is this right?"])
    assert "All 4 seats are right" in texts(page, "button")
    attestation.refresh_from_db()
    assert attestation.is_open, "opening the link changes nothing"
    assert client.post(link).status_code == 303
    attestation.refresh_from_db()
    assert (attestation.attested_by, attestation.step) == (cast.liaison, "confirmed")
    assert texts(client.get(link), "h1") == ["Thank you"]
    assert client.post(link).status_code == 422


def test_a_title_counts_at_once_and_a_removal_waits_for_the_desk(cast, visit, attestation, link):
    typed = {f"title-{cast.tenures['peer'].pk}": "Treasurer", gone(cast, "two_seats"): "on"}
    assert visit(None).post(link, typed).status_code == 303
    assert Tenure.objects.get(pk=cast.tenures["peer"].pk).title == "Treasurer"
    assert Tenure.objects.get(pk=cast.tenures["two_seats"].pk).last_day is None
    client = visit("liaison")
    assert "Record the end of Bao Castellanos as CIO, or say that they stay" in texts(client.get("/desk/lagoon/"), "h2")
    page = f"/desk/lagoon/tenures/{cast.tenures['two_seats'].pk}/"
    assert "Said to hold this seat no longer" in client.get(page).content.decode()
    assert client.post(f"/desk/lagoon/removals/{ProposedRemoval.objects.get().pk}/").status_code == 303
    assert "Said to hold this seat no longer" not in client.get(page).content.decode()
    assert client.post("/desk/lagoon/removals/999999/").status_code == 404


@pytest.mark.parametrize("title", ["a" * 100_000, "Nu\x00l"])
def test_a_title_that_cannot_be_is_refused(cast, visit, attestation, link, title):
    answer = visit(None).post(link, {f"title-{cast.tenures['peer'].pk}": title})
    attestation.refresh_from_db()
    assert (answer.status_code, attestation.is_open) == (422, True)


def test_the_link_dies_with_the_tenure_and_a_forged_one_never_lived(cast, visit, attestation, link):
    client = visit(None)
    assert [client.get(f"/desk/roster/{token}/").status_code for token in ("forged", "a" * 1000)] == [404, 404]
    assert client.get(f"{link[:-2]}{'a' if link[-2] != 'a' else 'b'}/").status_code == 404
    actions.end_tenure(cast.tenures["liaison"], last_day=date(2026, 5, 4), by=None, at=cast.at)
    assert [client.get(link).status_code, client.post(link).status_code] == [404, 404]


def test_the_link_dies_with_the_quarter(cast, visit, attestation, link):
    Attestation.objects.filter(pk=attestation.pk).update(quarter=date(2026, 1, 1))
    assert visit(None).get(link).status_code == 404


def test_at_the_desk_it_is_asked_for_and_confirmed(cast, visit, attestation):
    client = visit("delegate")
    assert texts(client.get("/desk/lagoon/"), "h1") == ["One thing is asked of us"]
    assert client.get("/desk/lagoon/attestation/").status_code == 200
    assert client.post("/desk/lagoon/attestation/").status_code == 303
    assert texts(client.get("/desk/lagoon/"), "h1") == ["Nothing is asked of us now"]
    assert client.get("/desk/lagoon/attestation/").status_code == 404


def test_silence_is_marked_wherever_the_seats_are_seen(cast, visit, attestation, today):
    actions.advance_attestations(at=today + timedelta(days=45))
    for part, page in (("liaison", "/desk/lagoon/"), ("peer", "/societies/lagoon/")):
        assert "unconfirmed" in texts(visit(part).get(page), "span.state")
    actions.advance_attestations(at=today + timedelta(days=60))
    assert b"Our people read, but write nothing" in visit("liaison").get("/desk/lagoon/").content


def test_the_board_is_the_teams(cast, visit, attestation):
    for part in cast.parts:
        expected = 200 if part in ("staff", "second_staff") else 302 if part is None else 404
        assert visit(part).get(BOARD).status_code == expected
    for deed in ("call", "letter"):
        assert visit("liaison").post(f"{BOARD}{attestation.pk}/{deed}/").status_code == 404


def test_the_team_notes_a_call_and_has_the_letter_written_again(cast, visit, attestation, today):
    actions.advance_attestations(at=today + timedelta(days=28))
    # A letter went out just now; the team's own comes later.
    with time_machine.travel(today + timedelta(days=28, hours=2), tick=False):
        client = visit("staff")
        assert "/office/attestations/" in attributes(client.get("/office/"), "a", "href")
        for deed in ("call", "letter"):
            assert client.post(f"{BOARD}{attestation.pk}/{deed}/").status_code == 303
            assert client.post(f"{BOARD}999999/{deed}/").status_code == 404
        told = [row for row in texts(client.get(BOARD), "li.row") if row.startswith("Society of Lagoon")]
    assert "Telephone by Mara Quist" in told[0]
    assert letters_to("liaison@lagoon.example") == ["desk.ask_to_attest"] * 3
    assert Contact.objects.filter(attestation=attestation).count() == 4


def test_the_board_asks_no_more_for_more_societies(cast, visit, attestation, django_assert_num_queries):
    client = visit("staff")
    for society in (cast.lagoon, cast.harbour):
        with django_assert_num_queries(8):
            client.get(BOARD)
        found = open_attestation(society)
        actions.attest(found, titles={}, removals=(), by=cast.staff, at=cast.at)
