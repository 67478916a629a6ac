"""The council's team at work on a call: preparing, planning, following, reminding, ruling."""

from __future__ import annotations

from typing import Any

import pytest

from collegium.core.calls import actions
from collegium.core.calls.models import Answer, Call, Reminder, Ruling
from collegium.core.calls.tests.scene import DAY, answer, make_call, mandates, row_of
from collegium.web.tests.reading import attributes, texts

pytestmark = pytest.mark.django_db

WINDOW = {"opens_at": "2026-05-05T09:00", "closes_at": "2026-06-04T17:00", "time_zone": "America/New_York"}


@pytest.fixture
def open_call(cast, today) -> Call:
    mandates(cast)
    call = actions.draft_call(
        "consultation",
        title="Associate members",
        raw="How?",
        opens_at=cast.at - DAY,
        closes_at=cast.at + 10 * DAY,
        time_zone="America/New_York",
        seen_by=2,
        by=cast.staff,
        at=cast.at - 2 * DAY,
    )
    actions.announce_call(call, by=cast.staff, at=cast.at - 2 * DAY)
    return actions.open_call(call, at=cast.at)


def test_a_call_is_prepared_planned_and_announced(cast, visit):
    actions.set_lead_time(cast.lagoon, act="answer", days=60, needs_sitting=False, by=cast.liaison, at=cast.at)
    client = visit("staff")
    sent = client.post("/office/calls/new/", WINDOW | {"title": "Associate members", "raw": "How?"})
    call = Call.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, f"/office/calls/{call.pk}/")
    assert call.opens_at.isoformat() == "2026-05-05T13:00:00+00:00"
    page = client.get(f"/office/calls/{call.pk}/")
    assert "Society of Lagoon Cardiology needs 60 days, there is time for 30" in texts(page, "li.row")
    assert client.post(f"/office/calls/{call.pk}/announcement/").status_code == 303
    call.refresh_from_db()
    assert call.announced_at is not None


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "T", "closes_at": "2026-05-01T09:00"}, "It has to close after it opens."),
        ({"title": "T", "closes_at": "tomorrow"}, "Enter a valid date/time."),
        ({"title": "T", "closes_at": "2999-12-31T23:59"}, "It has to close within two years."),
        ({"title": "T", "closes_at": "9999-12-31T23:59"}, "Choose a day between the years 1900 and 2999."),
        ({"title": "T", "time_zone": "Mars/Olympus"}, "Select a valid choice."),
        ({"title": "T\x00"}, "This contains a NUL character"),
        ({"title": "T", "only": ["999999"]}, "Select a valid choice."),
        ({"title": "T" * 10**5}, "200"),
    ],
)
def test_what_makes_no_call_is_shown_again(cast, visit, sent, wrong):
    page = visit("staff").post("/office/calls/new/", WINDOW | {"raw": "Kept words"} | sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert (wrong in text, "Kept words" in text, Call.objects.count()) == (True, True, 0)


def test_only_some_societies_are_asked(cast, visit):
    given = WINDOW | {"title": "T", "raw": "", "only": [cast.reef.pk]}
    visit("staff").post("/office/calls/new/", given)
    assert Call.objects.get().roll_rule["only"] == [cast.reef.pk]


def test_words_are_changed_before_the_announcement_only(cast, visit):
    call = make_call(cast, is_announced=False)
    url, client = f"/office/calls/{call.pk}/words/", visit("staff")
    assert client.get(url).status_code == 200
    assert client.post(url, WINDOW | {"title": "Changed", "raw": "New"}).status_code == 303
    actions.announce_call(call, by=cast.staff, at=cast.at)
    late = client.post(url, WINDOW | {"title": "Again", "raw": "New"})
    assert late.status_code == 422
    assert "This call is announced already" in late.content.decode()


def test_the_list_says_how_far_each_call_is(cast, visit, open_call):
    answer(open_call, cast.lagoon, cast.viewer("delegate"), cast.at)
    make_call(cast, title="Ahead")
    page = visit("staff").get("/office/calls/")
    found = [row for row in texts(page, "tr") if not row.startswith("Call State")]
    assert [row.split(" Thu ")[0] for row in found][:1] == ["Associate members Consultation Open"]
    assert found[0].endswith("1 of 3 answered")
    assert found[1].startswith("Ahead Consultation Open")


def rows(page: Any) -> list[str]:
    return [row.removesuffix(" Remind") for row in texts(page, "li.chase")]


def test_progress_shows_each_society_those_without_an_answer_first(cast, visit, open_call):
    answer(open_call, cast.lagoon, cast.viewer("peer"), cast.at)
    actions.take_up(row_of(open_call, cast.reef), viewer=cast.viewer("leaver"), at=cast.at)
    page = visit("staff").get(f"/office/calls/{open_call.pk}/")
    assert rows(page) == [
        "Academy of Reef Dermatology Being prepared Kekoa Lindgren is on it",
        "College of Harbour Surgeons Not seen Ruth Alder",
        "Society of Lagoon Cardiology Answered Answered by Ines Okafor as alternate 4 May, 12:00",
    ]


def test_one_looks_at_those_at_a_step_alone(cast, visit, open_call):
    answer(open_call, cast.lagoon, cast.viewer("peer"), cast.at)
    client = visit("staff")
    for step, expected in (("answered", 1), ("unseen", 2), ("struck", 0), ("nonsense", 3)):
        assert len(rows(client.get(f"/office/calls/{open_call.pk}/?step={step}&page=1"))) == expected, step
    assert rows(client.get(f"/office/calls/{open_call.pk}/?page=2")) == []


def test_the_table_goes_out_as_csv(cast, visit, open_call):
    answer(open_call, cast.lagoon, cast.viewer("delegate"), cast.at, raw="=SUM(A1)")
    sent = visit("staff").get(f"/office/calls/{open_call.pk}/table/")
    lines = b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].split(",")[:3] == ["Asked", "State", "Answer"]
    assert lines[3].startswith("Society of Lagoon Cardiology,Answered,Answered,'=SUM(A1),Ingvild Sorensen")


