"""Raising an issue: done, recorded, told, found, and each refusal."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from collegium.core.access.standard import MEMBERS
from collegium.core.entries.models import Passage
from collegium.core.people.actions import change_standing
from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.criteria import answered_by
from collegium.rooms.positions.queries.similar import similar

from .factories import WORDS, fail_after, make_answers, make_issue, refused, tell

pytestmark = pytest.mark.django_db
NEEDS_A_SEAT = "Issues are raised from a seat of yours at a member society."


def test_raise_issue_is_for_all_member_societies_and_says_whose_it_is(cast):
    issue = make_issue(cast, title="  Delays ")
    entry = issue.entry
    assert (entry.title, entry.state, entry.audience_id, entry.society) == (
        "Delays",
        "proposed",
        MEMBERS,
        cast.lagoon.entry.organization,
    )
    assert (entry.author, issue.tenure, issue.group) == (cast.peer, cast.tenures["peer"], None)
    assert [row.society for row in issue.touches.all()] == [cast.lagoon]
    assert [(row.criterion, row.raw) for row in issue.answers.all()] == [
        ("importance", WORDS["importance"]),
        ("why-council", WORDS["why-council"]),
        ("evidence", WORDS["evidence"]),
        ("asked", WORDS["asked"]),
    ]


def test_raise_issue_keeps_the_question_and_draws_the_answer(cast):
    answer = make_issue(cast, answers=make_answers(cast, words=WORDS | {"evidence": "*412* practices"})).answers.get(
        criterion="evidence"
    )
    assert (answer.question, answer.html) == ("What is known?", "<p><em>412</em> practices</p>")


def test_raise_issue_keeps_the_deadline_with_its_zone(cast):
    moment = datetime(2026, 6, 1, 21, 0, tzinfo=UTC)
    issue = make_issue(cast, answers=make_answers(cast, deadline=(moment, "America/New_York")))
    assert (issue.deadline_at, issue.deadline_zone) == (moment, "America/New_York")
    with refused("“Nowhere” is not a time zone."):
        make_issue(cast, answers=make_answers(cast, deadline=(moment, "Nowhere")))


@pytest.mark.parametrize("year", [1, 1899, 3000, 9999])
def test_raise_issue_refuses_a_deadline_no_zone_can_tell(cast, year):
    moment = datetime(year, 12, 31, 23, 59, tzinfo=ZoneInfo("America/New_York"))
    with refused("Choose a day between the years 1900 and 2999."):
        make_issue(cast, answers=make_answers(cast, deadline=(moment, "America/New_York")))


def test_the_council_answers_within_fifteen_working_days(cast):
    # Monday 4 May 2026; three weeks later, weekends left out.
    assert make_issue(cast).due_on.isoformat() == "2026-05-25"
    assert answered_by(datetime(2026, 5, 9, tzinfo=UTC).date()).isoformat() == "2026-05-29"  # a Saturday


def test_raise_issue_leaves_one_event(cast):
    issue = make_issue(cast)
    event = Event.objects.get(name="issue.raised")
    assert (event.entry, event.actor, event.acting_for, event.audience_id) == (
        issue.entry,
        cast.peer,
        cast.lagoon,
        MEMBERS,
    )
    assert event.facts == {"societies": [cast.lagoon.pk]}


def test_raise_issue_for_a_group_is_of_its_officers(cast):
    issue = make_issue(cast, by="colleague", group=cast.cfos)
    assert (issue.group, issue.entry.society, Event.objects.get(name="issue.raised").acting_for) == (
        cast.cfos,
        None,
        None,
    )
    with refused("Only an officer of the group can raise an issue for it."):
        make_issue(cast, by="peer", group=cast.cfos)


def test_raise_issue_tells_the_team_and_the_chiefs_of_whom_it_touches(cast):
    make_issue(cast, answers=make_answers(cast, affected=[cast.lagoon.pk, cast.harbour.pk]))
    assert tell() == [
        ("ingvild-sorensen", "IssueTouches"),
        ("mara-quist", "IssueRaised"),
        ("olu-fenwick", "IssueRaised"),
        ("ruth-alder", "IssueTouches"),
    ]


def test_raise_issue_is_found_and_resembled(cast):
    issue = make_issue(cast, title="Delays of prior authorization")
    assert set(Passage.objects.filter(entry=issue.pk).values_list("part", flat=True)) == {"title", "text"}
    found = similar("Prior authorizations are delayed", cast.viewer("newcomer"))
    assert [(one.id, one.kind) for one in found] == [(issue.pk, "issue")]
    assert similar("Prior authorizations are delayed", cast.viewer("newcomer"), but=issue.pk) == []
    assert similar("Prior authorizations are delayed", cast.viewer("outsider")) == []
    assert similar("Something of another sort altogether", cast.viewer("newcomer")) == []
    assert similar("", cast.viewer("newcomer")) == []


@pytest.mark.parametrize("part", ["outsider", "suspended"])
def test_raise_issue_needs_a_seat_at_a_member_society(cast, part):
    tenure = cast.tenures.get(part)
    with refused(NEEDS_A_SEAT):
        actions.raise_issue(title="X", answers=make_answers(cast), tenure=tenure, viewer=cast.viewer(part), at=cast.at)


def test_raise_issue_needs_a_seat_of_ones_own(cast):
    with refused(NEEDS_A_SEAT):
        make_issue(cast, tenure=cast.tenures["colleague"])


def test_raise_issue_ends_with_the_standing(cast):
    change_standing(cast.lagoon, status="former", from_day=cast.at.date(), by=None, at=cast.at)
    with refused(NEEDS_A_SEAT):
        make_issue(cast, answers=make_answers(cast, affected=[cast.reef.pk]))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"evidence": ""}, "Answer “What is known?”."),
        ({"asked": " \n "}, "Answer “What should the council do?”."),
        ({"importance": "Rather"}, "There is no such answer to “How much does it matter?”."),
        (
            {"asked": "a\x00b"},
            "This contains a NUL character, which cannot be kept. Paste it again as plain text.",
        ),
        ({"asked": "x" * 100_000}, "This is too long: 100,000 characters, and there is room for 20,000."),
    ],
)
def test_raise_issue_needs_complete_and_readable_answers(cast, words, reason):
    with refused(reason):
        make_issue(cast, answers=make_answers(cast, words=WORDS | words))


@pytest.mark.parametrize("affected", [[], [999_999], "council"])
def test_raise_issue_touches_member_societies(cast, affected):
    ids = [cast.council.pk] if affected == "council" else affected
    with refused("Say which member societies it touches."):
        make_issue(cast, answers=make_answers(cast, affected=ids))


def test_raise_issue_needs_a_title(cast):
    with refused("Give it a title."):
        make_issue(cast, title=" ")


def test_raise_issue_is_rolled_back_whole(cast):
    fail_after(lambda: make_issue(cast))
