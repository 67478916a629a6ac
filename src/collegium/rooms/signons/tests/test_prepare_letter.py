"""Beginning a letter, its terms, its day of delivery; who sees it before societies are asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from collegium.core.access.errors import Refused
from collegium.core.access.queries import unsettled
from collegium.core.entries.models import Entry
from collegium.core.trail.models import Event
from collegium.rooms.signons import actions
from collegium.rooms.signons.models import Letter
from collegium.rooms.signons.queries.letters import visible_letters

from .scene import DAY, drafted, fresh, move, open_letter, sent, terms, wording


def seen_by(cast, letter):
    found = [part for part in cast.parts if visible_letters(cast.viewer(part)).filter(pk=letter.pk).exists()]
    return set(found)


def test_its_hosts_people_and_the_team_alone_see_it_before_societies_are_asked(cast):
    letter = drafted(cast, host=cast.lagoon, by="delegate")
    lagoon = {"peer", "two_seats", "delegate", "liaison", "staff", "second_staff"}
    assert seen_by(cast, letter) == lagoon
    event = Event.objects.get(name="signon.opened")
    assert (event.acting_for, event.audience_id) == (cast.lagoon, letter.preparing_audience_id)
    move(cast, letter, "clearance", cast.at, by="delegate")
    move(cast, letter, "circulating", cast.at, closes_at=cast.at + 10 * DAY)
    assert seen_by(cast, letter) == lagoon | {"newcomer", "colleague", "leaver", "chair"}
    # Nobody is admitted any more to what only they saw.
    assert list(unsettled()) == []


def test_everybody_sees_what_was_sent_if_its_terms_say_so(cast):
    assert None in seen_by(cast, sent(cast)[0])
    assert None not in seen_by(cast, sent(cast, publication="members")[0])


@pytest.mark.parametrize("part", ["two_seats", "liaison", "chair", "outsider", None])
def test_only_who_signs_for_a_society_begins_a_letter_for_it(cast, part):
    with pytest.raises(Refused, match="no mandate to sign"):
        drafted(cast, host=cast.lagoon, by=part)
    with pytest.raises(Refused, match="Only the council's team"):
        drafted(cast, by=part)
    assert not Letter.objects.exists()


def test_a_member_society_hosts_it(cast):
    with pytest.raises(Refused, match="A member society hosts it"):
        drafted(cast, host=cast.lapsed)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"edits": "some"}, "one of the policies"),
        ({"publication": ""}, "one of the policies"),
        ({"minimum": 0}, "between 1 and"),
        ({"late_until": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)}, "between the years 1900 and 2999"),
        ({"delivers_on": date(9999, 12, 31)}, "between the years 1900 and 2999"),
        ({"minimum": 1001}, "between 1 and"),
        ({"time_zone": "Mars/Crater"}, "not a time zone"),
        ({"ask": " "}, "what it asks"),
        ({"ask": "x" * 301}, "too long"),
    ],
)
def test_terms_that_cannot_be_are_refused(cast, facts, refusal):
    with pytest.raises(Refused, match=refusal):
        drafted(cast, **facts)
    with pytest.raises(Refused, match="lies ahead"):
        drafted(cast, delivers_on=cast.at.date())
    with pytest.raises(Refused, match="after the delivery"):
        drafted(cast, late_until=cast.at + 2 * DAY)


@pytest.mark.parametrize("name", ["subject", "addressee", "raw"])
def test_what_it_cannot_be_without(cast, name):
    with pytest.raises(Refused):
        actions.open_letter(wording(**{name: "  "}), terms=terms(cast), viewer=cast.viewer("staff"), at=cast.at)


def test_terms_change_until_societies_are_asked(cast):
    letter = drafted(cast, host=cast.lagoon, by="delegate")
    told = {"viewer": cast.viewer("delegate"), "at": cast.at}
    actions.change_terms(letter, terms=terms(cast, minimum=3, dissent="counted"), **told)
    letter = fresh(letter)
    assert (letter.minimum, letter.dissent, letter.edits) == (3, "counted", "all")
    with pytest.raises(Refused, match="Only its host"):
        actions.change_terms(letter, terms=terms(cast), viewer=cast.viewer("chair"), at=cast.at)
    letter, at = open_letter(cast)
    with pytest.raises(Refused, match="under these terms"):
        actions.change_terms(letter, terms=terms(cast), viewer=cast.viewer("staff", at), at=at)
    assert Event.objects.filter(name="signon.terms_changed").count() == 1


def test_it_follows_from_what_the_council_holds(cast):
    found = Entry.objects.filter(kind="group").first()
    with pytest.raises(Refused, match="a position the council holds"):
        drafted(cast, grounds=found.pk)


def test_the_delivery_is_moved_and_a_day_stays_between(cast):
    letter, at = open_letter(cast)
    staff = {"viewer": cast.viewer("staff", at), "at": at}
    closes = letter.round.call.closes_at.date()
    for day in (at.date(), closes, closes + timedelta(days=1)):
        with pytest.raises(Refused, match="at least one day after the end"):
            actions.move_delivery(letter, to=day, **staff)
    actions.move_delivery(letter, to=closes + timedelta(days=2), **staff)
    assert fresh(letter).delivers_on == closes + timedelta(days=2)
    assert Event.objects.get(name="signon.delivery_moved").facts == {"day": "2026-05-16"}
    with pytest.raises(Refused, match="Only its host"):
        actions.move_delivery(letter, to=closes, viewer=cast.viewer("chair", at), at=at)


def test_what_is_due_too_soon_is_not_submitted(cast):
    letter = drafted(cast, delivers_on=(cast.at + 4 * DAY).date())
    with pytest.raises(Refused, match="The delivery is too near"):
        move(cast, letter, "clearance", cast.at)
