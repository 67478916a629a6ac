"""The whole way: an issue, a position, comments of three societies, support with a reservation, ballot, publication."""

from __future__ import annotations

from datetime import timedelta

from collegium.core.calls import actions as calls
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.positions.actions import take_due_steps
from collegium.rooms.positions.models import Position
from collegium.rooms.positions.tests.asking import mandates

from . import when
from .test_ballots import the_time_is_over
from .test_positions import they_ask_the_societies, they_begin_a_position, they_declare_and_write, they_raise_an_issue

DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_from_an_issue_to_publication(scene):
    mandates(scene.cast, "comment", "sign")
    peer, staff = scene.reader("peer"), scene.reader("staff")
    they_raise_an_issue(peer)
    staff.open("/issues/")
    staff.follow("Delays of approvals")
    staff.follow("Decide")
    staff.page.get_by_label("Accept it: the council takes it up").check()
    staff.field("The reason").fill("It touches most of us.")
    staff.press("Decide")
    they_begin_a_position(staff)
    they_declare_and_write(peer, staff)
    they_ask_the_societies(staff, scene)

    three_societies_comment(scene)
    later(scene, 33)
    take_due_steps(at=scene.now)
    they_are_answered(scene.reader("peer"))
    they_are_asked_for_support(scene)
    one_supports_it_with_a_reservation(scene)
    it_comes_before_the_body(scene)
    it_is_adopted(scene)
    everybody_reads_it(scene)


def later(scene, days: float) -> None:
    when.the_clock_moves(scene, scene.now + days * DAY)
    calls.advance_calls(at=scene.now)


def here() -> str:
    return Position.objects.get().get_absolute_url()


def three_societies_comment(scene) -> None:
    """In the text itself, as the answer to what was asked, and on the whole."""
    delegate, chair, leaver = (scene.reader(part) for part in ("delegate", "chair", "leaver"))
    delegate.open(here())
    delegate.arrive(delegate.page.locator("#b2").get_by_role("link").last.click)
    delegate.field("The comment").fill("For a child that is too long.")
    delegate.press("Comment", within="form[action*='comments/new']")
    delegate.open(here())
    delegate.says("Answered")
    they_open_what_is_asked(chair, "Comments on: Delays of approvals")
    chair.page.get_by_label("We comment: as follows, or in the text itself").check()
    chair.field("In words").fill("Surgeons cannot wait either.")
    chair.press("Answer for CHS")
    leaver.open(here())
    leaver.follow("Comment on the whole text")
    leaver.field("The comment").fill("Say what happens on a holiday.")
    leaver.press("Comment", within="form[action*='comments/new']")
    leaver.says("Surgeons cannot wait either.")
    leaver.says("For a child that is too long.")


def they_are_answered(peer) -> None:
    for number in (1, 2, 3):
        peer.open(f"{here()}comments/{number}/disposition/")
        peer.page.get_by_label("Rejected", exact=True).check()
        peer.field("The reason").fill("The agency leaves us no choice.")
        peer.press("Answer it")


def they_are_asked_for_support(scene) -> None:
    staff = scene.reader("staff")
    staff.open(here())
    staff.follow("Ask the societies for support")
    staff.field("Until when?").fill((scene.now + 16 * DAY).date().isoformat())
    staff.press("See whom this shuts out")
    staff.says("0 of 3 societies are shut out")
    staff.press("Ask the societies for support")
    staff.says("Open for support")


def one_supports_it_with_a_reservation(scene) -> None:
    """Lagoon, which it touches, is asked first; the others three days later."""
    they_stand(scene.reader("delegate"), "We support it with a reservation", "Four hours would be better.")
    chair = scene.reader("chair")
    chair.open(here())
    chair.does_not_say("Asked of you")
    later(scene, 4)
    they_stand(scene.reader("chair"), "We support it")
    leaver = scene.reader("leaver")
    they_stand(leaver, "We are neutral")
    leaver.open(f"{here()}support/")
    leaver.says("Four hours would be better.")
    leaver.says("It takes at least 2 societies for it")
    leaver.says("holds")


def they_stand(reader, choice: str, words: str = "") -> None:
    they_open_what_is_asked(reader, "Support for: Delays of approvals")
    reader.page.get_by_label(choice, exact=True).check()
    if words:
        reader.field("In words").fill(words)
    reader.arrive(reader.page.get_by_role("button", name="Answer for ").click)


def they_open_what_is_asked(reader, title: str) -> None:
    """The first of what is asked of one's own society."""
    reader.open("/calls/")
    reader.arrive(reader.page.locator("#main").get_by_role("link", name=title).first.click)


def it_comes_before_the_body(scene) -> None:
    later(scene, 14)
    staff = scene.reader("staff")
    staff.open(here())
    staff.follow("Bring it before the governing body")
    staff.press("Bring it before the governing body")
    staff.says("Before the governing body")
    staff.follow("Prepare a ballot")
    staff.page.get_by_label("Which body decides?").select_option(label="CEO Council")
    opens = scene.now + 8 * DAY
    staff.field("From which day?").fill(opens.date().isoformat())
    staff.field("Until when?").fill((opens + 7 * DAY).date().isoformat())
    staff.press("Prepare it")
    staff.follow("Announce it")
    staff.press("Announce it")
    staff.says("Announced")


def it_is_adopted(scene) -> None:
    """Two vote yes, two certify, and the position moves by itself."""
    ballot = Ballot.objects.loaded().get()
    when.the_clock_moves(scene, ballot.call.opens_at + A_MINUTE)
    for part in ("delegate", "chair"):
        voter = scene.reader(part)
        voter.open(ballot.get_absolute_url())
        voter.follow("Vote")
        voter.page.get_by_label("Yes", exact=True).check()
        voter.press("Look at it once more")
        voter.press("Cast the vote")
    the_time_is_over(scene, ballot)
    for part in ("staff", "chair"):
        officer = scene.reader(part)
        officer.open(ballot.get_absolute_url())
        officer.follow("Count again and certify")
        officer.press("Count again and certify")
    staff = scene.reader("staff")
    staff.open(here())
    staff.says("Adopted")
    staff.follow("Who is named with it")
    staff.press("Confirm this list")
    staff.says("The list is confirmed.")
    staff.follow("Publish")
    staff.press("Publish")
    staff.says("In force")


def everybody_reads_it(scene) -> None:
    anybody = scene.stranger()
    anybody.open("/positions/")
    anybody.follow("Delays of approvals", within="#main")
    anybody.says("How to cite it")
    anybody.says("Plans answer within two days.")
    anybody.says("Where the member societies stand")
    anybody.does_not_say("Four hours would be better.")
