"""Each quarter a society confirms who sits where; silence degrades step by step, and an answer lifts it at once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from collegium.core.groups import actions as groups
from collegium.core.people import actions
from collegium.core.people.models import Attestation, Contact, Organization, ProposedRemoval, Tenure
from collegium.core.people.queries import open_attestation, open_removals, unconfirmed_seats
from collegium.core.people.queries.attesting import quarter_of
from collegium.core.trail.tests.story import is_taken_back, recorded, refuses
from collegium.rooms.discussions.tests.factories import make_answer, make_topic

from .factories import AT

# The society is asked in its own zone's quarter; AT is a day of May.
DAYS = {"reminded": 14, "call": 28, "unconfirmed": 42, "read_only": 60}
READS_ONLY = (
    "Your society has not confirmed its seats since July 3, 2026: its people read, but write nothing. Its liaison or "
    "chief executive can confirm them at the desk in a minute, and it counts at once."
)
NOT_THEIRS = "Only the society's liaison or chief executive and the council's team keep its seats."


def after(days):
    return AT + timedelta(days=days)


def asked(cast):
    actions.advance_attestations(at=AT)
    return open_attestation(cast.lagoon)


def silent(cast, days=60):
    attestation = asked(cast)
    actions.advance_attestations(at=after(days))
    attestation.refresh_from_db()
    return attestation


def attest(cast, attestation, by="liaison", at=AT, **given):
    return actions.attest(attestation, **({"titles": {}, "removals": ()} | given), by=getattr(cast, by), at=at)


def test_each_member_society_is_asked_once_a_quarter(cast):
    with recorded() as events:
        assert [actions.advance_attestations(at=AT) for _again in range(3)] == [3, 0, 0]
    assert [event[0] for event in events] == ["attestation.opened"] * 3
    found = Attestation.objects.order_by("organization__slug").values_list("organization__slug", "quarter")
    assert list(found) == [(slug, date(2026, 4, 1)) for slug in ("harbour", "lagoon", "reef")]
    contacts = Contact.objects.order_by("pk").values_list("attestation__organization__slug", "way", "person")
    # Where there is no liaison the chief executive is asked; Reef has neither.
    assert set(contacts) == {("lagoon", "letter", cast.liaison.pk), ("harbour", "letter", cast.chair.pk)}


def test_the_quarter_begins_at_midnight_where_the_society_is(cast):
    # Already July in New York and Chicago, not yet in Honolulu.
    actions.advance_attestations(at=datetime(2026, 7, 1, 6, tzinfo=UTC))
    found = dict(Attestation.objects.values_list("organization__slug", "quarter"))
    assert found == {"harbour": date(2026, 7, 1), "lagoon": date(2026, 7, 1), "reef": date(2026, 4, 1)}


@pytest.mark.parametrize(
    ("day", "quarter"), [((2026, 1, 1), (2026, 1, 1)), ((2026, 3, 31), (2026, 1, 1)), ((2026, 12, 31), (2026, 10, 1))]
)
def test_days_have_their_quarter(day, quarter):
    assert quarter_of(date(*day)) == date(*quarter)


def test_a_quarter_ends_where_the_next_begins():
    ends = [Attestation(quarter=date(2026, month, 1)).next_quarter for month in (1, 4, 7, 10)]
    assert ends == [date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1)]


def test_silence_degrades_day_by_day_and_each_step_is_taken_once(cast):
    actions.advance_attestations(at=after(-30))
    attestation, found = open_attestation(cast.lagoon), {}
    for step, days in ((step, days - 30) for step, days in DAYS.items()):
        actions.advance_attestations(at=after(days - 1))
        attestation.refresh_from_db()
        before = attestation.step
        with recorded() as events:
            actions.advance_attestations(at=after(days))
            actions.advance_attestations(at=after(days))
        attestation.refresh_from_db()
        mine = [event[0] for event in events if event[2] == cast.lagoon.pk and event[0] != "attestation.opened"]
        found[step] = (before, attestation.step, mine)
    assert found == {
        "reminded": ("open", "reminded", ["attestation.reminded"]),
        "call": ("reminded", "call", ["attestation.overdue"]),
        "unconfirmed": ("call", "unconfirmed", ["attestation.unconfirmed"]),
        "read_only": ("unconfirmed", "read_only", ["attestation.read_only"]),
    }


def test_after_a_pause_all_steps_whose_day_has_come_are_taken(cast):
    attestation = silent(cast, 45)
    assert (attestation.step, attestation.reminded_at, attestation.call_at) == ("unconfirmed", after(45), after(45))
    lagoon = Organization.objects.get(pk=cast.lagoon.pk)
    assert (lagoon.unconfirmed_at, lagoon.read_only_at) == (after(45), None)
    seats = set(unconfirmed_seats(after(45)).values_list("organization__slug", flat=True))
    assert seats == {"harbour", "lagoon", "reef"}


def test_who_is_asked_late_in_a_quarter_and_again_in_the_next_has_one_clock_and_a_link_that_is_good(cast):
    asked_on, again = datetime(2026, 6, 20, 12, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC)
    actions.advance_attestations(at=asked_on)
    first = open_attestation(cast.lagoon)
    actions.advance_attestations(at=again)
    second = open_attestation(cast.lagoon)
    assert (second.quarter, second.remind_on) == (date(2026, 7, 1), date(2026, 7, 15))
    later = ("call_on", "unconfirmed_on", "read_only_on")
    assert [getattr(second, name) for name in later] == [getattr(first, name) for name in later]
    with recorded() as events:
        for days in range(61):
            actions.advance_attestations(at=again + timedelta(days=days))
    mine = [event[0] for event in events if event[2] == cast.lagoon.pk]
    assert sorted(mine) == [
        "attestation.overdue",
        "attestation.read_only",
        "attestation.reminded",
        "attestation.unconfirmed",
    ]
    first.refresh_from_db()
    assert (first.step, open_attestation(cast.lagoon).step) == ("open", "read_only")


def test_people_of_a_silent_society_read_and_write_nothing_and_an_answer_lifts_it(cast):
    topic = make_topic(cast, by="colleague", group=cast.cfos)
    silent(cast)
    # Harbour answers, so that its people go on.
    with refuses(READS_ONLY):
        make_answer(cast, topic, by="peer")
    with refuses(READS_ONLY):
        make_topic(cast, by="peer")
    seat = Tenure.objects.get(pk=cast.tenures["newcomer"].pk)
    with refuses(READS_ONLY):
        groups.join_group(cast.membership, tenure=seat, viewer=cast.viewer("newcomer"), at=AT)
    assert cast.viewer("peer").is_among(cast.cfos.circle.audience_id)
    attest(cast, open_attestation(cast.lagoon), at=after(60))
    assert make_answer(cast, topic, by="peer").author == cast.peer


def test_confirming_corrects_titles_at_once_and_only_proposes_removals(cast):
    attestation = asked(cast)
    peer, chief = cast.tenures["peer"], cast.tenures["delegate"]
    with recorded() as events:
        done = attest(cast, attestation, titles={peer.pk: "Treasurer"}, removals={chief.pk})
    assert (done.step, done.attested_by, done.attested_at) == ("confirmed", cast.liaison, AT)
    assert [event[0] for event in events] == ["tenure.corrected", "attestation.made"]
    assert events[-1][1:3] == (cast.liaison.pk, cast.lagoon.pk)
    assert Tenure.objects.get(pk=peer.pk).title == "Treasurer"
    assert Tenure.objects.get(pk=chief.pk).last_day is None
    assert [row.tenure for row in open_removals(cast.lagoon, AT)] == [chief]
    assert list(unconfirmed_seats(AT)) == [chief.seat]


def test_a_proposed_removal_ends_with_the_tenure_or_as_an_error(cast):
    attestation = asked(cast)
    peer, chief = cast.tenures["peer"], cast.tenures["delegate"]
    attest(cast, attestation, removals={peer.pk, chief.pk})
    actions.end_tenure(peer, last_day=date(2026, 5, 31), by=cast.liaison, at=AT)
    removal = open_removals(cast.lagoon, AT).get()
    with refuses(NOT_THEIRS):
        actions.keep_tenure(removal, by=cast.chair, at=AT)
    with recorded() as events:
        assert actions.keep_tenure(removal, by=cast.liaison, at=AT) == chief
    assert [event[0] for event in events] == ["attestation.removal_declined"]
    assert list(unconfirmed_seats(AT)) == []
    assert ProposedRemoval.objects.count() == 0


def test_whoever_has_a_planned_end_can_be_said_to_be_gone_already(cast):
    attestation, peer = asked(cast), cast.tenures["peer"]
    actions.end_tenure(peer, last_day=date(2027, 12, 31), by=cast.liaison, at=AT)
    attest(cast, attestation, removals={peer.pk})
    assert [row.tenure for row in open_removals(cast.lagoon, AT)] == [peer]
    assert peer.seat in unconfirmed_seats(AT)
    actions.end_tenure(peer, last_day=date(2026, 5, 31), by=cast.liaison, at=AT)
    assert list(open_removals(cast.lagoon, AT)) == []
    assert list(unconfirmed_seats(AT)) == []


def test_an_answer_for_a_later_quarter_forgives_the_earlier(cast):
    first = silent(cast)
    later = datetime(2026, 7, 2, 12, tzinfo=UTC)
    actions.advance_attestations(at=later)
    with refuses("This quarter is over; the next letter asks anew."):
        attest(cast, first, at=later)
    attest(cast, open_attestation(cast.lagoon), at=later)
    first.refresh_from_db()
    lagoon = Organization.objects.get(pk=cast.lagoon.pk)
    assert (first.step, lagoon.unconfirmed_at, lagoon.read_only_at) == ("lapsed", None, None)
    assert open_attestation(cast.lagoon) is None
    actions.advance_attestations(at=later + timedelta(days=70))
    assert Organization.objects.get(pk=cast.lagoon.pk).read_only_at is None


@pytest.mark.parametrize("by", ["peer", "chair", "outsider"])
def test_only_who_keeps_the_roster_confirms(cast, by):
    attestation = asked(cast)
    with refuses(NOT_THEIRS):
        attest(cast, attestation, by=by)


def test_it_is_confirmed_once(cast):
    attestation = asked(cast)
    attest(cast, attestation)
    with refuses("The seats of this quarter are confirmed already."):
        attest(cast, attestation)
    for deed in (actions.resend_attestation, actions.note_call):
        with refuses("The seats of this quarter are confirmed already."):
            deed(attestation, viewer=cast.viewer("staff"), at=AT)


def test_the_team_calls_and_writes_again(cast):
    attestation = asked(cast)
    with recorded() as events:
        actions.note_call(attestation, viewer=cast.viewer("staff"), at=AT)
        actions.resend_attestation(attestation, viewer=cast.viewer("staff"), at=AT)
    assert [event[0] for event in events] == ["attestation.called", "attestation.resent"]
    contacts = attestation.contacts.order_by("pk").values_list("way", "person", "by")
    assert list(contacts) == [
        ("letter", cast.liaison.pk, None),
        ("call", None, cast.staff.pk),
        ("reminder", cast.liaison.pk, cast.staff.pk),
    ]
    for deed in (actions.resend_attestation, actions.note_call):
        with refuses("Only the council's team can do this."):
            deed(attestation, viewer=cast.viewer("liaison"), at=AT)


def test_a_second_click_neither_writes_nor_notes_again(cast):
    attestation, staff = asked(cast), cast.viewer("staff")
    actions.note_call(attestation, viewer=staff, at=AT)
    actions.resend_attestation(attestation, viewer=staff, at=AT)
    with refuses("This call is noted already."):
        actions.note_call(attestation, viewer=staff, at=AT + timedelta(minutes=4))
    with refuses("A letter went out within the last hour."):
        actions.resend_attestation(attestation, viewer=staff, at=AT + timedelta(minutes=59))
    actions.note_call(attestation, viewer=staff, at=AT + timedelta(minutes=5))
    actions.resend_attestation(attestation, viewer=staff, at=AT + timedelta(hours=1))
    assert attestation.contacts.count() == 5


def test_each_is_taken_back_with_its_transaction(cast):
    assert is_taken_back(lambda: actions.advance_attestations(at=AT))
    attestation = asked(cast)
    staff = cast.viewer("staff")
    removal = cast.tenures["peer"]
    for deed in (
        lambda: attest(cast, attestation, removals={removal.pk}),
        lambda: actions.resend_attestation(attestation, viewer=staff, at=AT),
        lambda: actions.note_call(attestation, viewer=staff, at=AT),
        lambda: actions.advance_attestations(at=after(60)),
    ):
        assert is_taken_back(deed)
    attest(cast, attestation, removals={removal.pk})
    assert is_taken_back(lambda: actions.keep_tenure(open_removals(cast.lagoon, AT).get(), by=cast.liaison, at=AT))
