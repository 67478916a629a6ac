"""Pages of undertakings: the texts for everybody, what is asked of a member, the button, the office, the conditions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collegium.core.groups import actions
from collegium.core.groups.models import Acceptance, Suspension
from collegium.rooms.discussions.tests.factories import make_topic
from collegium.web.tests.reading import found, texts

pytestmark = pytest.mark.django_db
TEXT = "I keep **everything** to myself."
LONG = "x" * 100_000
BAD = [
    "",
    "\x00",
    LONG,
    "nobody",
    "-1",
    "9" * 30,
    "9999-12-31",
    "0001-01-01",
    "\ud800".encode("utf-8", "surrogatepass"),
]


@pytest.fixture
def keep(cast):
    at = timezone.now()
    made = actions.draw_up_undertaking("Confidentiality", slug="keep", kind="confidentiality", by=None, at=at)
    actions.publish_version(made, text=TEXT, viewer=cast.viewer("staff", at), at=at)
    return made


@pytest.fixture
def needed(cast, keep):
    at = timezone.now()
    return actions.begin_need(cast.cfos, undertaking=keep, viewer=cast.viewer("staff", at), at=at, grace_days=0)


def states(page):
    return texts(page, "span.state")


def test_everybody_reads_the_text_and_only_who_has_a_seat_finds_the_button(cast, visit, keep):
    for part in cast.parts:
        page = visit(part).get("/undertakings/keep/")
        assert [hit["text"] for hit in found(page, "strong")] == ["everything"]
        expected = [] if part in (None, "outsider") else ["I undertake this"]
        assert [word for word in texts(page, "button") if word == "I undertake this"] == expected


def test_a_barred_member_is_told_at_the_door_and_reads_after_accepting(cast, visit, needed):
    make_topic(cast, title="Canary of the books")
    peer = visit("peer")
    page = peer.get("/groups/cfos/")
    assert b"Accept to enter" in page.content
    assert b"Canary" not in page.content
    assert peer.get("/undertakings/").content.count(b"Accept to read") == 1
    answer = peer.post("/undertakings/keep/1/acceptance/")
    assert (answer.status_code, answer["Location"]) == (303, "/undertakings/keep/1/")
    assert b"Canary" in peer.get("/groups/cfos/").content
    assert b"Binds you" in peer.get("/undertakings/mine/").content


def test_within_the_grace_a_banner_says_until_when(cast, visit, keep):
    at = timezone.now()
    actions.begin_need(cast.cfos, undertaking=keep, viewer=cast.viewer("staff", at), at=at)
    page = visit("peer").get("/groups/cfos/")
    assert b"Accept to read on" in page.content
    assert b"New topic" in page.content


def test_accepting_what_is_superseded_is_refused_with_the_reason(cast, visit, keep):
    at = timezone.now()
    actions.publish_version(keep, text="Other words.", viewer=cast.viewer("staff", at), at=at)
    page = visit("peer").post("/undertakings/keep/1/acceptance/")
    assert page.status_code == 422
    assert "A newer version has been published" in page.content.decode()
    assert Acceptance.objects.count() == 0


def test_what_changed_is_drawn_word_by_word(cast, visit, keep):
    at = timezone.now()
    actions.publish_version(keep, text="I keep most things to myself.", viewer=cast.viewer("staff", at), at=at)
    page = visit("peer").get("/undertakings/keep/2/")
    assert [texts(page, tag) for tag in ("del", "ins")] == [["**everything**"], ["most things"]]


def test_the_office_looks_first_then_publishes(cast, visit, keep, needed):
    staff = visit("staff")
    sent = {"text": "Newer *words*.", "grace_days": "7"}
    page = staff.post("/office/undertakings/of/keep/", sent | {"preview": "1"})
    assert "3 people will be asked" in page.content.decode()
    assert keep.versions.count() == 1
    assert staff.post("/office/undertakings/of/keep/", sent).status_code == 303
    newest = keep.versions.first()
    assert (newest.number, newest.grace_days, newest.published_by) == (2, 7, cast.staff)


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_at_the_office_is_answered_and_kept(visit, keep, bad):
    staff = visit("staff")
    drawn = staff.post("/office/undertakings/", {"name": bad, "slug": bad, "kind": bad})
    assert drawn.status_code == 422
    page = staff.post("/office/undertakings/of/keep/", {"text": "Words", "grace_days": bad})
    assert page.status_code == 422
    assert b"Words" in page.content
    assert staff.get("/office/undertakings/export/", {"on": bad}).status_code == 422
    assert keep.versions.count() == 1


def test_the_export_is_a_table_of_a_day(cast, visit, keep):
    visit("peer").post("/undertakings/keep/1/acceptance/")
    answer = visit("staff").get("/office/undertakings/export/", {"on": timezone.localdate().isoformat()})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Confidentiality,1,Society of Lagoon Cardiology,Ines Okafor,ines-okafor,")


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_under_conditions_is_answered_and_kept(cast, visit, keep, bad):
    staff = visit("staff")
    suspension = {"handle": bad, "last_day": bad, "reason": "Because"}
    page = staff.post("/groups/cfos/suspensions/", suspension)
    assert page.status_code == 422
    assert b"Because" in page.content
    assert staff.post("/groups/cfos/needs/", {"undertaking": bad, "grace_days": bad}).status_code == 422
    assert Suspension.objects.count() == 0


def test_a_suspended_member_reads_why_and_until_when_and_nothing_else(cast, visit):
    make_topic(cast, title="Canary of the books")
    day = timezone.localdate() + timedelta(days=5)
    sent = {"handle": f"@{cast.peer.handle}", "last_day": day.isoformat(), "reason": "Quoted a colleague outside"}
    assert visit("colleague").post("/groups/cfos/suspensions/", sent).status_code == 303
    page = visit("peer").get("/groups/cfos/")
    for words in (
        b"You are suspended from this group",
        b"Quoted a colleague outside",
        b"An officer of the group decided",
    ):
        assert words in page.content
    assert b"Canary" not in page.content
    assert b"Quoted" not in visit("leaver").get("/groups/cfos/").content


def test_the_team_runs_a_closed_group_and_meets_nothing_of_what_is_said(cast, visit):
    make_topic(cast, group=cast.ceos, by="chair", title="Canary of the budget", raw="Canary text")
    staff = visit("staff")
    for url in (
        "/",
        "/groups/",
        "/groups/ceos/",
        "/groups/ceos/conditions/",
        "/groups/ceos/history/",
        "/notifications/",
    ):
        assert b"Canary" not in staff.get(url).content, url
    page = staff.get("/groups/ceos/")
    assert b"New topic" not in page.content
    assert b"Conditions and suspensions" in page.content


def test_a_reader_meets_the_text_on_its_pages_and_not_at_home(cast, visit):
    topic = make_topic(cast, group=cast.ceos, by="chair", title="Canary of the budget", raw="Canary text")
    at = timezone.now()
    reading = actions.ask_to_read(cast.ceos, reason="A complaint", viewer=cast.viewer("staff", at), at=at)
    actions.confirm_reading(reading, viewer=cast.viewer("second_staff", at), at=at)
    staff = visit("staff")
    seen = {url: b"Canary" in staff.get(url).content for url in ("/", "/groups/ceos/", topic.get_absolute_url())}
    assert seen == {"/": False, "/groups/ceos/": True, topic.get_absolute_url(): True}
    assert b"you can look, but not write" in staff.get(topic.get_absolute_url()).content
    for deed in ("posts/", "following/"):
        answer = staff.post(f"{topic.get_absolute_url()}{deed}", {"raw": "Me too"})
        assert answer.status_code in (403, 404, 405, 422), deed
    page = visit("delegate").get(topic.get_absolute_url() + "audience/")
    assert "1 of the council’s team reads along" in page.content.decode()
    assert b"A complaint" in visit("delegate").get("/groups/ceos/").content
    assert b"A complaint" not in visit("peer").get("/groups/ceos/").content


def test_the_list_asks_as_many_questions_for_three_as_for_one(cast, visit, keep, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(3):
        client = visit("staff")
        client.get("/office/undertakings/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/office/undertakings/")
        counts.append(len(asked))
        at = timezone.now()
        made = actions.draw_up_undertaking(f"U {number}", slug=f"u-{number}", kind="conduct", by=None, at=at)
        actions.publish_version(made, text="Words", viewer=cast.viewer("staff", at), at=at)
    assert counts[0] == counts[2]
