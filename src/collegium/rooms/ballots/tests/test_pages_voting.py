"""Voting through the pages, without a script: the form, the look once more, the vote; and in secret the code."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256

import pytest
import time_machine
from django.test import Client

from collegium.core.calls.models import Answer
from collegium.core.calls.queries import rolls, rows_of
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.models import BoxPaper

from .scene import ceo, opened, row_of, secretly, vote

STV = {"method": "stv", "seats": 2}


@pytest.fixture
def clock():
    with time_machine.travel(datetime.fromisoformat("2026-05-06T12:00:00+00:00"), tick=False):
        yield


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(ballot, person, what="vote") -> str:
    return f"/ballots/{ballot.pk}/{what}/{row_of(ballot, person).pk}/"


def test_a_motion_is_voted_on_in_three_steps(cast, clock):
    ballot, _at = opened(cast)
    client, url = signed_in(cast.delegate), address(ballot, cast.delegate)
    page = client.get(url).content.decode()
    assert "You vote for <b>Society of Lagoon Cardiology</b>." in page
    assert re.findall(r'type="radio" name="choice" value="(\w+)"', page) == ["yes", "no", "abstain", "recused"]
    again = client.post(url, {"choice": "no", "raw": "Too wide."})
    assert "Cast this vote?" in again.content.decode()
    assert Answer.objects.count() == 0
    cast_now = client.post(url, {"choice": "no", "raw": "Too wide.", "confirmed": "1"})
    assert (cast_now.status_code, cast_now["Location"]) == (303, f"/ballots/{ballot.pk}/")
    assert list(Answer.objects.values_list("choice", "raw", "by__name")) == [("no", "Too wide.", "Ingvild Sorensen")]
    assert "Change it" in client.get(f"/ballots/{ballot.pk}/").content.decode()
    # What stands is there to be changed.
    assert re.search(r'value="no"[^>]*checked', client.get(url).content.decode())


def test_what_is_confirmed_is_what_was_typed_and_can_still_be_changed(cast, clock):
    ballot, _at = opened(cast, **STV)
    client, url = signed_in(cast.delegate), address(ballot, cast.delegate)
    first, second, third = (option.pk for option in ballot.options.all())
    told = {"choice": "ranked", f"option-{first}": "2", f"option-{second}": "1", f"option-{third}": ""}
    again = client.post(url, told).content.decode()
    assert again.index("Bo Cedar") < again.index("Ada Birch")
    hidden = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', again))
    back = client.post(url, hidden | {"change": "1"}).content.decode()
    assert re.search(rf'name="option-{second}".*?<option value="1" selected', back, re.DOTALL)
    client.post(url, hidden | {"confirmed": "1"})
    assert Answer.objects.get().facts == {"options": [second, first]}


@pytest.mark.parametrize(
    ("places", "says"),
    [
        (("1", "1", ""), "Two candidates have the same place"),
        (("1", "3", ""), "A place is left out"),
        (("2", "", ""), "A place is left out"),
        (("", "", ""), "Choose at least one of the candidates"),
        (("9", "", ""), "Select a valid choice"),
        (("x" * 100_000, "", ""), "Select a valid choice"),
    ],
)
def test_a_ranking_that_is_none_is_shown_again(cast, clock, places, says):
    ballot, _at = opened(cast, **STV)
    told = {f"option-{option.pk}": place for option, place in zip(ballot.options.all(), places, strict=True)}
    answer = signed_in(cast.delegate).post(
        address(ballot, cast.delegate), {"choice": "ranked", "confirmed": "1"} | told
    )
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"choice": "perhaps"},
        {"choice": "\x00"},
        {"choice": "x" * 100_000},
        {"choice": "recused", "raw": " "},
        {"choice": "yes", "raw": "x" * 100_000},
        {"choice": "yes", "raw": "a\x00b"},
        {"choice": "yes", "raw": "half \ufffd"},
    ],
)
def test_bad_input_is_said_and_nothing_is_cast(cast, clock, told):
    ballot, _at = opened(cast)
    answer = signed_in(cast.delegate).post(address(ballot, cast.delegate), told | {"confirmed": "1"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode() or "form-errors" in answer.content.decode()
    assert told.get("raw", "").strip("\x00 ")[:50].replace("\x00", "") in answer.content.decode().replace("\x00", "")
    assert Answer.objects.count() == 0


def test_a_refusal_of_the_action_is_shown_with_what_was_typed(cast, clock):
    ballot, at = opened(cast)
    from collegium.rooms.ballots import actions

    actions.pause_ballot(ballot, reason="Fault", viewer=cast.viewer("chair", at), at=at)
    told = {"choice": "yes", "raw": "As we said.", "confirmed": "1"}
    answer = signed_in(cast.delegate).post(address(ballot, cast.delegate), told)
    assert answer.status_code == 422
    assert "is paused" in answer.content.decode()
    assert "As we said." in answer.content.decode()


# --- in secret


def test_a_secret_vote_shows_its_code_once(cast, clock):
    ballot, _at = opened(cast, is_secret=True)
    client, url = signed_in(cast.delegate), address(ballot, cast.delegate, "secret-vote")
    assert "Secret, and final" in client.get(url).content.decode()
    assert "nobody can change it" in client.post(url, {"choice": "yes"}).content.decode()
    answer = client.post(url, {"choice": "yes", "confirmed": "1"})
    paper = BoxPaper.objects.get()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert paper.key in answer.content.decode()
    assert (paper.choice, Answer.objects.count()) == ("yes", 0)
    for page in (url, f"/ballots/{ballot.pk}/"):
        assert paper.key not in client.get(page).content.decode()
    again = client.post(url, {"choice": "no", "confirmed": "1"})
    assert again.status_code == 422
    assert "a secret vote is not changed" in again.content.decode()


def test_no_line_of_the_log_says_when_a_secret_vote_was_cast(cast, clock, monkeypatch):
    from collegium.config.requests import RequestLogMiddleware

    lines = []

    class Kept:
        def info(self, _event, **facts):
            lines.append((facts["method"], facts["route"]))

    monkeypatch.setattr(RequestLogMiddleware, "__init__", _logging_to(Kept()))
    ballot, _at = opened(cast, is_secret=True)
    client, url = signed_in(cast.delegate), address(ballot, cast.delegate, "secret-vote")
    client.get(url)
    client.post(url, {"choice": "yes"})
    client.post(url, {"choice": "yes", "confirmed": "1"})
    client.get(f"/ballots/{ballot.pk}/")
    assert BoxPaper.objects.count() == 1
    assert [method for method, _route in lines] == ["GET"]
    assert all("secret" not in route for _method, route in lines)


def _logging_to(log):
    def init(self, get_response):
        self.get_response, self.log = get_response, log

    return init


def test_the_page_says_who_has_voted_to_nobody_but_their_own(cast, clock):
    ballot, at = opened(cast, is_secret=True)
    secretly(ballot, cast.delegate, "yes", at)
    mine = signed_in(cast.delegate).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Has voted. What was voted nobody can look up." in mine
    theirs = signed_in(cast.chair).get(f"/ballots/{ballot.pk}/roll/").content.decode()
    assert theirs.count("not told yet") == 2


def test_the_roll_is_shown_page_by_page_and_its_lines_whole(cast, clock, monkeypatch):
    ballot, _at = opened(cast)
    client, url = signed_in(cast.delegate), f"/ballots/{ballot.pk}/roll/"
    assert "Pages of the roll" not in client.get(url).content.decode()
    monkeypatch.setattr(rolls, "ON_A_PAGE", 1)
    names = [row.name for row in rows_of(ballot.call)]
    assert len(names) == 2
    for page, shown in (("1", 0), ("2", 1), ("3", 1), ("x", 0), ("", 0), ("-1", 1), ("9" * 5000, 0), ("\0", 0)):
        body = client.get(url, {"page": page}).content.decode()
        assert [name for name in names if f'<th scope="row">{name}' in body] == [names[shown]], page
        assert ballot.call.roll_hash in body
    lines = client.get(url, {"lines": ""})
    assert lines["Content-Type"] == "text/plain; charset=utf-8"
    assert sha256(lines.content).hexdigest() == ballot.call.roll_hash


def test_a_society_says_that_it_does_not_take_part(cast, clock):
    ballot, _at = opened(cast, is_secret=True)
    client, url = signed_in(cast.delegate), address(ballot, cast.delegate, "recusal")
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "We stand ourselves."}).status_code == 303
    assert Answer.objects.get().choice == "recused"


def test_the_list_asks_as_often_for_three_as_for_one(cast, clock, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(cast.delegate)
    asked = []
    for number in (1, 2):
        for _each in range(number):
            ballot, at = opened(cast)
        vote(ballot, cast.delegate, "yes", at)
        with CaptureQueriesContext(connection) as found:
            page = client.get("/ballots/").content.decode()
        asked.append(len(found))
        assert page.count("Shall we adopt the code?") == (1 if number == 1 else 3)
    assert asked[0] == asked[1]


def test_who_does_not_take_part_is_offered_no_vote(cast, clock):
    deputy = ceo(cast, cast.lagoon, "Dee Deputy", capacity="deputy")
    ballot, at = opened(cast)
    actions.declare_recusal(ballot, reason="My brother.", viewer=cast.viewer("delegate", at), at=at)
    page = signed_in(cast.delegate).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "You do not take part in this ballot; another person of your society may vote." in page
    assert address(ballot, cast.delegate) not in page
    assert address(ballot, cast.delegate) in signed_in(deputy).get(f"/ballots/{ballot.pk}/").content.decode()


def test_what_was_ruled_is_not_offered_to_be_changed(cast, clock):
    ballot, at = opened(cast)
    told = {"organization": cast.lagoon, "reason": "They wrote it.", "viewer": cast.viewer("staff", at), "at": at}
    recusal = actions.ask_recusal(ballot, **told)
    actions.rule_recusal(recusal, upheld=True, reason="So it is.", viewer=cast.viewer("chair", at), at=at)
    page = signed_in(cast.delegate).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Recused: does not take part" in page
    assert "Change it" not in page
