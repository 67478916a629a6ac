"""Reviews: societies are asked by themselves, the officer decides once they had their say, a new version replaces."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from collegium.core.calls import actions as calls
from collegium.core.calls.models import Call, RollRow
from collegium.core.people import actions as people
from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.models import Position, Review
from collegium.rooms.positions.queries.publishing import has_run_out
from collegium.rooms.positions.queries.reviewing import heard

from .factories import TEXT, fail_after, in_state, later, make_drafter, move, refused, set_terms, tell, write

pytestmark = pytest.mark.django_db
UNDER_REVIEW = 41 * 6


@pytest.fixture
def reviewed(cast) -> Position:
    return in_state(cast, "under-review", title="On approvals")


def answer(cast, review: Review, part: str, choice: str, raw: str = "", *, day: int = UNDER_REVIEW + 3) -> None:
    """The part's society answers."""
    tenure = cast.tenures[part]
    if not tenure.mandates.filter(act="adopt").exists():
        people.give_mandate(tenure, act="adopt", starts_on=tenure.starts_on, by=None, at=cast.at)
    row = RollRow.objects.get(call=review.call, organization=tenure.seat.organization)
    at = later(cast, day)
    calls.answer_call(row, choice=choice, raw=raw, viewer=cast.viewer(part, at), at=at)


def test_a_review_asks_all_member_societies(cast, reviewed):
    review = Review.objects.get()
    call = review.call
    assert (call.kind, call.about, review.begun) == ("position.review", reviewed.entry, reviewed.steps.last())
    assert call.opened_at == later(cast, UNDER_REVIEW)
    assert call.closes_at - call.opens_at >= timedelta(days=60)
    names = {str(row.organization) for row in RollRow.objects.filter(call=call)}
    assert {cast.lagoon.name, cast.reef.name, cast.harbour.name} <= names
    assert reviewed.adopted is not None
    assert reviewed.adopted.digest in call.raw


def test_it_opens_by_itself_when_the_review_falls_due(cast):
    public = in_state(cast, "public")
    assert actions.take_due_steps(at=later(cast, 41 * 5 + 3 * 365 + 1)) == 1
    review = Review.objects.get()
    assert (review.position, review.begun.by) == (public, None)
    assert Event.objects.filter(name="call.opened", entry=review.call.entry).count() == 1


def test_the_officer_decides_once_the_societies_had_their_say(cast, reviewed):
    review = Review.objects.get()
    for to in ("public", "rescinded"):
        with refused(_waiting(review)):
            move(cast, reviewed, to, at=later(cast, UNDER_REVIEW + 30), reason="So it is.")
    answer(cast, review, "delegate", "reaffirm")
    answer(cast, review, "newcomer", "revise", "The first paragraph is out of date.")
    step = move(cast, reviewed, "public", at=later(cast, UNDER_REVIEW + 62), reason="Still so.")
    review.refresh_from_db()
    assert review.decided == step
    call = Call.objects.get(pk=review.call_id)
    assert (call.closed_at, call.entry.state) == (step.at, "closed")


def _waiting(review: Review) -> str:
    left = RollRow.objects.filter(call=review.call).count()
    words = f"{left} societies have" if left > 1 else "1 society has"
    return f"The review is open until Saturday 6 March 2027, 23:59 (America/New York), and {words} not answered."


def test_it_is_decided_at_once_where_all_have_answered(cast, reviewed):
    review = Review.objects.get()
    for row in RollRow.objects.filter(call=review.call):
        RollRow.objects.filter(pk=row.pk).update(is_answered=True)
    step = move(cast, reviewed, "rescinded", at=later(cast, UNDER_REVIEW + 5), reason="All say so.")
    assert Call.objects.get(pk=review.call_id).closed_at == step.at


def test_the_call_of_a_review_is_not_cancelled_alone(cast, reviewed):
    review = Review.objects.get()
    with refused("The review ends with what is decided of the position, on its own page."):
        calls.cancel_call(review.call, reason="Enough.", by=cast.staff, at=later(cast, UNDER_REVIEW + 5))


