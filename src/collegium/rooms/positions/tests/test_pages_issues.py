"""The pages of issues: the list, the intake that loses nothing, one issue, and its triage."""

from __future__ import annotations

import pytest

from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Issue

from .factories import WORDS, make_answers, make_issue

pytestmark = pytest.mark.django_db


def typed(cast, **changes):
    """What a browser sends for a complete issue."""
    return {
        "title": "Delays of prior authorization",
        "speaker": f"society-{cast.tenures['peer'].pk}",
        "answer-affected": [cast.lagoon.pk, cast.harbour.pk],
        "day": "2026-06-01",
        "time": "17:00",
        "zone": "America/New_York",
        **{f"answer-{slug}": words for slug, words in WORDS.items()},
        **changes,
    }


def test_an_issue_is_raised_from_the_page(cast, visit):
    answer = visit("peer").post("/issues/new/", typed(cast))
    issue = Issue.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/issues/{issue.pk}/")
    assert issue.deadline_at.isoformat() == "2026-06-01T21:00:00+00:00"
    page = visit("newcomer").get(answer["Location"]).content.decode()
    assert "raised by Society of Lagoon Cardiology" in page
    assert "Society of Lagoon Cardiology" in visit("newcomer").get("/issues/").content.decode()
    for words in ("Delays of prior authorization", "Monday 1 June 2026, 17:00", "America/New_York", *WORDS.values()):
        assert words in page


def test_similar_ones_are_shown_before_and_nothing_is_lost(cast, visit):
    other = make_issue(cast, by="colleague", title="Prior authorization is delayed")
    peer = visit("peer")
    answer = peer.post("/issues/new/", typed(cast))
    page = answer.content.decode()
    assert (answer.status_code, Issue.objects.count()) == (422, 1)
    assert f"/issues/{other.pk}/" in page
    assert "Delays of prior authorization" in page
    assert WORDS["evidence"] in page
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert peer.post("/issues/new/", typed(cast, seen=seen)).status_code == 303


def test_similar_ones_are_listed_while_typing(cast, visit):
    other = make_issue(cast, title="Prior authorization is delayed")
    assert f"/issues/{other.pk}/" in visit("peer").get("/issues/similar/?title=prior+authorization").content.decode()
    assert visit("peer").get("/issues/similar/?title=").content.strip() == b""
    assert visit("outsider").get("/issues/similar/?title=prior+authorization").content.strip() == b""


BAD = ["", "\x00", "x" * 100_000, "\ufffd"]


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize("field", ["title", "answer-evidence"])
def test_bad_words_come_back_with_all_that_was_typed(cast, visit, field, value):
    answer = visit("peer").post("/issues/new/", typed(cast, **{field: value}))
    assert (answer.status_code, Issue.objects.count()) == (422, 0)
    assert WORDS["asked"] in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("speaker", "society-999999"),
        ("speaker", "group-1"),
        ("speaker", "\x00"),
        ("answer-affected", ["999999"]),
        ("answer-affected", ["x", "\x00"]),
        ("answer-importance", "Very"),
        ("day", "yesterday"),
        ("day", "9999-12-31"),
        ("day", "0001-01-01"),
        ("time", "25:00"),
        ("zone", "Nowhere/Land"),
    ],
)
def test_bad_choices_come_back(cast, visit, field, value):
    answer = visit("peer").post("/issues/new/", typed(cast, **{field: value}))
    assert (answer.status_code, Issue.objects.count()) == (422, 0)


