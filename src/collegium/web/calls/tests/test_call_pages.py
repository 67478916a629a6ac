"""What is asked, on its pages: the list, the call, the roll, a society's answer."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.access.standard import MEMBERS
from collegium.core.calls import actions
from collegium.core.calls.models import Answer, Call, Draft, DraftNote, RollRow
from collegium.core.calls.tests.scene import DAY, mandates, row_of
from collegium.web.tests.reading import attributes, texts

pytestmark = pytest.mark.django_db


def make(cast, **facts: Any) -> Call:
    """Opened a day ago, closes in ten."""
    window = {"opens_at": cast.at - DAY, "closes_at": cast.at + 10 * DAY, "time_zone": "America/New_York"}
    told = {"title": "Associate members", "raw": "How do you *count* them?", "seen_by": MEMBERS}
    call = actions.draft_call("consultation", **window | told | facts, by=cast.staff, at=cast.at - 2 * DAY)
    return actions.announce_call(call, by=cast.staff, at=cast.at - 2 * DAY)


@pytest.fixture
def call(cast, today) -> Call:
    mandates(cast)
    return make(cast)


def at(call: Call, society: Any) -> str:
    actions.open_call(call, at=call.opens_at)
    return f"/calls/{call.pk}/answers/{row_of(call, society).pk}/"


def test_whoever_looks_first_takes_the_roll(cast, visit, call):
    page = visit("peer").get(f"/calls/{call.pk}/")
    assert (page.status_code, texts(page, "h1")) == (200, ["Associate members"])
    assert "Friday 15 May 2026" not in page.content.decode()
    assert "Thursday 14 May 2026, 08:00 (America/New York)" in " ".join(texts(page, "main"))
    assert (RollRow.objects.count(), Call.objects.get().roll_hash != "") == (3, True)


def test_the_list_says_what_is_asked_of_whom_first(cast, visit, call):
    at(call, cast.lagoon)
    page = visit("peer").get("/calls/")
    assert texts(page, "h1") == ["One thing is asked of you"]
    assert texts(page, "li.ask")[0].endswith(
        "Associate members Consultation · Society of Lagoon Cardiology Not answered"
    )
    assert texts(visit("staff").get("/calls/"), "h1") == ["Nothing is asked of you now"]


def test_the_lists_take_as_many_queries_with_one_call_as_with_three(cast, visit, call):
    counts = []
    for number in range(3):
        another = make(cast, title=f"Another {number}")
        actions.open_call(another, at=another.opens_at)
        client = visit("peer")
        client.get("/calls/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/calls/").status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_nothing_asked_yet_says_so(cast, visit):
    assert texts(visit("peer").get("/calls/"), "h2")[0] == "No call yet"


def test_the_roll_stands_with_its_hash_and_the_lines_it_is_of(cast, visit, call):
    at(call, cast.lagoon)
    page = visit("peer").get(f"/calls/{call.pk}/roll/")
    rows = [row for row in texts(page, "tr") if not row.startswith("Asked")]
    assert rows == [
        "Academy of Reef Dermatology Kekoa Lindgren 1 Not answered",
        "College of Harbour Surgeons Ruth Alder 1 Not answered",
        "Society of Lagoon Cardiology Ingvild Sorensen , in place: Ines Okafor 1 Not answered",
    ]
    call.refresh_from_db()
    assert call.roll_hash in page.content.decode()
    lines = visit("peer").get(f"/calls/{call.pk}/roll/lines/").content
    assert sha256(lines).hexdigest() == call.roll_hash


def test_a_long_roll_comes_in_pages(cast, visit, call, monkeypatch):
    monkeypatch.setattr("collegium.core.calls.queries.rolls.ON_A_PAGE", 2)
    at(call, cast.lagoon)
    client = visit("peer")
    found = [len(texts(client.get(f"/calls/{call.pk}/roll/?page={page}"), "tr")) for page in ("1", "2", "99", "x")]
    assert found == [3, 2, 2, 3]
    assert "1–2 of 3" in client.get(f"/calls/{call.pk}/roll/").content.decode()


def test_a_society_answers_on_its_page(cast, visit, call):
    url, client = at(call, cast.lagoon), visit("delegate")
    assert "Answer for SLC" in texts(client.get(url), "button")
    sent = client.post(url, {"choice": "answered", "raw": "As *full* members."})
    assert (sent.status_code, sent["Location"]) == (303, url)
    given = Answer.objects.get()
    assert (given.raw, given.by, given.html.strip()) == (
        "As *full* members.",
        cast.delegate,
        "<p>As <em>full</em> members.</p>",
    )
    page = client.get(url)
    assert "Answered by Ingvild Sorensen, 5 May 2026, 12:00" in " ".join(texts(page, "section"))


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"choice": "answered", "raw": ""}, "This answer needs words: say why, or what would have to change."),
        ({"choice": "perhaps", "raw": "Kept words"}, "Select a valid choice. perhaps is not one of the available"),
        ({"raw": "Kept words"}, "Choose one of the answers."),
        ({"choice": "answered", "raw": "Kept words\x00"}, "This contains a NUL character"),
        ({"choice": "answered", "raw": "Kept words" * 10_000}, "too long"),
        ({"choice": ["answered"] * 500, "raw": "Kept words", "seen": "x" * 10**5}, "Enter a whole number."),
    ],
)
def test_what_is_no_answer_is_shown_again_with_what_was_typed(cast, visit, call, sent, wrong):
    page = visit("delegate").post(at(call, cast.lagoon), sent)
    assert page.status_code == 422
    assert wrong.lower()[:20] in page.content.decode().lower()
    assert ("Kept words" in page.content.decode()) == ("Kept words" in sent["raw"])
    assert not Answer.objects.exists()


def test_whoever_has_no_mandate_prepares_and_is_told_so(cast, visit, call):
    url, client = at(call, cast.lagoon), visit("liaison")
    page = client.get(url)
    assert "Answer for SLC" not in texts(page, "button")
    refused = client.post(url, {"choice": "answered", "raw": "We think."})
    assert refused.status_code == 422
    assert "You have no mandate to answer this." in refused.content.decode()
    kept = client.post(f"{url}draft/", {"choice": "answered", "raw": "We think.", "seen": "0"})
    assert (kept.status_code, Draft.objects.get().raw) == (303, "We think.")
    assert "We think." in texts(visit("delegate").get(url), "textarea")


def test_who_saves_over_anothers_draft_keeps_their_words(cast, visit, call):
    url = at(call, cast.lagoon)
    visit("liaison").post(f"{url}draft/", {"choice": "answered", "raw": "First.", "seen": "0"})
    late = visit("peer").post(f"{url}draft/", {"choice": "answered", "raw": "Second.", "seen": "0"})
    assert late.status_code == 422
    assert ("Second." in late.content.decode(), Draft.objects.get().raw) == (True, "First.")


def test_colleagues_talk_and_one_takes_it_up(cast, visit, call):
    url = at(call, cast.lagoon)
    assert visit("peer").post(f"{url}notes/", {"raw": "Ask the board."}).status_code == 303
    assert visit("peer").post(f"{url}notes/", {"raw": " "}).status_code == 422
    assert visit("liaison").post(f"{url}taking/").status_code == 303
    page = visit("delegate").get(url)
    assert [("Ask the board." in row) for row in texts(page, "li.row")] == [True]
    assert "Jonas Weil" in " ".join(texts(page, "aside"))
    assert DraftNote.objects.count() == 1


def test_an_answer_is_withdrawn_and_its_trace_stays(cast, visit, call):
    url, client = at(call, cast.lagoon), visit("delegate")
    client.post(url, {"choice": "nothing", "raw": ""})
    assert client.post(f"{url}withdrawal/").status_code == 303
    assert "Nothing to say, Ingvild Sorensen" in " ".join(texts(client.get(url), "aside"))


@pytest.mark.parametrize("part", ["chair", "staff", "outsider"])
def test_another_societys_answer_is_not_there(cast, visit, call, part):
    url = at(call, cast.lagoon)
    answers = {visit(part).get(path).status_code for path in (url, f"/calls/{call.pk}/answers/999999/")}
    assert answers == {404}


def test_what_it_is_about_is_named_to_those_who_see_it(cast, visit, today):
    mandates(cast)
    call = make(cast, about=cast.board.entry)
    shown = {
        part: "Board" in " ".join(texts(visit(part).get(f"/calls/{call.pk}/"), "main")) for part in ("peer", "staff")
    }
    assert shown == {"peer": False, "staff": True}


def test_what_is_cancelled_says_why(cast, visit, call):
    actions.cancel_call(call, reason="The ministry withdrew it.", by=cast.staff, at=cast.at)
    page = visit("peer").get(f"/calls/{call.pk}/")
    assert "The ministry withdrew it." in " ".join(texts(page, "main"))


def test_once_over_the_answers_are_read_and_not_changed(cast, visit, call):
    url = at(call, cast.lagoon)
    actions.close_early(call, by=cast.staff, at=cast.at)
    page = visit("delegate").get(url)
    assert (page.status_code, texts(page, "form.answer")) == (200, [])
    assert attributes(page, "textarea", "name") == []
