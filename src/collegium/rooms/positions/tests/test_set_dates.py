"""When a review is due, and until when a position is relied on: earlier than usual, for a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from collegium.core.trail.models import Event
from collegium.rooms.positions import actions
from collegium.rooms.positions.course import latest_dates
from collegium.rooms.positions.models import Position, ReviewDates
from collegium.rooms.positions.queries.outward import changed_at

from .factories import fail_after, give_mandate, in_state, later, move, refused

pytestmark = pytest.mark.django_db
PUBLISHED = 41 * 5


def set_dates(cast, position, *, review: float, sunset: float, by: str = "staff", day: float = PUBLISHED + 1) -> Any:
    """Days are counted from that of the cast."""
    told = {"review_on": later(cast, review).date(), "sunset_on": later(cast, sunset).date()}
    at = later(cast, day)
    return actions.set_dates(position, **told, reason="The trial reports.", viewer=cast.viewer(by, at), at=at)


def fresh(position) -> Position:
    return Position.objects.get(pk=position.pk)


def test_set_dates_brings_the_review_forward_and_the_clock_keeps_it(cast):
    position = in_state(cast, "public")
    made = set_dates(cast, position, review=400, sunset=700)
    assert (fresh(position).review_on, fresh(position).sunset_on) == (made.review_on, made.sunset_on)
    event = Event.objects.get(name="position.dates_set")
    assert event.facts == {"review_on": made.review_on.isoformat(), "sunset_on": made.sunset_on.isoformat()}
    assert changed_at(fresh(position), later(cast, 300)) == made.at
    assert actions.take_due_steps(at=later(cast, 399)) == 0
    assert actions.take_due_steps(at=later(cast, 401)) == 1
    assert fresh(position).entry.state == "under-review"


def test_what_was_set_before_the_publication_stands_and_a_reaffirmation_begins_anew(cast):
    position = in_state(cast, "adopted")
    made = set_dates(cast, position, review=500, sunset=600)
    move(cast, position, "public", at=later(cast, PUBLISHED + 2))
    assert (fresh(position).review_on, fresh(position).sunset_on) == (made.review_on, made.sunset_on)
    move(cast, position, "under-review", at=later(cast, 300), reason="A new trial.")
    move(cast, position, "public", at=later(cast, 400), reason="Still so.")
    assert (fresh(position).review_on, fresh(position).sunset_on) == latest_dates(later(cast, 400))


def test_other_dates_make_another_edition_which_says_them(cast):
    position = in_state(cast, "public")
    made = set_dates(cast, position, review=400, sunset=700)
    first, second = position.editions.order_by("number")
    assert (second.at, second.step) == (made.at, first.step)
    assert second.digest != first.digest


def test_days_that_are_over_at_the_publication_are_the_usual_ones(cast):
    position = in_state(cast, "adopted")
    set_dates(cast, position, review=300, sunset=500, day=PUBLISHED - 20)
    move(cast, position, "public", at=later(cast, 400))
    assert (fresh(position).review_on, fresh(position).sunset_on) == (later(cast, 500).date(), later(cast, 500).date())
    assert actions.take_due_steps(at=later(cast, 401)) == 0


def test_set_dates_refuses_the_past_what_is_later_than_usual_the_wrong_order_and_others(cast):
    position = in_state(cast, "public")
    latest = latest_dates(later(cast, PUBLISHED))
    most = (latest[1] - cast.at.date()).days
    with refused("The review has to be due later than today: to review it now, put it under review."):
        set_dates(cast, position, review=PUBLISHED + 1, sunset=700)
    with refused("It has to be relied on until its review, at least."):
        set_dates(cast, position, review=500, sunset=499)
    words = "No later than 2 July 2029 for the review, and 2 July 2031 for relying on it."
    words = words.replace("2 July 2029", f"{latest[0]:%-d %B %Y}").replace("2 July 2031", f"{latest[1]:%-d %B %Y}")
    with refused(words):
        set_dates(cast, position, review=500, sunset=most + 1)
    for part in ("peer", "outsider"):
        with refused("Only the council's team and its policy chair can do this."):
            set_dates(cast, position, review=400, sunset=700, by=part)
    with refused("The dates are set between its adoption and its review."):
        set_dates(cast, in_state(cast, "ballot"), review=400, sunset=700)


def test_set_dates_is_rolled_back_whole(cast):
    position = in_state(cast, "public")
    fail_after(lambda: set_dates(cast, position, review=400, sunset=700))


def test_the_dates_are_set_from_their_page_and_said_beside_the_text(cast, visit, today):
    position = in_state(cast, "public")
    staff, url = visit("staff"), f"/positions/{position.pk}/dates/"
    assert staff.get(url).status_code == 200
    day = today.date()
    sent = {
        "review_on": (day + timedelta(days=30)).isoformat(),
        "sunset_on": (day + timedelta(days=90)).isoformat(),
        "reason": "The <trial> reports.",
    }
    for bad in (
        {"review_on": ""},
        {"review_on": "soon"},
        {"review_on": "2020-01-01"},
        {"sunset_on": "9999-12-31"},
        {"sunset_on": "\x00"},
        {"reason": ""},
        {"reason": "x" * 100_000},
    ):
        answer = staff.post(url, sent | bad)
        assert answer.status_code == 422, bad
    assert not ReviewDates.objects.exists()
    assert staff.post(url, sent).status_code == 303
    member = visit("newcomer").get(f"/positions/{position.pk}/").content.decode()
    assert "Earlier than usual: The &lt;trial&gt; reports." in member
    anybody = visit(None).get(f"/positions/{position.pk}/").content.decode()
    assert "Due by" in anybody
    assert "Earlier than usual" not in anybody


# --- a society asks for a review


def test_a_society_with_cause_puts_it_under_review(cast, visit):
    position = in_state(cast, "public")
    give_mandate(cast, "delegate", "adopt")
    at = later(cast, PUBLISHED + 10)
    step = move(cast, position, "under-review", by="delegate", at=at, reason="The register was withdrawn.")
    assert step.by == cast.delegate
    event = Event.objects.filter(name="position.moved").latest("pk")
    assert event.acting_for_id == cast.lagoon.pk
    assert "The register was withdrawn." in position.reviews.get().call.raw


def test_a_review_is_asked_for_with_a_reason_by_who_adopts_for_a_society(cast, visit):
    position = in_state(cast, "public")
    give_mandate(cast, "delegate", "adopt")
    own = visit("delegate").get(f"/positions/{position.pk}/").content.decode()
    assert f"/positions/{position.pk}/steps/under-review/" in own
    assert "steps/under-review" not in visit("newcomer").get(f"/positions/{position.pk}/").content.decode()
    assert visit("newcomer").get(f"/positions/{position.pk}/steps/under-review/").status_code == 404
    assert visit("delegate").post(f"/positions/{position.pk}/steps/under-review/", {"reason": ""}).status_code == 422
    assert fresh(position).entry.state == "public"
