"""The pages of positions: the list, one position for each reader, people, text, redline, steps, feed."""

from __future__ import annotations

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.core.people import actions as people
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Position

from .factories import TEXT, in_state, later, make_drafter, make_position, move, write

pytestmark = pytest.mark.django_db


def read(visit, part, url):
    answer = visit(part).get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_everybody_reads_what_is_published_and_nobody_else_a_draft(cast, visit):
    public, draft = in_state(cast, "public", title="Alpha"), in_state(cast, "drafting", title="Beta")
    for part, titles in (
        (None, ["Alpha"]),
        ("newcomer", ["Alpha"]),
        ("peer", ["Alpha", "Beta"]),
        ("staff", ["Alpha", "Beta"]),
    ):
        page = read(visit, part, "/positions/")
        assert [title for title in ("Alpha", "Beta") if title in page] == titles
    assert visit("newcomer").get(f"/positions/{draft.pk}/").status_code == 404
    page = read(visit, None, f"/positions/{public.pk}/")
    assert "within" in page
    assert "led by Society of Lagoon Cardiology" in page
    assert "led by Society of Lagoon Cardiology" in read(visit, None, "/positions/")


def test_the_public_page_names_no_person_and_says_how_to_cite(cast, visit):
    position = in_state(cast, "public", title="Approvals </script> & more")
    page = read(visit, None, f"/positions/{position.pk}/")
    assert "Ines Okafor" not in page
    assert "Mara Quist" not in page
    assert f"http://testserver/positions/{position.pk}/" in page
    data = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert data["headline"] == "Approvals </script> & more"
    assert (data["@type"], data["publisher"]["name"]) == ("Report", "Council of Islands")
    assert data["identifier"]["value"] == position.adopted.digest
    assert "Ines Okafor" in read(visit, "newcomer", f"/positions/{position.pk}/")


def test_a_draft_is_not_cited(cast, visit):
    position = in_state(cast, "comment")
    assert "ld+json" not in read(visit, "newcomer", f"/positions/{position.pk}/")


def test_the_list_is_narrowed_by_kind_and_state(cast, visit):
    in_state(cast, "public", title="Alpha", kind="paper")
    in_state(cast, "comment", title="Beta")
    for query, titles in (
        ("?kind=paper", ["Alpha"]),
        ("?state=comment", ["Beta"]),
        ("?kind=x&state=%00", ["Alpha", "Beta"]),
    ):
        page = read(visit, "peer", f"/positions/{query}")
        assert [title for title in ("Alpha", "Beta") if title in page] == titles


def test_the_list_costs_the_same_with_one_and_with_three(cast, visit, django_assert_num_queries):
    peer = visit("peer")
    in_state(cast, "public")
    peer.get("/positions/")
    with CaptureQueriesContext(connection) as one:
        peer.get("/positions/")
    in_state(cast, "comment", lead=cast.reef)
    in_state(cast, "drafting", lead=cast.harbour)
    with django_assert_num_queries(len(one)):
        assert peer.get("/positions/").content.decode().count('<li class="row">') == 3