def test_an_issue_of_a_group_is_raised_by_its_officer(cast, visit):
    answer = visit("colleague").post("/issues/new/", typed(cast, speaker=f"group-{cast.cfos.pk}"))
    assert answer.status_code == 303
    assert Issue.objects.get().group == cast.cfos


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ({"outcome": "accepted", "reason": "Yes."}, "accepted"),
        ({"outcome": "declined", "reason": "No."}, "declined"),
        ({"outcome": "merged", "reason": "Same.", "into": "other"}, "merged"),
        ({"outcome": "referred", "reason": "First.", "to": "cfos"}, "referred"),
    ],
)
def test_an_issue_is_decided_from_the_page(cast, visit, sent, state):
    issue, other = make_issue(cast), make_issue(cast, by="colleague")
    keys = {"other": other.pk, "cfos": cast.cfos.pk}
    answer = visit("staff").post(f"/issues/{issue.pk}/triage/", {k: keys.get(v, v) for k, v in sent.items()})
    assert answer.status_code == 303
    page = visit("peer").get(answer["Location"]).content.decode()
    assert sent["reason"] in page
    assert Issue.objects.get(pk=issue.pk).entry.state == state


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"outcome": "perhaps", "reason": "x"},
        {"outcome": "merged", "reason": "Kept."},
        {"outcome": "merged", "reason": "Kept.", "into": "999999"},
        {"outcome": "referred", "reason": "Kept.", "to": "\x00"},
        {"outcome": "accepted", "reason": "\x00"},
        {"outcome": "accepted", "reason": "x" * 100_000},
    ],
)
def test_bad_decisions_come_back(cast, visit, sent):
    issue = make_issue(cast)
    answer = visit("staff").post(f"/issues/{issue.pk}/triage/", sent)
    assert answer.status_code == 422
    assert Issue.objects.get(pk=issue.pk).entry.state == "proposed"
    assert sent.get("reason") != "Kept." or "Kept." in answer.content.decode()


def test_an_issue_is_withdrawn_from_the_page(cast, visit):
    issue = make_issue(cast)
    assert visit("staff").get(f"/issues/{issue.pk}/withdrawal/").status_code == 404
    assert visit("peer").post(f"/issues/{issue.pk}/withdrawal/", {"reason": ""}).status_code == 422
    assert visit("peer").post(f"/issues/{issue.pk}/withdrawal/", {"reason": "Solved."}).status_code == 303
    assert "Solved." in visit("newcomer").get(f"/issues/{issue.pk}/").content.decode()


def test_the_list_costs_the_same_with_one_and_with_three(cast, visit, django_assert_num_queries):
    peer = visit("peer")
    everybody = [cast.lagoon.pk, cast.harbour.pk, cast.reef.pk]
    make_issue(cast, by="two_seats", answers=make_answers(cast, affected=everybody))
    peer.get("/issues/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        peer.get("/issues/")
    make_issue(cast, by="colleague", group=cast.cfos)
    make_issue(cast, answers=make_answers(cast, affected=everybody))
    with django_assert_num_queries(len(one)):
        page = peer.get("/issues/").content.decode()
    assert page.count('<li class="row">') == 3


def test_the_list_is_filtered_by_state(cast, visit):
    actions.decline_issue(make_issue(cast, title="Alpha"), reason="No.", viewer=cast.viewer("staff"), at=cast.at)
    make_issue(cast, title="Beta")
    page = visit("peer").get("/issues/?state=declined").content.decode()
    assert ("Alpha" in page, "Beta" in page) == (True, False)
    assert visit("peer").get("/issues/?state=\x00").status_code == 200


def test_a_committee_is_named_and_ended_on_its_page(cast, visit):
    staff, url = visit("staff"), "/positions/committees/"
    assert staff.post(url, {"role": "triage", "group": cast.cfos.pk}).status_code == 303
    issue = make_issue(cast, by="two_seats")
    assert (
        visit("peer").post(f"/issues/{issue.pk}/triage/", {"outcome": "accepted", "reason": "Yes."}).status_code == 303
    )
    assert staff.post(url, {"role": "triage", "group": ""}).status_code == 303
    assert visit("peer").get(f"/issues/{issue.pk}/triage/").status_code == 404
    for bad in ({"role": "triage", "group": "999999"}, {"role": "everything"}, {}, {"role": "\x00", "group": "\x00"}):
        assert staff.post(url, bad).status_code == 422
