"""The way of a position: every step of the table, who takes it, what has to hold, what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collegium.core.access.queries import unsettled
from collegium.core.access.standard import MEMBERS, PUBLIC
from collegium.core.entries.models import Passage
from collegium.core.entries.queries import misplaced_passages
from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.course import MOVES, STATES, move_of
from collegium.rooms.positions.guards import GUARDS
from collegium.rooms.positions.models import Position
from collegium.rooms.positions.registry import guards
from collegium.rooms.positions.rules.positions import WHO

from .factories import (
    TEXT,
    fail_after,
    in_state,
    later,
    make_comment,
    make_drafter,
    make_position,
    move,
    refused,
    tell,
    write,
)

pytestmark = pytest.mark.django_db


def test_the_table_names_states_guards_and_persons_there_are():
    for step in MOVES:
        assert {*step.was, step.now} <= set(STATES)
        assert {*step.guards, *([step.clock] if step.clock else [])} <= {*GUARDS, *guards.names()}
        assert step.who in WHO
        assert ("window_long_enough" in step.guards) == (STATES[step.now].window is not None)
    pairs = [(was, step.now) for step in MOVES for was in step.was]
    assert len(pairs) == len(set(pairs))
    reached = {now for _was, now in pairs} | {"accepted"}
    assert reached == set(STATES)
    assert move_of("public", "drafting") is None


def test_the_whole_way_widens_who_sees_it_and_says_who_acts(cast):
    position = in_state(cast, "drafting")
    seen = []
    for number, state in enumerate(("comment", "disposition", "sign-on", "ballot", "adopted", "public")):
        move(cast, position, state, at=later(cast, 41 * number), reason="So it was decided.")
        position = Position.objects.get()
        seen.append((position.entry.state, position.entry.audience_id, position.holder))
        assert list(unsettled()) == []
        assert list(misplaced_passages()) == []
    assert seen == [
        ("comment", MEMBERS, "societies"),
        ("disposition", MEMBERS, "drafters"),
        ("sign-on", MEMBERS, "societies"),
        ("ballot", MEMBERS, "officer"),
        ("adopted", MEMBERS, "team"),
        ("public", PUBLIC, "nobody"),
    ]
    steps = list(position.steps.values_list("was", "now"))
    events = Event.objects.filter(name="position.moved").order_by("pk")
    assert [(event.facts["was"], event.facts["now"]) for event in events] == steps
    assert {event.facts["digest"] for event in events[1:]} == {position.current.digest}


def test_move_position_freezes_and_shows_the_revision(cast):
    position = in_state(cast, "drafting")
    assert position.presented is None
    move(cast, position, "comment", zone="America/New_York")
    position = Position.objects.get()
    window = position.windows.get()
    assert (position.presented, window.revision, window.zone) == (
        position.current,
        position.current,
        "America/New_York",
    )
    assert position.presented.presented_at == cast.at
    assert set(Passage.objects.filter(entry=position.pk).values_list("entry__audience", flat=True)) == {MEMBERS}


def test_what_is_written_after_comments_is_shown_with_the_next_step(cast):
    position = in_state(cast, "disposition")
    write(cast, position, TEXT.replace("two", "three"), at=later(cast, 45))
    position = Position.objects.get()
    assert (position.current.number, position.presented.number) == (2, 1)
    assert not Passage.objects.filter(entry=position.pk, text__contains="three").exists()
    with refused("The text was changed in substance since societies were last asked: recirculate it first."):
        move(cast, position, "sign-on", at=later(cast, 46))
    move(cast, position, "recirculation", at=later(cast, 46))
    assert Position.objects.get().presented.number == 2
    assert Passage.objects.filter(entry=position.pk, text__contains="three").exists()


def test_only_a_substantive_change_is_recirculated(cast):
    position = in_state(cast, "disposition")
    write(cast, position, TEXT.replace("two", "2"), change="editorial", at=later(cast, 45))
    with refused("Nothing was changed in substance since societies were last asked: ask for their support."):
        move(cast, position, "recirculation", at=later(cast, 46))
    move(cast, position, "sign-on", at=later(cast, 46))
    assert Position.objects.get().presented.number == 2


def test_drafting_begins_with_a_lead_drafters_and_their_interests(cast):
    position = make_position(cast, lead=None)
    with refused("Name the society that leads the drafting first."):
        move(cast, position, "drafting")
    actions.name_lead(position, lead=cast.lagoon, viewer=cast.viewer("staff"), at=cast.at)
    with refused("Name at least one drafter first."):
        move(cast, position, "drafting")
    make_drafter(cast, position, declares=False)
    with refused("Interests are not declared yet by: Ines Okafor."):
        move(cast, position, "drafting")


def test_societies_are_asked_about_a_text_with_those_it_touches(cast):
    position = make_position(cast)
    make_drafter(cast, position)
    move(cast, position, "drafting")
    with refused("There is no text yet."):
        move(cast, position, "comment")
    write(cast, position)
    with refused("Name the societies it touches first: they are asked before the others."):
        move(cast, position, "comment")


@pytest.mark.parametrize(
    ("days", "reason", "refusal"),
    [
        (None, "", "Say until when the societies are asked."),
        (29, "", "Societies need at least 30 days; for less, give the reason."),
        (9, "It is urgent.", "Societies need at least 10 days, however urgent it is."),
        (-1, "It is urgent.", "Societies need at least 10 days, however urgent it is."),
    ],
)
def test_a_window_is_long_enough(cast, days, reason, refusal):
    position = in_state(cast, "drafting")
    closes_at = None if days is None else cast.at + timedelta(days=days)
    with refused(refusal):
        move(cast, position, "comment", closes_at=closes_at, reason=reason)


def test_a_fast_window_keeps_the_reason(cast):
    position = in_state(cast, "drafting")
    move(cast, position, "comment", closes_at=cast.at + timedelta(days=10), reason="The docket closes.")
    assert position.windows.get().fast_reason == "The docket closes."


def test_comments_are_answered_when_the_window_is_over(cast):
    position = in_state(cast, "comment")
    with refused("The societies still have time: the window has not closed."):
        move(cast, position, "disposition", at=later(cast, 39))
    step = actions.move_position(position, to="disposition", viewer=None, at=later(cast, 40))
    assert (step.by, Event.objects.filter(name="position.moved").latest("pk").actor) == (None, None)


def test_the_clock_takes_no_other_step(cast):
    position = in_state(cast, "drafting")
    with refused("This step is not taken by itself."):
        actions.move_position(position, to="withdrawn", viewer=None, at=cast.at, reason="x")


def test_every_comment_is_answered_before_support_is_asked(cast):
    position = in_state(cast, "comment")
    make_comment(cast, position)
    move(cast, position, "disposition", at=later(cast, 41))
    with refused("1 comment has no answer yet."):
        move(cast, position, "sign-on", at=later(cast, 42))


def test_steps_that_need_a_reason_get_one(cast):
    position = in_state(cast, "ballot")
    with refused("Give the reason: it is shown and kept."):
        move(cast, position, "adopted", at=later(cast, 130))


def test_a_step_is_taken_by_whom_the_table_names(cast):
    position = in_state(cast, "drafting")
    for part in ("peer", "chair", "outsider"):
        with refused("You cannot take this step: it is for the council's team or its policy chair."):
            move(cast, position, "comment", by=part)
    actions.name_committee(cast.ceos, role="policy", viewer=cast.viewer("staff"), at=cast.at)
    move(cast, position, "comment", by="chair")


def test_there_are_no_other_steps(cast):
    position = in_state(cast, "drafting")
    for to in ("drafting", "public", "nowhere"):
        with refused("From here the position does not go there."):
            actions.move_position(position, to=to, viewer=cast.viewer("staff"), at=cast.at)


def test_take_due_steps_closes_windows_and_begins_reviews_once(cast):
    asked, sign_on, public = in_state(cast, "comment"), in_state(cast, "sign-on"), in_state(cast, "public")
    assert actions.take_due_steps(at=later(cast, 39)) == 0
    assert actions.take_due_steps(at=later(cast, 40)) == 1
    assert actions.take_due_steps(at=later(cast, 40)) == 0
    assert actions.take_due_steps(at=later(cast, 4 * 365)) == 1
    states = {row.pk: row.entry.state for row in Position.objects.all()}
    assert states == {asked.pk: "disposition", sign_on.pk: "sign-on", public.pk: "under-review"}
    assert public.steps.last().reason == "Its review is due."


def test_a_review_begins_by_itself_only_when_it_is_due(cast):
    public = in_state(cast, "public")
    with refused("Its review is not due yet."):
        actions.move_position(public, to="under-review", viewer=None, at=later(cast, 400), reason="x")
    move(cast, public, "under-review", at=later(cast, 400), reason="The source changed.")


def test_what_is_deferred_is_taken_up_again_once(cast):
    position = in_state(cast, "drafting")
    move(cast, position, "deferred", reason="After the elections.")
    move(cast, position, "drafting")
    with refused("It was deferred once already: take it up, or withdraw it."):
        move(cast, position, "deferred", reason="Again.")
    move(cast, position, "withdrawn", reason="Nobody needs it.")
    assert Position.objects.get().is_internal


def test_publishing_sets_the_review_and_reaffirming_sets_it_anew(cast):
    position = in_state(cast, "under-review")
    first = position.review_on
    assert (position.sunset_on - position.review_on).days == 730
    move(cast, position, "public", at=later(cast, 800), reason="Still so.")
    position = Position.objects.get()
    assert position.review_on > first
    assert position.published_at == later(cast, 41 * 5)


def test_a_position_is_superseded_by_one_in_force(cast):
    old, new = in_state(cast, "public"), in_state(cast, "adopted")
    with refused("No position in force says that it replaces this one."):
        move(cast, old, "superseded", at=later(cast, 400))
    actions.replace_position(new, target=old, viewer=cast.viewer("staff"), at=later(cast, 400))
    move(cast, new, "public", at=later(cast, 401))
    assert Position.objects.get(pk=old.pk).entry.state == "superseded"
    step = old.steps.last()
    assert (step.by, step.at) == (None, later(cast, 401))


def test_replace_position_is_for_the_team_and_what_was_published(cast):
    old, draft = in_state(cast, "public"), in_state(cast, "drafting")
    how = {"at": cast.at}
    with refused("Only what was adopted replaces another position."):
        actions.replace_position(draft, target=old, viewer=cast.viewer("staff"), **how)
    with refused("Only another position that was published is replaced."):
        actions.replace_position(old, target=old, viewer=cast.viewer("staff"), **how)
    with refused("Only the council's team can do this."):
        actions.replace_position(old, target=draft, viewer=cast.viewer("peer"), **how)


def test_move_position_tells_those_it_touches_first(cast):
    """What societies are asked their calls tell them; of what was decided the position does."""
    position = in_state(cast, "drafting")
    tell()
    move(cast, position, "comment")
    assert tell() == [("ines-okafor", "PositionMovedOn")]
    position = in_state(cast, "ballot")
    tell()
    move(cast, position, "adopted", at=later(cast, 130), reason="So.")
    assert tell() == [
        ("ines-okafor", "PositionMovedOn"),
        ("ingvild-sorensen", "TouchedSocietyAsked"),
        ("ruth-alder", "SocietyAsked"),
    ]


def test_move_position_is_rolled_back_whole(cast):
    position = in_state(cast, "drafting")
    fail_after(lambda: move(cast, position, "comment"))


def test_replace_position_is_rolled_back_whole(cast):
    old, new = in_state(cast, "public"), in_state(cast, "adopted")
    fail_after(lambda: actions.replace_position(new, target=old, viewer=cast.viewer("staff"), at=cast.at))
