"""The pages of support: stances in numbers and by society, the terms, minority statements."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.calls import actions as calls
from collegium.rooms.positions.models import MinorityStatement, Position, Terms
from collegium.web.tests.reading import texts

from .asking import asked_for_support, row_for, say
from .factories import in_state, later

pytestmark = pytest.mark.django_db
TERMS = {
    "at_least": "2",
    "at_most": "",
    "spares_touched": "on",
    "dissent": "counted",
    "silence": "named",
    "reservations": "printed",
}
# Longer than anything one may type.
LONG = "x" * 100_000


@pytest.fixture
def position(cast, visit) -> Iterator[Position]:
    """Open for support, and it is its ninth day."""
    found = asked_for_support(cast)
    with time_machine.travel(later(cast, 90), tick=False):
        yield found


def address(position: Position, rest: str) -> str:
    return f"/positions/{position.pk}/{rest}"


def test_it_shows_stances_with_who_was_authorised(cast, visit, position):
    say(cast, position, "lagoon", "reservation", "Within *four* hours.")
    say(cast, position, "harbour", "decline")
    page = visit("peer").get(address(position, "support/"))
    assert texts(page, "span.num")[:6] == ["0", "1", "0", "1", "0", "1"]
    assert texts(page, "p.name") == [
        "Society of Lagoon Cardiology",
        "Academy of Reef Dermatology",
        "College of Harbour Surgeons",
    ]
    assert texts(page, "span.state")[1:] == ["Supports it with a reservation", "No answer yet", "Does not support it"]
    assert "Ingvild Sorensen, Chief Executive Officer" in texts(page, "p.row-line")[0]
    assert "Within <em>four</em> hours." in page.content.decode()


def test_who_looks_at_it_is_for_the_team(cast, visit, position):
    calls.open_due_calls(at=later(cast, 90))
    calls.mark_seen(row_for(cast, position, "reef"), at=later(cast, 90))
    calls.take_up(row_for(cast, position, "harbour"), viewer=cast.viewer("chair", later(cast, 90)), at=later(cast, 90))
    words = texts(visit("staff").get(address(position, "support/")), "span.state")
    assert words[1:] == ["Has not looked at it", "Has looked at it", "Prepares an answer"]
    words = texts(visit("peer").get(address(position, "support/")), "span.state")
    assert set(words[1:]) == {"No answer yet"}


def test_it_is_not_there_for_others(cast, visit, position):
    for part in (None, "outsider", "suspended"):
        assert visit(part).get(address(position, "support/")).status_code in (302, 404)


def test_the_page_of_a_position_says_what_is_asked_of_mine(cast, visit, position):
    page = visit("delegate").get(address(position, ""))
    assert "Not answered" in texts(page, "span.state")
    say(cast, position, "lagoon", "support")
    page = visit("delegate").get(address(position, ""))
    assert "Answered" in texts(page, "span.state")
    assert "1 for it, 0 against, 2 of 3 silent" in page.content.decode()


def test_the_terms_are_set_on_their_page(cast, visit):
    position = in_state(cast, "drafting", terms=None)
    assert "How much support it needs" in texts(visit("staff").get(address(position, "")), "a")
    page = visit("staff").post(address(position, "terms/"), TERMS)
    assert (page.status_code, page["Location"]) == (303, address(position, ""))
    terms = Terms.objects.get()
    assert (terms.at_least, terms.at_most, terms.dissent, terms.silence) == (2, None, "counted", "named")
    assert terms.reservations == "printed"
    again = visit("staff").get(address(position, "terms/")).content.decode()
    assert 'value="2"' in again


@pytest.mark.parametrize(
    "typed",
    [
        {},
        TERMS | {"at_least": ""},
        TERMS | {"at_least": "0"},
        TERMS | {"at_least": "two"},
        TERMS | {"at_least": "9" * 40},
        TERMS | {"at_least": "1\x00"},
        TERMS | {"at_most": "-1"},
        TERMS | {"dissent": "loudly"},
        TERMS | {"silence": LONG},
        TERMS | {"reservations": "sung"},
    ],
)
def test_bad_terms_are_refused_and_stand_there_again(cast, visit, typed):
    position = in_state(cast, "drafting", terms=None)
    page = visit("staff").post(address(position, "terms/"), typed)
    assert page.status_code == 422
    assert not Terms.objects.exists()


@pytest.mark.parametrize("raw", ["", " ", "\x00", LONG])
def test_a_bad_statement_is_refused(cast, visit, position, raw):
    say(cast, position, "lagoon", "decline")
    assert visit("delegate").post(address(position, "minority/"), {"raw": raw}).status_code == 422
    assert not MinorityStatement.objects.exists()


def test_a_statement_is_written_joined_and_left(cast, visit, position):
    say(cast, position, "lagoon", "decline")
    say(cast, position, "harbour", "decline")
    assert visit("leaver").get(address(position, "minority/")).status_code == 404
    assert visit("delegate").post(address(position, "minority/"), {"raw": "Too *little*."}).status_code == 303
    page = visit("chair").get(address(position, "support/"))
    assert "Too <em>little</em>." in page.content.decode()
    assert "Stand behind it too" in texts(page, "button")
    statement = MinorityStatement.objects.get()
    joined = visit("chair").post(address(position, f"minority/{statement.pk}/joining/"), {})
    assert joined.status_code == 303
    assert statement.voices.count() == 2
    voice = statement.voices.get(society=cast.harbour)
    assert visit("delegate").post(address(position, f"minority/voices/{voice.pk}/leaving/"), {}).status_code == 404
    assert visit("chair").post(address(position, f"minority/voices/{voice.pk}/leaving/"), {}).status_code == 303
    page = visit("chair").get(address(position, "support/"))
    assert texts(page, "b") == ["Society of Lagoon Cardiology"]


def test_the_page_costs_the_same_with_one_answer_and_with_three(cast, visit, position, django_assert_num_queries):
    say(cast, position, "lagoon", "support")
    visit("peer").get(address(position, "support/"))
    with CaptureQueriesContext(connection) as one:
        visit("peer").get(address(position, "support/"))
    say(cast, position, "harbour", "decline")
    say(cast, position, "reef", "neutral")
    with django_assert_num_queries(len(one)):
        visit("peer").get(address(position, "support/"))


def test_the_step_shows_whom_its_window_shuts_out(cast, visit):
    position = in_state(cast, "drafting")
    until = later(cast, 20).date().isoformat()
    calls.set_lead_time(cast.reef, act="comment", days=45, needs_sitting=False, by=None, at=cast.at)
    typed = {"day": until, "time": "17:00", "zone": "UTC", "reason": "It is urgent.", "look": "1"}
    page = visit("staff").post(address(position, "steps/comment/"), typed)
    assert page.status_code == 200
    assert texts(page, "li.shut-out") == ["Academy of Reef Dermatology needs 45 days, there is time for 19"]
    assert 'value="17:00"' in page.content.decode()
    assert Position.objects.get().entry.state == "drafting"
    for bad in ({"day": "2001-01-01"}, {"day": "never"}, {"day": ""}):
        page = visit("staff").post(address(position, "steps/comment/"), typed | bad)
        assert not texts(page, "li.shut-out")


def test_the_matrix_shows_societies_by_positions(cast, visit, position, django_assert_num_queries):
    say(cast, position, "lagoon", "support")
    visit("peer").get("/positions/stances/")
    with CaptureQueriesContext(connection) as one:
        page = visit("peer").get("/positions/stances/")
    assert texts(page, "th.society")[-1] == "Society of Lagoon Cardiology"
    other = asked_for_support(cast)
    say(cast, other, "harbour", "decline")
    with django_assert_num_queries(len(one)):
        page = visit("peer").get("/positions/stances/")
    assert texts(page, "tr.stances-of") == [
        "Academy of Reef Dermatology No answer yet No answer yet",
        "College of Harbour Surgeons Does not support it No answer yet",
        "Society of Lagoon Cardiology No answer yet Supports it",
    ]


def test_the_matrix_says_where_nobody_was_asked(cast, visit):
    assert "Nobody was asked yet" in visit("peer").get("/positions/stances/").content.decode()
    assert visit("outsider").get("/positions/stances/").status_code == 404