def test_the_feed_holds_what_is_in_force(cast, visit, django_assert_num_queries):
    first = in_state(cast, "public", title="Alpha & Omega")
    in_state(cast, "comment", title="Beta")
    anybody = visit(None)
    with CaptureQueriesContext(connection) as one:
        feed = ElementTree.fromstring(anybody.get("/positions/feed.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == ["Alpha & Omega"]
    assert feed.find(f"{atom}entry/{atom}link").get("href") == f"http://testserver/positions/{first.pk}/"
    in_state(cast, "public")
    with django_assert_num_queries(len(one)):
        anybody.get("/positions/feed.atom")


def test_a_position_is_begun_from_an_issue(cast, visit):
    from .factories import make_issue

    issue = make_issue(cast, title="Delays")
    actions.accept_issue(issue, reason="Yes.", viewer=cast.viewer("staff"), at=cast.at)
    staff = visit("staff")
    assert 'value="Delays"' in staff.get(f"/positions/new/?issue={issue.pk}").content.decode()
    sent = {"title": "On delays", "kind": "paper", "lead": cast.reef.pk}
    assert staff.post(f"/positions/new/?issue={issue.pk}", sent).status_code == 303
    position = Position.objects.get()
    assert (position.issue, position.kind, position.entry.society) == (issue, "paper", cast.reef)
    for bad in ("?issue=999999", "?issue=x", "?issue=%00"):
        assert staff.get(f"/positions/new/{bad}").status_code == 404


@pytest.mark.parametrize("field", ["title", "kind", "lead"])
@pytest.mark.parametrize("value", ["\x00", "x" * 100_000, "\ufffd"])
def test_a_bad_beginning_comes_back(cast, visit, field, value):
    sent = {"title": "Kept", "kind": "paper", "lead": ""} | {field: value}
    assert visit("staff").post("/positions/new/", sent).status_code == 422
    assert not Position.objects.exists()


def test_people_are_named_on_one_page(cast, visit):
    position = make_position(cast)
    staff, url = visit("staff"), f"/positions/{position.pk}/people/"
    tenure = cast.tenures["peer"]
    assert staff.post(url, {"add_drafter": "1", "tenure": tenure.pk}).status_code == 303
    assert staff.post(url, {"set_lead": "1", "lead": cast.harbour.pk}).status_code == 303
    assert staff.post(url, {"set_touched": "1", "societies": [cast.reef.pk]}).status_code == 303
    position = Position.objects.get()
    drafter = position.drafters.get()
    assert (drafter.tenure, position.entry.society, list(position.affected.all())) == (
        tenure,
        cast.harbour,
        [cast.reef],
    )
    for bad in (
        {"add_drafter": "1", "tenure": cast.tenures["newcomer"].pk + 999_999},
        {"set_lead": "1", "lead": "\x00"},
        {"set_touched": "1", "societies": ["x"]},
        {"set_touched": "1"},
    ):
        assert staff.post(url, bad).status_code == 422
    assert staff.post(f"{url}{drafter.pk}/release/").status_code == 303
    assert staff.post(f"{url}{drafter.pk}/release/").status_code == 404


def test_a_drafter_declares_interests_and_writes(cast, visit):
    position = make_position(cast)
    make_drafter(cast, position, declares=False)
    peer, url = visit("peer"), f"/positions/{position.pk}/"
    assert "Declare your interests first" in peer.get(url).content.decode()
    assert peer.post(f"{url}interests/", {"has_interests": "some", "words": ""}).status_code == 422
    assert peer.post(f"{url}interests/", {"has_interests": "some", "words": "Shares."}).status_code == 303
    move(cast, position, "drafting")
    assert peer.post(f"{url}text/", {"title": "Approvals", "raw": TEXT, "base": "0"}).status_code == 303
    page = peer.get(url).content.decode()
    assert "Plans should answer within <em>two</em> days." in page
    assert "interests: Shares." in page


def test_what_was_written_meanwhile_is_not_overwritten_and_nothing_is_lost(cast, visit):
    position = in_state(cast, "drafting")
    make_drafter(cast, position, "colleague")
    write(cast, position, "Theirs.", by="colleague")
    sent = {"title": "Mine", "raw": "My own words.", "base": "1", "change": "substantive"}
    answer = visit("peer").post(f"/positions/{position.pk}/text/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "My own words." in page
    assert "Meanwhile somebody wrote revision 2." in page
    sent["base"] = page.partition('name="base" value="')[2].partition('"')[0]
    assert visit("peer").post(f"/positions/{position.pk}/text/", sent).status_code == 303


@pytest.mark.parametrize(
    "bad",
    [
        {"raw": ""},
        {"raw": "\x00"},
        {"raw": "x" * 100_001},
        {"raw": "a\ufffdb"},
        {"title": ""},
        {"base": "x"},
        {"base": "-1"},
        {"base": "9" * 30},
        {"change": "radical"},
        {"change": ""},
        {"note": "x" * 301},
    ],
)
def test_a_bad_text_comes_back(cast, visit, bad):
    position = in_state(cast, "drafting")
    sent = {"title": "T", "raw": "Kept words.", "base": "1", "change": "editorial", "note": ""} | bad
    answer = visit("peer").post(f"/positions/{position.pk}/text/", sent)
    assert answer.status_code == 422
    assert "raw" in bad or "Kept words." in answer.content.decode()
    assert position.revisions.count() == 1


def test_the_redline_shows_what_changed_to_who_may_read_both(cast, visit):
    position = in_state(cast, "disposition")
    write(cast, position, TEXT.replace("*two* days", "one day"), note="Sooner", at=later(cast, 45))
    url = f"/positions/{position.pk}/changes/"
    page = read(visit, "peer", url)
    assert "<em>two</em> days</del>" in page
    assert "one day</ins>" in page
    assert "Sooner" in page
    assert "1 paragraph changed" in page
    # Societies were shown the first wording alone.
    assert visit("newcomer").get(url).status_code == 404
    assert visit("newcomer").get(f"/positions/{position.pk}/revisions/2/").status_code == 404
    move(cast, position, "recirculation", at=later(cast, 46))
    assert "one day</ins>" in read(visit, "newcomer", f"{url}?from=2&to=1")
    for bad in ("?from=9", "?to=x", "?from=%00"):
        assert visit("peer").get(url + bad).status_code == 404


def test_everybody_reads_the_revision_in_force_and_no_earlier_one(cast, visit):
    position = in_state(cast, "disposition")
    write(cast, position, TEXT.replace("two", "three"), at=later(cast, 45))
    for number, state in enumerate(("recirculation", "disposition", "sign-on", "ballot", "adopted", "public")):
        move(cast, position, state, at=later(cast, 46 + 41 * number), reason="So decided.")
    assert "three" in read(visit, None, f"/positions/{position.pk}/")
    assert "three" in read(visit, None, f"/positions/{position.pk}/revisions/2/")
    assert visit(None).get(f"/positions/{position.pk}/revisions/1/").status_code == 404
    assert visit(None).get(f"/positions/{position.pk}/changes/").status_code == 404


def test_a_step_is_taken_from_its_page(cast, visit, today):
    position = in_state(cast, "drafting")
    staff, url = visit("staff"), f"/positions/{position.pk}/steps/comment/"
    assert "Societies need at least 30 days" in staff.get(url).content.decode()
    day = (today + timedelta(days=31)).date().isoformat()
    for bad in (
        {"day": ""},
        {"day": "soon"},
        {"day": "2026-05-06", "reason": "Kept words."},
        {"day": day, "zone": "X"},
    ):
        assert staff.post(url, {"time": "", "zone": "UTC", "reason": ""} | bad).status_code == 422
    sent = {"day": day, "time": "17:00", "zone": "America/New_York", "reason": ""}
    assert staff.post(url, sent).status_code == 303
    window = Position.objects.get().windows.get()
    assert (window.closes_at.isoformat(), window.zone) == (f"{day}T21:00:00+00:00", "America/New_York")
    assert staff.get(url).status_code == 404
    assert visit("peer").get(f"/positions/{position.pk}/steps/withdrawn/").status_code == 404


def test_what_hinders_a_step_stands_beside_it(cast, visit):
    position = make_position(cast)
    assert "Name at least one drafter first." in read(visit, "staff", f"/positions/{position.pk}/")
    page = read(visit, "staff", f"/positions/{position.pk}/steps/drafting/")
    assert "Name at least one drafter first." in page


def test_one_position_replaces_another(cast, visit):
    old, new = in_state(cast, "public", title="Old"), in_state(cast, "public", title="New")
    staff = visit("staff")
    assert staff.post(f"/positions/{new.pk}/relation/", {"target": "999999"}).status_code == 422
    assert staff.post(f"/positions/{new.pk}/relation/", {"target": old.pk}).status_code == 303
    assert "Another position has replaced this one" in read(visit, None, f"/positions/{old.pk}/")
    assert "Replaces" in read(visit, None, f"/positions/{new.pk}/")


def test_the_history_is_for_member_societies(cast, visit):
    position = in_state(cast, "public")
    assert "moved this on: adopted → public" in read(visit, "newcomer", f"/positions/{position.pk}/history/")
    assert visit("outsider").get(f"/positions/{position.pk}/history/").status_code == 404


def test_who_is_no_member_any_more_reads_what_is_public(cast, visit):
    position = in_state(cast, "comment")
    assert visit("newcomer").get(f"/positions/{position.pk}/").status_code == 200
    people.change_standing(cast.reef, status="former", from_day=cast.at.date(), by=None, at=cast.at)
    assert visit("newcomer").get(f"/positions/{position.pk}/").status_code == 404