def test_what_societies_say_is_for_member_societies(cast, reviewed):
    review = Review.objects.get()
    answer(cast, review, "delegate", "reaffirm")
    answer(cast, review, "newcomer", "rescind", "It *harms*.")
    at = later(cast, UNDER_REVIEW + 4)
    told = heard(reviewed, cast.viewer("chair", at))
    assert told is not None
    assert [(word, number) for _kind, word, number in told.totals] == [
        ("Reaffirm", 1),
        ("Revise", 0),
        ("Rescind", 1),
        ("No view", 0),
    ]
    assert told.silent == RollRow.objects.filter(call=review.call).count() - 2
    ((name, word, html),) = told.words
    assert (name, word, html) == (cast.reef.name, "Rescind", "<p>It <em>harms</em>.</p>")
    assert heard(reviewed, cast.viewer("outsider", at)) is None


def test_what_has_to_change_is_said_in_words(cast, reviewed):
    with pytest.raises(Exception, match="needs words"):
        answer(cast, Review.objects.get(), "delegate", "revise")


# --- a new version


def begin(cast, position, *, by="staff", day=UNDER_REVIEW + 2):
    return actions.begin_version(position, viewer=cast.viewer(by, later(cast, day)), at=later(cast, day))


def test_begin_version_takes_text_touched_and_lead_along(cast, reviewed):
    new = begin(cast, reviewed)
    assert (new.entry.state, new.entry.title, new.kind, new.entry.society) == (
        "accepted",
        "On approvals",
        reviewed.kind,
        cast.lagoon,
    )
    assert list(new.affected.all()) == [cast.lagoon]
    old = [(block.key, block.raw) for block in reviewed.adopted.blocks.all()]
    fresh = Position.objects.get(pk=new.pk)
    assert [(block.key, block.raw) for block in fresh.current.blocks.all()] == old
    assert fresh.current.digest == reviewed.adopted.digest
    event = Event.objects.get(name="position.version_begun")
    assert (event.entry_id, event.facts) == (reviewed.pk, {"successor": new.pk})


def test_a_new_version_supersedes_the_old_by_itself(cast, reviewed):
    new = begin(cast, reviewed)
    make_drafter(cast, new)
    day = UNDER_REVIEW + 3
    set_terms(cast, new)
    move(cast, new, "drafting", at=later(cast, day))
    write(cast, new, TEXT.replace("two", "three"), at=later(cast, day))
    for number, to in enumerate(("comment", "disposition", "sign-on", "ballot", "adopted", "public")):
        move(cast, new, to, at=later(cast, day + 41 * number), reason="So decided.")
    old = Position.objects.get(pk=reviewed.pk)
    assert (old.entry.state, old.steps.last().by) == ("superseded", None)
    assert Review.objects.get().decided == old.steps.last()
    assert old.editions.last().step == old.steps.last()


def test_begin_version_is_of_what_is_in_force_once_and_by_whom_moves_positions(cast, reviewed):
    with refused("Only the council's team and its policy chair begin positions."):
        begin(cast, reviewed, by="peer")
    with refused("A new version is begun of what is in force."):
        begin(cast, in_state(cast, "adopted"))
    new = begin(cast, reviewed)
    with refused("A new version is on its way already."):
        begin(cast, reviewed)
    move(cast, new, "withdrawn", at=later(cast, UNDER_REVIEW + 3), reason="Not now.")
    begin(cast, reviewed)


def test_the_societies_it_touches_are_told_of_a_new_version(cast, reviewed):
    tell()
    begin(cast, reviewed)
    assert ("ingvild-sorensen", "VersionBegun") in tell()


def test_begin_version_is_rolled_back_whole(cast, reviewed):
    fail_after(lambda: begin(cast, reviewed))


def test_what_nobody_reaffirmed_in_time_has_run_out(cast):
    position = in_state(cast, "public")
    assert position.sunset_on is not None
    assert not has_run_out(position, position.sunset_on)
    assert has_run_out(position, position.sunset_on + timedelta(days=1))
    move(cast, position, "rescinded", at=later(cast, 300), reason="No longer.")
    assert not has_run_out(Position.objects.get(), date(2099, 1, 1))
