"""Deciding of an issue: accepted, declined, merged, referred or withdrawn, each with a reason."""

from __future__ import annotations

import pytest

from collegium.core.trail.models import Event
from collegium.rooms.positions import actions

from .factories import fail_after, make_answers, make_issue, refused, tell

pytestmark = pytest.mark.django_db
NOT_THEIRS = "Only the council's team and its triage committee decide of issues."
DECIDED = "This issue was decided already."


def told(cast, part="staff", reason="Because."):
    return {"reason": reason, "viewer": cast.viewer(part), "at": cast.at}


def outcome(issue):
    issue.refresh_from_db()
    last = issue.triages.last()
    return issue.entry.state, last.reason, last.by


@pytest.mark.parametrize(
    ("deed", "state", "event"),
    [
        (actions.accept_issue, "accepted", "issue.accepted"),
        (actions.decline_issue, "declined", "issue.declined"),
    ],
)
def test_accept_issue_and_decline_issue_keep_the_reason(cast, deed, state, event):
    issue = make_issue(cast)
    deed(issue, **told(cast, reason=" It fits. "))
    assert outcome(issue) == (state, "It fits.", cast.staff)
    recorded = Event.objects.get(name=event)
    assert (recorded.actor, recorded.facts["triage"]) == (cast.staff, issue.triages.get().pk)
    assert "It fits." not in str(recorded.facts)


def test_accept_issue_tells_whoever_raised_it_and_whom_it_touches(cast):
    issue = make_issue(cast, answers=make_answers(cast, affected=[cast.harbour.pk]))
    tell()
    actions.accept_issue(issue, **told(cast))
    assert tell() == [("ines-okafor", "IssueDecided"), ("ruth-alder", "IssueTouchingDecided")]


def test_merge_issue_goes_on_in_another_that_touches_both(cast):
    issue = make_issue(cast)
    other = make_issue(cast, by="colleague", answers=make_answers(cast, affected=[cast.reef.pk]))
    actions.merge_issue(issue, into=other, **told(cast))
    assert outcome(issue) == ("merged", "Because.", cast.staff)
    assert issue.triages.get().into == other
    assert set(other.affected.values_list("slug", flat=True)) == {"lagoon", "reef"}
    with refused("That issue is no longer open: choose one that goes on."):
        actions.merge_issue(make_issue(cast), into=issue, **told(cast))


def test_merge_issue_is_never_into_itself(cast):
    issue = make_issue(cast)
    with refused("An issue cannot be merged into itself."):
        actions.merge_issue(issue, into=issue, **told(cast))


def test_refer_issue_asks_a_group_and_is_decided_later(cast):
    issue = make_issue(cast)
    tell()
    actions.refer_issue(issue, to=cast.cfos, **told(cast))
    assert (outcome(issue)[0], issue.triages.get().to_group) == ("referred", cast.cfos)
    assert ("tomasz-halloran", "IssueReferred") in tell()
    with refused("The issue is with this group already."):
        actions.refer_issue(issue, to=cast.cfos, **told(cast))
    actions.accept_issue(issue, **told(cast, reason="The group advised so."))
    assert [row.outcome for row in issue.triages.all()] == ["referred", "accepted"]


def test_withdraw_issue_is_for_whoever_raised_it_while_it_waits(cast):
    issue = make_issue(cast)
    with refused("Only whoever raised the issue can withdraw it."):
        actions.withdraw_issue(issue, **told(cast, "staff"))
    actions.withdraw_issue(issue, **told(cast, "peer"))
    assert outcome(issue) == ("withdrawn", "Because.", cast.peer)
    with refused(DECIDED):
        actions.withdraw_issue(issue, **told(cast, "peer"))


def all_deeds(cast, issue, other, **how):
    return [
        lambda: actions.accept_issue(issue, **how),
        lambda: actions.decline_issue(issue, **how),
        lambda: actions.merge_issue(issue, into=other, **how),
        lambda: actions.refer_issue(issue, to=cast.cfos, **how),
    ]


@pytest.mark.parametrize("part", ["peer", "chair", "outsider"])
def test_triage_is_for_the_team(cast, part):
    issue, other = make_issue(cast), make_issue(cast)
    for deed in all_deeds(cast, issue, other, **told(cast, part)):
        with refused(NOT_THEIRS):
            deed()


def test_triage_needs_a_reason_and_happens_once(cast):
    issue, other = make_issue(cast), make_issue(cast)
    for deed in all_deeds(cast, issue, other, **told(cast, reason=" ")):
        with refused("Give the reason: it is shown and kept."):
            deed()
    actions.decline_issue(issue, **told(cast))
    for deed in all_deeds(cast, issue, other, **told(cast)):
        with refused(DECIDED):
            deed()


def test_nobody_decides_of_what_they_raised(cast):
    issue = make_issue(cast, by="staff")
    with refused("Somebody else decides of what you raised."):
        actions.accept_issue(issue, **told(cast))
    actions.accept_issue(issue, **told(cast, "second_staff"))


def test_name_committee_gives_a_group_its_part(cast):
    issue = make_issue(cast, by="two_seats")
    committee = actions.name_committee(cast.cfos, role="triage", viewer=cast.viewer("staff"), at=cast.at)
    assert Event.objects.get(name="committee.named").facts == {"role": "triage"}
    actions.refer_issue(issue, to=cast.ceos, **told(cast, "peer"))  # a member of the circle
    actions.end_committee(committee, viewer=cast.viewer("staff"), at=cast.at)
    assert Event.objects.get(name="committee.ended").facts == {"role": "triage"}
    with refused(NOT_THEIRS):
        actions.accept_issue(issue, **told(cast, "peer"))
    with refused("This group is no longer named for it."):
        actions.end_committee(committee, viewer=cast.viewer("staff"), at=cast.at)


def test_name_committee_follows_another_and_is_for_the_team(cast):
    first = actions.name_committee(cast.cfos, role="triage", viewer=cast.viewer("staff"), at=cast.at)
    actions.name_committee(cast.ceos, role="triage", viewer=cast.viewer("staff"), at=cast.at)
    first.refresh_from_db()
    assert first.ended_at == cast.at
    with refused("Only the council's team can do this."):
        actions.name_committee(cast.cfos, role="triage", viewer=cast.viewer("peer"), at=cast.at)
    with refused("There is no such part of the work."):
        actions.name_committee(cast.cfos, role="everything", viewer=cast.viewer("staff"), at=cast.at)


def test_triage_is_rolled_back_whole(cast):
    issue, other = make_issue(cast), make_issue(cast)
    for deed in all_deeds(cast, issue, other, **told(cast)):
        fail_after(deed)
    fail_after(lambda: actions.withdraw_issue(issue, **told(cast, "peer")))
    fail_after(lambda: actions.name_committee(cast.cfos, role="policy", viewer=cast.viewer("staff"), at=cast.at))
