"""The society's key, by a link in a letter to somebody who may speak for its roster."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from collegium.core.groups import actions
from collegium.core.groups.models import Application
from collegium.core.groups.tests.applying import EMAIL, verified
from collegium.core.mail.models import Letter
from collegium.core.people import actions as people
from collegium.core.people.tests.factories import make_person, make_tenure
from collegium.web.account.tests.letters import letters_to, link_in
from collegium.web.tests.reading import texts

pytestmark = pytest.mark.django_db
LIAISON = "liaison@lagoon.example"


@pytest.fixture
def application(cast, today):
    return verified(cast, title="Director of Membership")


def link_to(email=LIAISON):
    return link_in(Letter.objects.filter(to=email, kind="groups.role_to_confirm").latest("pk"))


def answer(path, deed, reason=""):
    return Client().post(path, {"deed": deed, "reason": reason})


def state(application):
    application.refresh_from_db()
    return application.state


def test_the_letter_and_the_page_say_what_is_needed_and_no_more(cast, application):
    letter = Letter.objects.get(to=LIAISON)
    page = Client().get(link_to())
    shown = " ".join(texts(page, "main")).split()
    for words in (letter.text, " ".join(shown)):
        assert "Una Later" in words
        assert "Director of Membership" in words
        assert "u…@lagoon.example" in words
        assert EMAIL not in words
    assert state(application) == "society"
    assert [text.split()[-1] for text in texts(page, "ul.criteria")] == ["passes"]


def test_the_criteria_say_what_the_society_has_yet_to_confirm(cast, application):
    criteria = texts(Client().get(link_to()), "li")
    assert [line for line in criteria if "confirmed" in line or "passes" in line] == [
        "Function Membership to be confirmed",
        "Capacity Holder to be confirmed",
        "Staff or volunteer Staff to be confirmed",
        "Kind of organization Member society passes",
        "Standing Member passes",
    ]


def test_the_role_is_confirmed_by_a_button_and_the_link_has_done_its_work(cast, application):
    path = link_to()
    page = answer(path, "confirm", "She came in May.")
    assert (page.status_code, "Thank you: the role is confirmed" in page.content.decode()) == (200, True)
    assert (state(application), application.confirmed_by, application.remark) == (
        "council",
        cast.liaison,
        "She came in May.",
    )
    for later in (Client().get(path), answer(path, "deny", "No.")):
        assert "Already answered" in later.content.decode()
        assert "Una Later" not in later.content.decode()
    assert (answer(path, "deny", "No.").status_code, state(application)) == (422, "council")


def test_none_of_ours_wants_a_reason_and_the_applicant_reads_it(cast, application):
    path = link_to()
    page = answer(path, "deny", "")
    assert (page.status_code, "Give the reason" in page.content.decode(), state(application)) == (422, True, "society")
    page = answer(path, "deny", "She left in April.")
    assert (page.status_code, state(application)) == (200, "declined")
    assert "She left in April." in Letter.objects.get(kind="groups.application_declined").text


@pytest.mark.parametrize("reason", ["\x00", "x" * 10**5])
def test_what_cannot_be_taken_is_told_and_kept(cast, application, reason):
    page = answer(link_to(), "confirm", reason)
    assert (page.status_code, state(application)) == (422, "society")


@pytest.mark.parametrize("deed", ["", "approve", "confirm\x00"])
def test_a_deed_that_is_none_is_not_there(application, deed):
    assert answer(link_to(), deed).status_code == 404


def test_each_who_was_asked_has_a_link_of_their_own_and_the_first_answer_counts(cast, today):
    other = make_person("Second Liaison", email="second@lagoon.example")
    make_tenure(other, cast.lagoon, "liaison")
    application = verified(cast)
    first, second = link_to(), link_to("second@lagoon.example")
    assert first != second
    answer(second, "confirm")
    assert (state(application), application.confirmed_by) == ("council", other)
    assert "Already answered" in Client().get(first).content.decode()


def test_a_link_dies_with_the_tenure_it_was_sent_to(cast, application, today):
    path = link_to()
    people.end_tenure(cast.tenures["liaison"], last_day=date(2026, 5, 4), by=None, at=today)
    assert (Client().get(path).status_code, answer(path, "confirm").status_code) == (404, 404)
    assert state(application) == "society"


def test_an_old_or_forged_link_is_not_there(application, today):
    path = link_to()
    for wrong in (path[:-2] + "x/", "/groups/applications/roles/nonsense/"):
        assert Client().get(wrong).status_code == 404
    with time_machine.travel(today + timedelta(days=30, seconds=5)):
        assert Client().get(path).status_code == 404


def test_the_chief_executive_is_asked_where_there_is_no_liaison(cast, today):
    people.end_tenure(cast.tenures["liaison"], last_day=date(2026, 5, 1), by=None, at=today)
    application = verified(cast)
    assert letters_to(LIAISON) == []
    assert answer(link_to("delegate@lagoon.example"), "confirm").status_code == 200
    assert state(application) == "council"


def test_asked_again_the_society_has_a_letter_more(cast, application, today):
    later = today + timedelta(days=2)
    actions.ask_society_again(application, viewer=cast.viewer("staff", later), at=later)
    assert letters_to(LIAISON) == ["groups.role_to_confirm", "groups.role_to_confirm"]


def test_what_was_taken_back_is_answered_no_more(cast, application, today):
    path = link_to()
    actions.withdraw_application(application, at=today)
    assert "Already answered" in Client().get(path).content.decode()
    assert answer(path, "confirm").status_code == 422
    assert Application.objects.get().state == "withdrawn"
