"""A ballot from its preparation to its protocol; a vote on a telephone; a secret ballot with a recusal."""

from __future__ import annotations

from datetime import timedelta

from collegium.core.calls import actions as calls
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.models import Ballot, BoxPaper, Paper
from collegium.rooms.ballots.tests import scene as ballots

from . import when

DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}


def an_open_ballot(scene, **facts) -> Ballot:
    told = {"opens_at": scene.now + A_MINUTE, "closes_at": scene.now + 9 * DAY} | facts
    ballot = actions.prepare_ballot(
        ballots.question(scene.cast, **told), viewer=scene.cast.viewer("staff", scene.now), at=scene.now
    )
    actions.announce_ballot(ballot, viewer=scene.cast.viewer("staff", scene.now), at=scene.now)
    when.the_clock_moves(scene, scene.now + 2 * A_MINUTE)
    calls.open_due_calls(at=scene.now)
    return ballots.fresh(ballot)


def the_time_is_over(scene, ballot: Ballot) -> None:
    when.the_clock_moves(scene, ballots.fresh(ballot).call.closes_at + A_MINUTE)
    calls.advance_calls(at=scene.now)
    actions.advance_ballots(at=scene.now)


def test_a_motion_is_prepared_voted_on_certified_and_published(scene):
    staff = scene.reader("staff")
    staff.open("/ballots/")
    staff.follow("Prepare a ballot")
    staff.field("Title").fill("Shall we adopt the code?")
    staff.field("The question").fill("That the council adopts the code.")
    staff.field("Body").select_option("CEO Council")
    opens = scene.now + 8 * DAY
    staff.field("Opens").fill(opens.strftime("%Y-%m-%dT%H:%M"))
    staff.field("Closes").fill((opens + 7 * DAY).strftime("%Y-%m-%dT%H:%M"))
    staff.press("Save it")
    staff.says("In preparation")
    staff.follow("Announce it")
    staff.press("Announce it")
    staff.says("Announced")
    ballot = Ballot.objects.loaded().get()

    when.the_clock_moves(scene, ballot.call.opens_at + A_MINUTE)
    for part in ("delegate", "chair"):
        voter = scene.reader(part)
        voter.open("/ballots/")
        voter.says("Waiting for your vote")
        voter.follow("Shall we adopt the code?")
        voter.follow("Vote")
        voter.page.get_by_label("Yes", exact=True).check()
        voter.press("Look at it once more")
        voter.says("Cast this vote?")
        voter.press("Cast the vote")
        voter.says("Your vote is cast.")

    the_time_is_over(scene, ballot)
    for part in ("staff", "chair"):
        officer = scene.reader(part)
        officer.open(ballot.get_absolute_url())
        officer.says("Carried")
        officer.follow("Count again and certify")
        officer.press("Count again and certify")
    officer.says("Certified")
    officer.follow("Publish the result")
    officer.press("Publish the result")
    officer.says("Published")
    delegate = scene.reader("delegate")
    delegate.open(ballot.get_absolute_url())
    delegate.says("Carried by more than half of those who voted yes or no voting yes.")
    answer = delegate.context.request.get(f"{scene.address}{ballot.get_absolute_url()}protocol/")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")


def test_an_election_is_voted_on_with_a_telephone_and_without_a_script(scene):
    ballot = an_open_ballot(scene, method="stv", seats=2)
    delegate = scene.reader("delegate", **TELEPHONE)
    delegate.open(ballot.get_absolute_url())
    delegate.follow("Vote")
    delegate.field("Bo Cedar").select_option("1")
    delegate.field("Ada Birch").select_option("1")
    delegate.press("Look at it once more", status=422)
    delegate.says("Two candidates have the same place")
    delegate.field("Ada Birch").select_option("2")
    delegate.press("Look at it once more")
    delegate.says("It is the vote of")
    delegate.press("Change something")
    delegate.field("Cy Dogwood").select_option("3")
    delegate.press("Look at it once more")
    delegate.press("Cast the vote")
    delegate.says("Your vote is cast.")
    names = dict(ballot.options.values_list("pk", "name"))
    answer = ballots.row_of(ballot, scene.cast.delegate).answers.get(ended_at=None)
    assert [names[pk] for pk in answer.facts["options"]] == ["Bo Cedar", "Ada Birch", "Cy Dogwood"]


def test_a_secret_ballot_with_a_recusal(scene):
    others = ballots.fill(scene.cast, 1)
    ballot = an_open_ballot(scene, is_secret=True, method="approval", rule={"quorum": "half"})
    staff, chair, delegate = scene.reader("staff"), scene.reader("chair"), scene.reader("delegate")
    staff.open(ballot.get_absolute_url())
    staff.follow("Ask for somebody’s recusal")
    staff.field("Who should not take part?").select_option("Society of Lagoon Cardiology")
    staff.field("Why?").fill("One of theirs stands.")
    staff.press("Ask for it")

    delegate.open(ballot.get_absolute_url())
    delegate.follow("Vote")
    delegate.field("Ada Birch").check()
    delegate.press("Look at it once more")
    delegate.press("Cast the vote", status=422)
    delegate.says("A recusal of your society waits for a ruling")

    chair.open(ballot.get_absolute_url())
    chair.follow("Rule on it")
    chair.page.get_by_label("Uphold it", exact=True).check()
    chair.field("Why?").fill("So it is.")
    chair.press("Rule so")
    delegate.open(ballot.get_absolute_url())
    delegate.says("Recused: does not take part")

    chair.follow("Vote")
    chair.field("Bo Cedar").check()
    chair.press("Look at it once more")
    chair.says("Once it is cast nobody can change it")
    chair.press("Cast the vote")
    code = chair.page.locator(".receipt").inner_text()
    assert code == BoxPaper.objects.get().key
    ballots.secretly(ballot, others[0], "blank", scene.now)

    the_time_is_over(scene, ballot)
    assert (BoxPaper.objects.count(), Paper.objects.count()) == (0, 2)
    for part in ("staff", "chair"):
        officer = scene.reader(part)
        officer.open(ballot.get_absolute_url())
        officer.follow("Release the box")
        officer.press("Release the box")
    officer.says("Elected: Bo Cedar")
    officer.says("How the votes fell is not told")
    officer.follow("The codes of all votes")
    officer.says(code)
