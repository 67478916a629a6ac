"""Running a ballot through the pages: prepared, announced, counted, certified, published; what each reader sees."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from collegium.rooms.ballots import actions
from collegium.rooms.ballots.models import Ballot

from .scene import certified, closed, fill, fresh, opened, prepared, released, secretly, vote


@pytest.fixture
def clock():
    with time_machine.travel(datetime.fromisoformat("2026-05-04T12:00:00+00:00"), tick=False) as moved:
        yield moved


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def question(cast, **changes) -> dict[str, str]:
    return {
        "title": "Who chairs?",
        "raw": "We *elect*.",
        "body": str(cast.ceos.pk),
        "addressed": "body",
        "seen_by": "body",
        "method": "stv",
        "candidates": "Ada Birch | of Lagoon\nBo Cedar\n\nCy Dogwood",
        "seats": "2",
        "opens_at": "2026-05-20T09:00",
        "closes_at": "2026-06-03T17:00",
        "time_zone": "America/New_York",
        "notice_days": "7",
        "quorum": "half",
        "quorum_base": "able",
        "presence": "answered",
        "threshold": "majority",
        "base": "valid",
        "tie": "fails",
        "publication": "totals",
        "tellers": "",
    } | changes


def test_the_team_prepares_and_announces(cast, clock):
    client = signed_in(cast.staff)
    assert client.get("/ballots/new/").status_code == 200
    made = client.post("/ballots/new/", question(cast, tellers=cast.delegate.handle))
    ballot = Ballot.objects.get()
    assert (made.status_code, made["Location"]) == (303, f"/ballots/{ballot.pk}/")
    assert ballot.call.opens_at == datetime.fromisoformat("2026-05-20T13:00:00+00:00")
    assert list(ballot.options.values_list("name", "words")) == [
        ("Ada Birch", "of Lagoon"),
        ("Bo Cedar", ""),
        ("Cy Dogwood", ""),
    ]
    assert ballot.tellers.get().person == cast.delegate
    page = client.get(f"/ballots/{ballot.pk}/edit/").content.decode()
    assert 'value="2026-05-20T09:00"' in page
    client.post(f"/ballots/{ballot.pk}/edit/", question(cast, title="Who leads?"))
    client.post(f"/ballots/{ballot.pk}/announcement/")
    assert (str(fresh(ballot)), fresh(ballot).entry.state) == ("Who leads?", "announced")
    shown = client.get(f"/ballots/{ballot.pk}/").content.decode()
    assert fresh(ballot).lot_seed in shown
    assert fresh(ballot).text_hash in shown


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "required"),
        ({"title": "x" * 100_000}, "too long"),
        ({"title": "a\x00b"}, "Null characters"),
        ({"body": "0"}, "Select a valid choice"),
        ({"body": "x"}, "Select a valid choice"),
        ({"seats": "many"}, "whole number"),
        ({"opens_at": "soon"}, "Enter a valid date"),
        ({"closes_at": "9999-12-31T23:59"}, "between the years 1900 and 2999"),
        ({"time_zone": "Mars/Base"}, "Select a valid choice"),
        ({"closes_at": "2026-05-19T09:00"}, "has to close after it opens"),
        ({"candidates": "Ada"}, "at least two"),
        ({"tellers": "nobody-here"}, "Nobody here has the handle"),
        ({"quorum": "most"}, "Select a valid choice"),
        ({"addressed": "societies"}, "all of them see the ballot"),
    ],
)
def test_what_cannot_be_asked_is_shown_again_with_the_reason(cast, clock, changes, says):
    answer = signed_in(cast.staff).post("/ballots/new/", question(cast, **changes))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "We *elect*." in answer.content.decode()
    assert Ballot.objects.count() == 0


def test_each_deed_is_offered_to_whoever_may_do_it_now(cast, clock):
    def labels(person, ballot):
        page = signed_in(person).get(f"/ballots/{ballot.pk}/").content.decode()
        part = page.partition('id="deeds"')[2].partition("</section>")[0]
        return re.findall(r'<a class="button[^>]*>(?:<span>)?([^<]+)<', part)

    ballot = prepared(cast)
    assert labels(cast.staff, ballot) == ["Announce it", "Annul it", "Change it"]
    ballot, at = opened(cast)
    clock.move_to(at)
    assert labels(cast.staff, ballot) == ["Pause it", "Move its end", "Annul it"]
    assert labels(cast.chair, ballot) == ["Pause it", "Move its end", "Annul it", "I do not take part"]
    assert labels(cast.delegate, ballot) == ["I do not take part"]
    ballot, at = closed(ballot)
    clock.move_to(at)
    assert labels(cast.chair, ballot) == ["Count again and certify", "Annul it"]
    assert labels(cast.delegate, ballot) == []
    for part in ("staff", "chair"):
        actions.certify_ballot(ballot, viewer=cast.viewer(part, at), at=at)
    assert labels(cast.staff, ballot) == ["Publish the result", "Annul it"]
    assert labels(cast.delegate, ballot) == ["Contest the result"]


def test_who_sees_the_result_when(cast, clock):
    def sees(person):
        return "outcome" in signed_in(person).get(f"/ballots/{ballot.pk}/").content.decode()

    ballot, at = opened(cast)
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "yes", at)
    clock.move_to(at)
    assert not sees(cast.staff)
    ballot, at = closed(ballot)
    clock.move_to(at)
    assert (sees(cast.staff), sees(cast.delegate)) == (True, False)
    for part in ("staff", "chair"):
        actions.certify_ballot(ballot, viewer=cast.viewer(part, at), at=at)
    assert (sees(cast.staff), sees(cast.delegate)) == (True, True)


def test_the_result_has_the_rule_in_words_beside_it(cast, clock):
    voters = [cast.delegate, cast.chair, *fill(cast, 4)]
    ballot, at = opened(cast, rule={"threshold": "two_thirds", "against": "quarter"})
    for person, choice in zip(voters, ("yes", "yes", "yes", "no", "abstain"), strict=False):
        vote(ballot, person, choice, at)
    ballot, at = certified(cast, ballot)
    clock.move_to(at)
    page = signed_in(cast.delegate).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Carried by at least two thirds of those who voted yes or no voting yes." in page
    assert '<rect class="part" width="50.00%"' in page
    assert page.count(">met<") == 3


def test_the_protocol_is_a_pdf_for_those_who_may_know_the_result(cast, clock):
    ballot, at = opened(cast, title="Shall #we *adopt* it?", method="stv", seats=2)
    vote(ballot, cast.delegate, "ranked", at, options=ballot.lots)
    vote(ballot, cast.chair, "ranked", at, options=ballot.lots[:2])
    ballot, at = certified(cast, ballot)
    clock.move_to(at)
    answer = signed_in(cast.delegate).get(f"/ballots/{ballot.pk}/protocol/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert signed_in(cast.peer).get(f"/ballots/{ballot.pk}/protocol/").status_code == 404


def test_so_few_secret_votes_are_not_told(cast, clock):
    ballot, at = opened(cast, is_secret=True)
    secretly(ballot, cast.delegate, "yes", at)
    secretly(ballot, cast.chair, "yes", at)
    ballot, at = closed(ballot)
    ballot = released(cast, ballot, at)
    clock.move_to(at)
    page = signed_in(cast.staff).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Carried" in page
    assert "How the votes fell is not told" in page
    assert 'class="votes"' not in page


def test_the_codes_are_listed_when_it_is_closed(cast, clock):
    ballot, at = opened(cast, is_secret=True)
    keys = [secretly(ballot, person, "yes", at) for person in (cast.delegate, cast.chair)]
    url = f"/ballots/{ballot.pk}/receipts/"
    clock.move_to(at)
    assert signed_in(cast.chair).get(url).status_code == 404
    ballot, at = closed(ballot)
    clock.move_to(at)
    page = signed_in(cast.chair).get(url).content.decode()
    assert re.findall(r'<li class="hash">(\w+)</li>', page) == sorted(keys)


def test_a_recusal_is_asked_for_and_ruled_on(cast, clock):
    ballot, at = opened(cast)
    clock.move_to(at)
    asked = signed_in(cast.staff)
    assert "Society of Lagoon Cardiology" in asked.get(f"/ballots/{ballot.pk}/recusals/").content.decode()
    told = {"who": f"society:{cast.lagoon.pk}", "reason": "They wrote it."}
    assert asked.post(f"/ballots/{ballot.pk}/recusals/", told | {"who": "society:0"}).status_code == 422
    assert asked.post(f"/ballots/{ballot.pk}/recusals/", told).status_code == 303
    recusal = ballot.recusals.get()
    url = f"/ballots/{ballot.pk}/recusals/{recusal.pk}/ruling/"
    assert asked.get(url).status_code == 403
    chair = signed_in(cast.chair)
    assert "They wrote it." in chair.get(url).content.decode()
    assert chair.post(url, {"ruling": "upheld", "reason": ""}).status_code == 422
    assert chair.post(url, {"ruling": "upheld", "reason": "So."}).status_code == 303
    assert "Does not take part" in chair.get(f"/ballots/{ballot.pk}/").content.decode()


@pytest.mark.parametrize("noun", ["pause", "annulment", "own-recusal"])
@pytest.mark.parametrize("reason", ["", "x" * 100_000, "a\x00b", "half \ufffd"])
def test_a_reason_that_is_none_is_shown_again(cast, clock, noun, reason):
    ballot, at = opened(cast)
    clock.move_to(at)
    answer = signed_in(cast.chair).post(f"/ballots/{ballot.pk}/{noun}/", {"reason": reason})
    assert answer.status_code == 422
    assert reason[:1000].strip("\x00").replace("\x00", "") in answer.content.decode().replace("\x00", "")
    assert fresh(ballot).entry.state == "open"


def test_an_objection_is_read_with_its_remedy_by_those_who_may_know_whose_it_is(cast, clock):
    ballot, at = opened(cast, rule={"takes_objections": True}, publication="by_society")
    vote(ballot, cast.delegate, "yes", at)
    vote(ballot, cast.chair, "objection", at, raw="Too *wide*.", remedy="Name the journals.")
    ballot, at = certified(cast, ballot)
    clock.move_to(at)
    page = signed_in(cast.delegate).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Too <em>wide</em>." in page
    assert "Name the journals." in page
