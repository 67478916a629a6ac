"""What is not sent at once is gathered for each reader, and goes as one letter at their hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collegium.core.groups import actions as groups
from collegium.core.mail.digests.writing import write_due
from collegium.core.mail.mailings import claiming, tokens
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.models import Delivery, Digest, Mailing
from collegium.core.notices import actions as notices
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.rooms.discussions import actions

from .factories import make_answer, make_topic
from .posted import a_relay, letters_to, send, tell_all, text

pytestmark = pytest.mark.django_db

# A Monday, before the hour of digests.
MONDAY = datetime(2026, 5, 4, 5, 30, tzinfo=UTC)
SEVEN = MONDAY.replace(hour=7, minute=0)
DAY = timedelta(days=1)


@pytest.fixture
def relay(settings, cast):
    """A relay of the test; the leaver wants a digest of the CFOs each day."""
    Person.objects.filter(pk=cast.leaver.pk).update(time_zone="UTC")
    notices.choose_level(cast.cfos.entry, level="daily", by=cast.leaver)
    with a_relay(settings) as relay:
        yield relay


def digests(relay):
    """What the leaver got."""
    return letters_to(relay, "leaver")


def said(cast, *, at=MONDAY, **facts):
    """A topic of the peer, and everybody told of it."""
    topic = make_topic(cast, at=at, **facts)
    tell_all(at=at)
    return topic


# --- when


def test_what_was_said_before_the_hour_comes_at_the_hour_in_one_letter(cast, relay):
    said(cast, title="Which auditors?")
    topic = said(cast, title="Which bank?")
    make_answer(cast, topic, raw="Ours is **good**.", at=MONDAY)
    tell_all(at=MONDAY)
    send(at=SEVEN - timedelta(seconds=1))
    assert digests(relay) == []
    send(at=SEVEN)
    [letter] = digests(relay)
    assert letter["Subject"] == "Monday 4 May: 3 messages"
    for kind in ("plain", "html"):
        assert [text(letter, kind).count(words) for words in ("Which auditors?", "Ours is good.")] == [
            1 if kind == "plain" else 2,
            1,
        ]
    send(at=SEVEN + timedelta(minutes=15))
    assert len(digests(relay)) == 1
    digest = Digest.objects.get()
    assert (digest.cadence, digest.place, digest.since, digest.until) == ("daily", None, MONDAY, SEVEN)


def test_what_is_said_after_the_hour_waits_for_the_next_day(cast, relay):
    said(cast, title="Before")
    send(at=SEVEN)
    said(cast, title="After", at=SEVEN)
    send(at=SEVEN + timedelta(hours=10))
    assert len(digests(relay)) == 1
    send(at=SEVEN + DAY)
    first, second = digests(relay)
    assert ("Before" in text(first), "After" in text(first)) == (True, False)
    assert ("Before" in text(second), "After" in text(second)) == (False, True)
    assert list(Digest.objects.order_by("pk").values_list("since", "until")) == [
        (MONDAY, SEVEN),
        (SEVEN, SEVEN + DAY),
    ]


def test_days_without_a_run_are_caught_up_with_one_letter(cast, relay):
    for day in range(4):
        said(cast, title=f"Day {day}", at=MONDAY + day * DAY)
    send(at=SEVEN + 5 * DAY + timedelta(hours=3))
    [letter] = digests(relay)
    assert [f"Day {day}" in text(letter) for day in range(4)] == [True] * 4
    assert Digest.objects.get().until == SEVEN + 5 * DAY


def test_nothing_said_is_no_letter(cast, relay):
    send(at=SEVEN)
    assert digests(relay) == []
    assert Digest.objects.count() == 0


@pytest.mark.parametrize(
    ("zone", "hour", "expected"),
    [
        ("Pacific/Honolulu", 7, datetime(2026, 5, 4, 17, 0, tzinfo=UTC)),
        ("Asia/Kathmandu", 18, datetime(2026, 5, 4, 12, 15, tzinfo=UTC)),
        ("No/Such_Zone", 9, datetime(2026, 5, 4, 9, 0, tzinfo=UTC)),
    ],
)
def test_the_hour_is_that_of_the_readers_own_zone(cast, relay, zone, hour, expected):
    Person.objects.filter(pk=cast.leaver.pk).update(time_zone=zone)
    notices.choose_digests(hour=hour, weekday=1, by_group=False, by=cast.leaver)
    said(cast)
    with time_machine.travel(expected, tick=False):
        assert write_due(at=expected - timedelta(minutes=1)) == 0
        assert write_due(at=expected) == 1
    assert Digest.objects.get().until == expected
    send(at=expected)
    assert len(digests(relay)) == 1


def test_a_weekly_one_comes_on_its_day(cast, relay):
    notices.choose_level(cast.cfos.entry, level="weekly", by=cast.leaver)
    notices.choose_digests(hour=16, weekday=3, by_group=False, by=cast.leaver)
    said(cast)
    send(at=SEVEN + DAY)
    assert digests(relay) == []
    send(at=SEVEN + 2 * DAY + timedelta(hours=9))
    [letter] = digests(relay)
    assert letter["Subject"] == "Your week until Wednesday 6 May: 1 message"


# --- of what, and changing it


def test_one_for_each_group_by_choice(cast, relay):
    notices.choose_level(cast.membership.entry, level="daily", by=cast.two_seats)
    notices.choose_digests(hour=7, weekday=1, by_group=True, by=cast.leaver)
    said(cast)
    send(at=SEVEN)
    [letter] = digests(relay)
    assert letter["Subject"] == "[Chief Financial Officers] Monday 4 May: 1 message"
    assert letter["List-Id"] == '"Chief Financial Officers" <cfos.daily-digest.peers.example>'
    assert Digest.objects.get().place_id == cast.cfos.pk


@pytest.mark.parametrize(("then", "when"), [("every", SEVEN), ("weekly", SEVEN)])
def test_another_level_loses_nothing_and_repeats_nothing(cast, relay, then, when):
    said(cast, title="While daily")
    notices.choose_level(cast.cfos.entry, level=then, by=cast.leaver)
    said(cast, title="Afterwards")
    send(at=SEVEN + timedelta(minutes=1))
    send(at=SEVEN + 7 * DAY)
    told = "".join(text(letter) + str(letter["Subject"]) for letter in digests(relay))
    assert (told.count("While daily"), "Afterwards" in told) == (1, True)


def test_from_every_message_to_a_digest_repeats_nothing(cast, relay):
    notices.choose_level(cast.cfos.entry, level="every", by=cast.leaver)
    said(cast, title="At once")
    notices.choose_level(cast.cfos.entry, level="daily", by=cast.leaver)
    said(cast, title="Later")
    send(at=SEVEN)
    subjects = [str(letter["Subject"]) for letter in digests(relay)]
    assert subjects == [f"[{cast.cfos.short}] At once", "Monday 4 May: 1 message"]


@pytest.mark.parametrize("level", ["mentions", "nothing"])
def test_what_one_wants_nothing_of_any_more_goes_nowhere_for_ever(cast, relay, level):
    said(cast)
    notices.choose_level(cast.cfos.entry, level=level, by=cast.leaver)
    send(at=SEVEN)
    notices.choose_level(cast.cfos.entry, level="daily", by=cast.leaver)
    send(at=SEVEN + DAY)
    assert digests(relay) == []


def test_an_hour_earlier_the_same_day_brings_no_second_letter(cast, relay):
    said(cast)
    send(at=SEVEN)
    notices.choose_digests(hour=6, weekday=1, by_group=False, by=cast.leaver)
    said(cast, title="Later", at=SEVEN + timedelta(hours=1))
    send(at=SEVEN + timedelta(hours=2))
    assert len(digests(relay)) == 1
    send(at=SEVEN + DAY - timedelta(hours=1))
    assert len(digests(relay)) == 2


def test_a_newcomer_gets_no_old_archive(cast, relay):
    said(cast, group=cast.membership, by="two_seats", at=cast.at, title="Long ago")
    newcomer = cast.viewer("newcomer")
    groups.join_group(cast.membership, tenure=cast.tenures["newcomer"], viewer=newcomer, at=cast.at)
    notices.choose_level(cast.membership.entry, level="daily", by=cast.newcomer)
    said(cast, group=cast.membership, by="two_seats", at=cast.at, title="Since")
    send(at=SEVEN + 2 * DAY)
    [letter] = letters_to(relay, "newcomer")
    assert ("Long ago" in text(letter), "Since" in text(letter)) == (False, True)


# --- what it holds is found when it is sent


def written(cast, relay):
    """A digest that waits to be sent."""
    with time_machine.travel(SEVEN, tick=False):
        assert write_due(at=SEVEN) == 1


def test_whose_tenure_ended_gets_nothing_of_what_was_gathered(cast, relay):
    said(cast)
    written(cast, relay)
    people.end_tenure(cast.tenures["leaver"], last_day=MONDAY.date(), by=cast.staff, at=MONDAY)
    send(at=SEVEN + 2 * DAY)
    assert digests(relay) == []
    mailing = Mailing.objects.get(kind="mail.digest")
    assert Delivery.objects.get(mailing=mailing).state == "dropped"


def test_whoever_left_one_group_hears_of_the_others(cast, relay):
    """Nothing of a group's text after its audience changed, whatever else is in the letter."""
    kept = said(cast, title="Kept")
    other = said(cast, title="Elsewhere")
    written(cast, relay)
    other.entry.audience_id = cast.ceos.circle.audience_id
    other.entry.save(update_fields=["audience_id"])
    send(at=SEVEN)
    [letter] = digests(relay)
    assert (kept.entry.title in text(letter), "Elsewhere" in letter.as_string()) == (True, False)


