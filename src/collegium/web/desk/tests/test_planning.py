"""How long a society needs, when it decides, who speaks for it, its calendar and the letter of the week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar

from collegium.core.calls import actions
from collegium.core.calls.models import LeadTime, Sitting
from collegium.core.calls.tests.scene import DAY, answer, make_call, mandates, row_of
from collegium.core.mail.models import Letter
from collegium.core.people.models import Mandate
from collegium.web.desk import calls
from collegium.web.desk.weekly import write_due_weeks
from collegium.web.tests.reading import texts

pytestmark = pytest.mark.django_db


def test_lead_times_and_days_are_noted_at_the_desk(cast, visit):
    client = visit("liaison")
    assert client.post("/desk/lagoon/plan/", {"act": "vote", "days": "21", "needs_sitting": "on"}).status_code == 303
    assert client.post("/desk/lagoon/sittings/", {"days": "2026-06-02\n2026-07-03", "name": "Board"}).status_code == 303
    page = client.get("/desk/lagoon/plan/")
    assert texts(page, "li.row")[:1] == ["Vote 21 days only by a meeting"]
    first = Sitting.objects.order_by("on")[0]
    assert client.post(f"/desk/lagoon/sittings/{first.pk}/removal/").status_code == 303
    assert [row.on.isoformat() for row in Sitting.objects.all()] == ["2026-07-03"]


@pytest.mark.parametrize(
    ("to", "sent"),
    [
        ("plan", {"act": "dance", "days": "1"}),
        ("plan", {"act": "vote", "days": "-1"}),
        ("plan", {"act": "vote", "days": "9" * 400}),
        ("plan", {"act": "vote", "days": ""}),
        ("sittings", {"days": "soon"}),
        ("sittings", {"days": "2020-01-01"}),
        ("sittings", {"days": "2026-06-02\x00"}),
        ("mandates", {"tenure": "999999", "act": "vote"}),
        ("mandates", {"tenure": "x", "act": "dance"}),
    ],
)
def test_nonsense_is_shown_again(cast, visit, to, sent):
    page = visit("liaison").post(f"/desk/lagoon/{to}/", sent)
    assert page.status_code == 422
    assert not LeadTime.objects.exists()
    assert not Sitting.objects.exists()


def test_a_mandate_is_given_and_ended_at_the_desk(cast, visit):
    client, tenure = visit("liaison"), cast.tenures["peer"]
    sent = {"tenure": tenure.pk, "act": "sign", "is_alternate": "on"}
    assert client.post("/desk/lagoon/mandates/", sent).status_code == 303
    given = Mandate.objects.get()
    assert (given.tenure, given.act, given.is_alternate) == (tenure, "sign", True)
    assert "Ines Okafor CFO as alternate End it today" in texts(client.get("/desk/lagoon/mandates/"), "li.row")
    assert client.post("/desk/lagoon/mandates/", sent).status_code == 422
    assert client.post(f"/desk/lagoon/mandates/{given.pk}/end/").status_code == 303
    # Somebody of another society is not offered.
    assert client.post("/desk/lagoon/mandates/", sent | {"tenure": cast.tenures["chair"].pk}).status_code == 422


# --- what is asked


def asked(cast, **facts):
    mandates(cast)
    call = make_call(cast, opens_at=cast.at + timedelta(hours=1), **facts)
    return actions.open_call(call, at=cast.at + DAY), cast.at + DAY


def test_the_desk_says_how_far_each_call_is(cast):
    call, at = asked(cast)
    viewer, row = cast.viewer("liaison", at), row_of(call, cast.lagoon)

    def line():
        (found,) = calls.asked(cast.lagoon, viewer)
        return str(found["state"][1]), found["note"]

    assert line() == ("Not begun", "Consultation")
    actions.mark_seen(row, at=at)
    assert line()[0] == "Seen"
    actions.take_up(row, viewer=viewer, at=at)
    assert line() == ("Taken up", "Consultation · Jonas Weil is on it")
    actions.keep_draft(row, choice="", raw="Hm.", seen=0, viewer=cast.viewer("peer", at), at=at)
    assert line() == ("A draft is there", "Consultation · Jonas Weil is on it · draft by Ines Okafor")
    answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    assert line()[0] == "Answered"


def test_the_calendar_holds_what_is_asked_until_its_reader_leaves(cast, client):
    call, at = asked(cast)
    society, viewer = calls.read_token(calls.token(cast.lagoon, cast.liaison), at)
    found = Calendar.from_ical(calls.calendar(society, viewer))
    (event,) = found.walk("VEVENT")
    assert (event["SUMMARY"], event.decoded("DTEND")) == (f"{call} (Not begun)", call.closes_at)
    assert client.get("/desk/calendar/forged/").status_code == 404
    # Given to somebody of another society it opens nothing here.
    assert calls.read_token(calls.token(cast.lagoon, cast.chair), at) is None


def test_once_a_week_the_keepers_are_written_to_while_something_waits(cast):
    call, at = asked(cast, closes_at=cast.at + 20 * DAY)
    # The fourth of May is a Monday: seven o'clock in New York is eleven in UTC.
    assert write_due_weeks(at=at) == 2
    assert write_due_weeks(at=at + DAY) == 0
    letters = Letter.objects.filter(kind="desk.asked_this_week").order_by("pk")
    assert [letter.to.split("@")[0] for letter in letters] == ["delegate", "liaison", "chair"]
    answer(call, cast.lagoon, cast.viewer("delegate", at), at)
    # Harbour's alone; Reef has nobody who keeps its desk.
    assert write_due_weeks(at=at + 7 * DAY) == 1


def test_before_seven_on_monday_nobody_is_written_to(cast):
    _call, at = asked(cast, closes_at=cast.at + 20 * DAY)
    write_due_weeks(at=at)
    monday = at.replace(day=11, hour=10, minute=0)
    assert write_due_weeks(at=monday) == 0
    assert write_due_weeks(at=monday.replace(hour=13)) == 2