def test_one_society_is_reminded_by_one_click_and_not_twice(cast, visit, open_call):
    url, client = f"/office/calls/{open_call.pk}/rows/{row_of(open_call, cast.reef).pk}/reminder/", visit("staff")
    assert client.post(url).status_code == 303
    assert client.post(url).status_code == 403
    assert Reminder.objects.count() == 1


def test_the_deadline_is_moved_on_the_clock_of_the_call(cast, visit, open_call):
    url, client = f"/office/calls/{open_call.pk}/deadline/", visit("staff")
    assert client.post(url, {"closes_at": "2026-05-20T17:00", "reason": "Boards meet."}).status_code == 303
    open_call.refresh_from_db()
    assert open_call.closes_at.isoformat() == "2026-05-20T21:00:00+00:00"
    bad = client.post(url, {"closes_at": "2026-05-21T17:00", "reason": " "})
    assert (bad.status_code, attributes(bad, "input", "value").count("2026-05-21T17:00")) == (422, 1)


def test_it_is_cancelled_for_a_reason(cast, visit, open_call):
    url, client = f"/office/calls/{open_call.pk}/cancellation/", visit("staff")
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Off."}).status_code == 303


def test_a_society_is_ruled_on_and_its_letter_entered(cast, visit, open_call):
    row = row_of(open_call, cast.reef)
    url, client = f"/office/calls/{open_call.pk}/rows/{row.pk}/", visit("staff")
    entered = {"choice": "answered", "raw": "Yes.", "evidence": "Letter of 4 May"}
    assert client.post(f"{url}entry/", entered | {"evidence": ""}).status_code == 422
    assert client.post(f"{url}entry/", entered).status_code == 303
    assert Answer.objects.get().source == "team"
    assert client.post(f"{url}ruling/", {"kind": "strike", "reason": "x" * 10**5}).status_code == 422
    assert client.post(f"{url}ruling/", {"kind": "strike", "reason": "Dues."}).status_code == 303
    assert Ruling.objects.get().reason == "Dues."
    assert client.get(url).status_code == 200


def test_what_is_due_soon_stands_on_the_front_page(cast, visit, open_call):
    Call.objects.update(closes_at=cast.at + 2 * DAY)
    front = visit("staff").get("/office/")
    assert "Not answered, due soon: Associate members" in front.content.decode()