def test_deleted_muted_and_ones_own_are_left_out(cast, relay):
    gone, muted, stays = (said(cast, title=title) for title in ("Gone", "Muted", "Stays"))
    make_answer(cast, stays, by="leaver", tenure=cast.tenures["leaver"], raw="My own words.", at=MONDAY)
    tell_all(at=MONDAY)
    written(cast, relay)
    actions.delete_post(gone.posts.get(), viewer=cast.viewer("peer"), at=MONDAY)
    notices.mute(muted.entry, by=cast.leaver)
    send(at=SEVEN)
    told = digests(relay)[0].as_string()
    assert [words in told for words in ("Gone", "Muted", "Stays", "My own words")] == [False, False, True, False]


def test_where_all_of_it_is_gone_no_letter_goes(cast, relay):
    topic = said(cast)
    written(cast, relay)
    actions.delete_post(topic.posts.get(), viewer=cast.viewer("peer"), at=MONDAY)
    send(at=SEVEN)
    assert digests(relay) == []


def test_an_edited_message_begins_as_it_does_now(cast, relay):
    topic = said(cast, raw="The first wording.")
    written(cast, relay)
    actions.edit_post(topic.posts.get(), raw="The second wording.", viewer=cast.viewer("peer"), at=MONDAY)
    send(at=SEVEN)
    assert "The second wording." in text(digests(relay)[0])


