"""What a society prepares inside itself nobody else sees; how long it takes is its own to say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls import actions
from collegium.core.calls.models import Draft, LeadTime, Sitting
from collegium.core.calls.queries import asked_of_society, shut_out
from collegium.core.entries.models import Entry
from collegium.core.trail.models import Event
from collegium.core.trail.tests.story import is_taken_back

from .scene import DAY, open_call, row_of, steps


def keep(call, cast, at, part="peer", **facts):
    facts = {"choice": "answered", "raw": "We think so.", "seen": 0} | facts
    return actions.keep_draft(row_of(call, cast.lagoon), viewer=cast.viewer(part, at), at=at, **facts)


def test_a_draft_is_seen_by_the_societys_people_alone(cast):
    call, at = open_call(cast)
    draft = keep(call, cast, at)
    seen = [part for part in cast.parts if Entry.objects.visible_to(cast.viewer(part, at)).filter(pk=draft.pk).exists()]
    assert seen == ["peer", "two_seats", "delegate", "liaison"]
    event = Event.objects.get(name="answer.drafted")
    assert (event.audience_id, event.entry_id) == (cast.lagoon.audience_id, draft.pk)
    # The council's team learns that there is one, and no more.
    assert steps(call)["lagoon"] == "review"


def test_versions_are_kept_and_nobody_overwrites_what_they_have_not_seen(cast):
    call, at = open_call(cast)
    assert is_taken_back(lambda: keep(call, cast, at))
    keep(call, cast, at)
    keep(call, cast, at, "delegate", raw="We know so.", seen=1)
    with pytest.raises(Refused, match="changed the draft meanwhile"):
        keep(call, cast, at, raw="We hope so.", seen=1)
    draft = Draft.objects.get()
    assert (draft.version, draft.raw) == (2, "We know so.")
    assert [(old.version, old.raw, old.by.name) for old in draft.versions.all()] == [(1, "We think so.", "Ines Okafor")]


def test_the_same_draft_kept_again_is_no_version(cast):
    call, at = open_call(cast)
    keep(call, cast, at)
    assert keep(call, cast, at, seen=1).version == 1


@pytest.mark.parametrize("part", ["chair", "staff", "outsider", None])
def test_nobody_else_writes_on_it(cast, part):
    call, at = open_call(cast)
    viewer, row = cast.viewer(part, at), row_of(call, cast.lagoon)
    for deed in (
        lambda: keep(call, cast, at, part),
        lambda: actions.take_up(row, viewer=viewer, at=at),
        lambda: actions.note_on_draft(row, raw="Hm", viewer=viewer, at=at),
    ):
        with pytest.raises(Refused, match="people of the society"):
            deed()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("facts", "reason"), [({"choice": "perhaps"}, "no such answer"), ({"raw": "x" * 20_001}, "too long")]
)
def test_what_is_no_draft_is_refused(cast, facts, reason):
    call, at = open_call(cast)
    with pytest.raises(Refused, match=reason):
        keep(call, cast, at, **facts)


def test_colleagues_talk_about_it_and_hear_of_each_other(cast):
    call, at = open_call(cast)
    keep(call, cast, at)
    row = row_of(call, cast.lagoon)
    note = actions.note_on_draft(row, raw="Ask the *board*.", viewer=cast.viewer("delegate", at), at=at)
    assert (note.draft, note.html.strip()) == (Draft.objects.get(), "<p>Ask the <em>board</em>.</p>")
    with pytest.raises(Refused, match="Write something"):
        actions.note_on_draft(row, raw=" ", viewer=cast.viewer("delegate", at), at=at)


def test_somebody_takes_it_up(cast):
    call, at = open_call(cast)
    row = row_of(call, cast.lagoon)
    for part in ("liaison", "liaison", "delegate"):
        actions.take_up(row, viewer=cast.viewer(part, at), at=at)
    assert row_of(call, cast.lagoon).taken_by == cast.delegate
    assert Event.objects.filter(name="call.taken_up").count() == 2


def test_after_the_end_nobody_prepares(cast):
    call, _at = open_call(cast)
    with pytest.raises(Refused, match="time for answers is over"):
        keep(call, cast, call.closes_at)


def test_the_desk_lists_what_is_asked_with_its_draft(cast):
    later, at = open_call(cast, title="Later", closes_at=cast.at + 20 * DAY)
    _sooner, _at = open_call(cast, title="Sooner", closes_at=cast.at + 9 * DAY)
    keep(later, cast, at)
    asked = asked_of_society(cast.lagoon, cast.viewer("liaison", at))
    assert [(row.call.entry.title, hasattr(row, "draft")) for row in asked] == [("Sooner", False), ("Later", True)]
    # A colleague of another society sees neither the rows nor the draft.
    assert [hasattr(row, "draft") for row in asked_of_society(cast.lagoon, cast.viewer("chair", at))] == [False, False]


# --- lead times


def plan(cast, days=0, *, needs_sitting=False, by="liaison"):
    who = getattr(cast, by)
    return actions.set_lead_time(cast.lagoon, act="answer", days=days, needs_sitting=needs_sitting, by=who, at=cast.at)


def out(cast, days) -> list[tuple[str, str]]:
    societies = [cast.lagoon, cast.harbour, cast.reef]
    found = shut_out(societies, act="answer", opens_at=cast.at, closes_at=cast.at + days * DAY)
    return [(one.organization.acronym, one.reason) for one in found]


def test_a_window_shuts_out_whoever_needs_longer(cast):
    plan(cast, 21)
    assert out(cast, 14) == [("SLC", "needs 21 days, there is time for 14")]
    assert out(cast, 21) == []
    assert shut_out([cast.lagoon], act="vote", opens_at=cast.at, closes_at=cast.at + DAY) == []


def test_who_decides_by_meeting_needs_one_in_between(cast):
    plan(cast, 7, needs_sitting=True)
    today = cast.at.date()
    actions.add_sittings(cast.lagoon, days=[today + timedelta(days=5)], name="Board", by=cast.liaison, at=cast.at)
    assert out(cast, 14) == [("SLC", "decides by meeting only, and none lies in between")]
    actions.add_sittings(cast.lagoon, days=[today + timedelta(days=12)], by=cast.liaison, at=cast.at)
    assert out(cast, 14) == []
    assert [kept.name for kept in Sitting.objects.all()] == ["Board", ""]
    actions.remove_sitting(Sitting.objects.last(), by=cast.liaison, at=cast.at)
    assert len(out(cast, 14)) == 1


def test_a_second_word_replaces_the_first(cast):
    plan(cast, 21)
    plan(cast, 3)
    assert [(lead.act, lead.days) for lead in LeadTime.objects.all()] == [("answer", 3)]


@pytest.mark.parametrize("by", ["delegate", "liaison", "staff"])
def test_who_keeps_the_roster_keeps_the_calendar(cast, by):
    assert plan(cast, 5, by=by).days == 5


def test_nobody_else_does_and_not_with_nonsense(cast):
    with pytest.raises(Refused, match="liaison or chief executive"):
        plan(cast, 5, by="peer")
    with pytest.raises(Refused, match="Between 0 and 365"):
        plan(cast, 366)
    with pytest.raises(Refused, match="no such kind of act"):
        actions.set_lead_time(cast.lagoon, act="dance", days=1, needs_sitting=False, by=cast.liaison, at=cast.at)
    with pytest.raises(Refused, match="lie ahead"):
        actions.add_sittings(cast.lagoon, days=[date(2026, 1, 1)], by=cast.liaison, at=cast.at)
    many = [cast.at.date() + timedelta(days=number) for number in range(61)]
    with pytest.raises(Refused, match="more days than"):
        actions.add_sittings(cast.lagoon, days=many, by=cast.liaison, at=cast.at)
