"""Asking to join and the answers: on the group's page, with a reason, nothing typed is lost."""

import pytest

from collegium.core.groups.models import JoinRequest
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db
PAGE = "/groups/counsels/"


def ask(client, cast, note="I keep our contracts.", **given):
    return client.post(f"{PAGE}requests/", {"tenure": cast.tenures["newcomer"].pk, "note": note, **given})


@pytest.fixture
def request_id(cast, visit):
    ask(visit("newcomer"), cast)
    return JoinRequest.objects.get().pk


def answer(client, request_id, deed, reason=""):
    return client.post(f"{PAGE}requests/{request_id}/{deed}/", {"reason": reason})


def door(visit, part="newcomer"):
    return texts(visit(part).get(PAGE), "section.door")[0]


def test_whoever_asks_reads_that_it_waits_and_may_withdraw(cast, visit):
    client = visit("newcomer")
    assert "Ask, and the group’s officers or the council’s team answer." in door(visit)
    done = ask(client, cast)
    assert (done.status_code, done["Location"]) == (303, PAGE)
    assert "Your request waits for an answer" in door(visit)
    waiting = JoinRequest.objects.get()
    withdrawn = client.post(f"{PAGE}requests/{waiting.pk}/withdrawal/")
    waiting.refresh_from_db()
    assert (withdrawn.status_code, waiting.state) == (303, "withdrawn")


def test_a_note_that_is_too_long_is_kept_and_told_of(cast, visit):
    note = "I keep " + "very " * 500 + "many contracts."
    page = ask(visit("newcomer"), cast, note=note)
    assert (page.status_code, JoinRequest.objects.count()) == (422, 0)
    assert [hit["text"] for hit in found(page, "textarea")] == [note]
    assert len(texts(page, "div.why")) == 1


@pytest.mark.parametrize("note", ["\x00 null", "<script>alert(1)</script>"])
def test_a_hostile_note_is_refused_or_shown_as_text(cast, visit, note):
    page = ask(visit("newcomer"), cast, note=note)
    kept = list(JoinRequest.objects.values_list("note", flat=True))
    assert (page.status_code, kept) == ((422, []) if "\x00" in note else (303, [note]))
    assert b"<script>alert" not in visit("staff").get(PAGE).content


def test_asking_twice_is_refused_with_the_note_kept(cast, visit, request_id):
    page = ask(visit("newcomer"), cast, note="Once more.")
    assert (page.status_code, JoinRequest.objects.count()) == (422, 1)
    assert texts(page, "div.disclosed") == ["Once more."]


def test_an_approved_request_waits_for_a_second_person_as_the_group_is_closed(cast, visit, request_id):
    done = answer(visit("staff"), request_id, "approval")
    assert (done.status_code, done["Location"]) == (303, f"{PAGE}#waiting")
    assert "One confirmation is missing" in door(visit)
    member = cast.counsels.memberships.get()
    confirmed = visit("second_staff").post(f"{PAGE}confirmations/member/{member.pk}/")
    assert confirmed.status_code == 303
    assert texts(visit("newcomer").get(PAGE), "section.door") == []


def test_to_decline_asks_for_a_reason_and_the_person_reads_it(cast, visit, request_id):
    refused = answer(visit("staff"), request_id, "refusal")
    assert refused.status_code == 422
    assert "Give the reason: the person will read it." in texts(refused, "div.form-errors")[0]
    done = answer(visit("staff"), request_id, "refusal", "Ask again in May.")
    assert done.status_code == 303
    assert "Your last request was declined Ask again in May." in door(visit)
    assert ask(visit("newcomer"), cast).status_code == 303


def test_a_reason_that_is_too_long_is_kept_beside_its_request(cast, visit, request_id):
    reason = "No. " * 600
    page = answer(visit("staff"), request_id, "refusal", reason)
    assert page.status_code == 422
    assert [hit["text"] for hit in found(page, "textarea")] == [reason.strip()]


def test_an_answer_given_meanwhile_is_told_of_and_what_was_typed_is_shown(cast, visit, request_id):
    answer(visit("second_staff"), request_id, "approval")
    page = answer(visit("staff"), request_id, "refusal", "Not this year.")
    assert page.status_code == 422
    assert "This request was already answered." in texts(page, "div.form-errors")[0]
    assert texts(page, "div.disclosed") == ["Not this year."]


@pytest.mark.parametrize("part", ["newcomer", "peer", "outsider"])
@pytest.mark.parametrize("deed", ["approval", "refusal"])
def test_whoever_does_not_run_the_group_finds_no_request(cast, visit, request_id, part, deed):
    assert answer(visit(part), request_id, deed, "x").status_code == 404
    assert answer(visit(part), 999999, deed, "x").status_code == 404


@pytest.mark.parametrize("part", ["peer", "staff"])
def test_nobody_withdraws_for_somebody_else(visit, request_id, part):
    assert visit(part).post(f"{PAGE}requests/{request_id}/withdrawal/").status_code == 404


@pytest.mark.parametrize("number", ["999999999", "9" * 25])
def test_a_request_that_is_not_there_is_not_found(visit, number):
    assert answer(visit("staff"), number, "approval").status_code == 404