def test_a_group_without_content_is_named_with_a_count(cast, relay):
    cast.cfos.is_content_free = True
    cast.cfos.save(update_fields=["is_content_free"])
    said(cast, title="Secret title", raw="Secret words")
    send(at=SEVEN)
    [letter] = digests(relay)
    assert "Secret" not in letter.as_string()
    assert "1 new message. What it says is not sent by e-mail." in text(letter)
    assert "Chief Financial Officers" in text(letter, "html")


def test_what_went_at_once_is_not_repeated(cast, relay):
    said(cast, by="colleague", kind="announcement", title="An announcement")
    said(cast, title="A mention", raw=f"What does @{cast.leaver.handle} say?")
    said(cast, title="The rest")
    send(at=SEVEN)
    subjects = [str(letter["Subject"]) for letter in digests(relay)]
    assert [words.partition("] ")[2] for words in subjects[:2]] == ["An announcement", "A mention"]
    digest = digests(relay)[-1].as_string()
    assert [words in digest for words in ("An announcement", "A mention", "The rest")] == [False, False, True]


def test_long_topics_are_told_in_part_and_counted_in_full(cast, relay):
    topic = said(cast)
    for _number in range(9):
        make_answer(cast, topic, at=MONDAY)
    tell_all(at=MONDAY)
    send(at=SEVEN)
    [letter] = digests(relay)
    assert "and 4 more messages:" in text(letter)
    assert letter["Subject"] == "Monday 4 May: 10 messages"


