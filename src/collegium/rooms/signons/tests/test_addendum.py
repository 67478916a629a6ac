"""Later names: asked by a call of their own, listed apart, given to the addressee; the letter stays as it was sent."""

from __future__ import annotations

import pytest

from collegium.core.access.errors import Refused
from collegium.core.calls import actions as calls
from collegium.rooms.signons import actions
from collegium.rooms.signons.models import Paper
from collegium.rooms.signons.queries.signatories import signatories

from .scene import DAY, closed, fresh, move, names, open_letter, sent, sign, steps


@pytest.fixture
def adding(cast):
    letter, at = sent(cast, late_until=cast.at + 40 * DAY)
    move(cast, letter, "addendum-open", at)
    return fresh(letter), at


def test_those_who_have_not_signed_are_asked_until_the_day_of_its_terms(cast, adding):
    letter, at = adding
    call = letter.round.call
    asked = list(call.roll.values_list("organization__slug", flat=True))
    assert (call.kind, asked, call.closes_at) == ("signon.addendum", ["reef"], cast.at + 40 * DAY)
    with pytest.raises(Refused, match="The text is fixed"):
        actions.save_text(letter, None, base=1, viewer=cast.viewer("staff", at), at=at)


def test_later_names_stand_apart_in_papers_of_their_own(cast, adding):
    letter, at = adding
    sign(cast, letter, "leaver", at)
    letter, at = closed(letter)
    assert (letter.entry.state, names(letter, is_late=True)) == ("addendum-closed", ["Academy of Reef Dermatology"])
    kinds = sorted(Paper.objects.values_list("kind", "form"))
    assert kinds == [("addendum", "docx"), ("addendum", "pdf"), ("letter", "docx"), ("letter", "pdf")]
    shown = signatories(letter, cast.viewer(None, at))
    assert ([one.name for one in shown.late], shown.sent, shown.today) == (["Academy of Reef Dermatology"], 2, 3)


def test_without_later_names_there_is_no_addendum(cast, adding):
    letter, _at = adding
    letter, at = closed(letter)
    assert (letter.entry.state, Paper.objects.filter(kind="addendum").exists()) == ("sent", False)
    assert steps(letter)[-1] == ("addendum-open", "sent")
    with pytest.raises(Refused, match="The time for later names is over"):
        move(cast, letter, "addendum-open", at)


def test_who_cancels_its_call_leaves_the_letter_sent(cast, adding):
    letter, at = adding
    calls.cancel_call(letter.round.call, reason="Not wanted.", by=cast.staff, at=at)
    assert fresh(letter).entry.state == "sent"


def test_it_is_noted_how_the_addressee_was_given_it(cast, adding):
    letter, at = adding
    sign(cast, letter, "leaver", at)
    staff = {"viewer": cast.viewer("staff", at), "at": at}
    with pytest.raises(Refused, match="no addendum to deliver"):
        actions.deliver_addendum(letter, how="By mail.", **staff)
    letter, at = closed(letter)
    with pytest.raises(Refused, match="Only its host"):
        actions.deliver_addendum(letter, how="By mail.", viewer=cast.viewer("chair", at), at=at)
    with pytest.raises(Refused, match="Say it in a line"):
        actions.deliver_addendum(letter, how="", **staff)
    actions.deliver_addendum(letter, how="By mail.", **staff)
    assert fresh(letter).addendum_delivered_how == "By mail."
    with pytest.raises(Refused, match="no addendum to deliver"):
        actions.deliver_addendum(letter, how="Again.", **staff)


def test_its_terms_have_to_take_later_names(cast):
    letter, at = sent(cast)
    with pytest.raises(Refused, match="take no later names"):
        move(cast, letter, "addendum-open", at)


def test_where_all_have_signed_nobody_is_asked(cast):
    letter, at = open_letter(cast, late_until=cast.at + 40 * DAY)
    for part in ("delegate", "chair", "leaver"):
        sign(cast, letter, part, at)
    letter, at = closed(letter)
    move(cast, letter, "assembled", at, locks_at=at + DAY)
    at += DAY
    move(cast, letter, "sent", at, reason="By courier.")
    with pytest.raises(Refused, match="All member societies have signed"):
        move(cast, letter, "addendum-open", at)