# --- its letter


def test_it_can_be_stopped_and_its_messages_answered(cast, relay):
    topic = said(cast, title="Which auditors?")
    send(at=SEVEN)
    [letter] = digests(relay)
    digest = Digest.objects.get()
    stop = tokens.write(tokens.STOP, cast.leaver.pk, digest.pk)
    posted = Mailing.objects.get(entry=topic.pk)
    answer = tokens.write(tokens.ANSWER, cast.leaver.pk, posted.pk)
    assert letter["List-Unsubscribe"] == (
        f"<https://peers.example/letters/{stop}/stop/>, <mailto:u-{stop}@peers.example>"
    )
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Message-ID"] == f"<digest-{digest.pk}@peers.example>"
    assert (letter["Reply-To"], letter["From"]) == (None, "Council of Islands <office@council.example>")
    assert f"r-{answer}@peers.example" in text(letter, "html")
    assert f"https://peers.example/letters/{stop}/stop/" in text(letter)
    assert f"https://peers.example{topic.posts.get().get_absolute_url()}" in text(letter)


# --- a sender or a worker that dies


def test_a_sender_killed_before_it_noted_sends_the_same_letter_again(cast, relay):
    said(cast)
    written(cast, relay)
    with time_machine.travel(SEVEN, tick=False):
        claimed, _was_due = claiming.claim(at=timezone.now())
    assert len(claimed) == 2
    send(at=SEVEN)
    assert digests(relay) == []
    with time_machine.travel(SEVEN + claiming.ABANDONED + timedelta(seconds=1), tick=False):
        claiming.take_back_abandoned(at=timezone.now())
    send(at=SEVEN + claiming.ABANDONED + timedelta(seconds=1))
    assert [str(letter["Message-ID"]) for letter in digests(relay)] == [
        f"<digest-{Digest.objects.get().pk}@peers.example>"
    ]


def test_writing_twice_writes_once(cast, relay):
    said(cast)
    with time_machine.travel(SEVEN, tick=False):
        assert (write_due(at=SEVEN), write_due(at=SEVEN)) == (1, 0)


def queries_of_sending(at):
    with time_machine.travel(at, tick=False), CaptureQueriesContext(connection) as asked:
        Office(timezone.now).send_due()
    return len(asked)


def test_a_batch_asks_the_same_of_the_database_for_one_digest_and_for_three(cast, relay):
    said(cast)
    queries_of_sending(MONDAY)
    written(cast, relay)
    alone = queries_of_sending(SEVEN)
    for person in (cast.peer, cast.colleague):
        Person.objects.filter(pk=person.pk).update(time_zone="UTC")
        notices.choose_level(cast.cfos.entry, level="daily", by=person)
    for by in ("peer", "colleague", "leaver"):
        said(cast, by=by, at=SEVEN)
    queries_of_sending(SEVEN)
    with time_machine.travel(SEVEN + DAY, tick=False):
        assert write_due(at=SEVEN + DAY) == 3
    assert queries_of_sending(SEVEN + DAY) == alone
