"""A post goes by letter to each member who wants every message, and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.files import actions as files
from collegium.core.files.models import Attachment
from collegium.core.mail.mailings import claiming, tokens
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.models import Delivery, Mailing
from collegium.core.mail.relay import NotNow
from collegium.core.mail.tests.sink import sink
from collegium.core.notices import actions as notices
from collegium.core.notices.jobs import wake
from collegium.core.people import actions as people
from collegium.core.people.models import Person
from collegium.core.trail.models import Event
from collegium.rooms.discussions import actions

from .factories import make_answer, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings, cast):
    """A relay of the test, at the moment of the cast."""
    settings.MODE = "production"
    settings.MAIL_DOMAIN = "peers.example"
    settings.BASE_URL = "https://peers.example"
    with sink() as relay, time_machine.travel(cast.at, tick=False):
        settings.MAIL_RELAY = relay.relay
        yield relay


def tell_all() -> None:
    """Of what was said alone: the making of the cast is told to whom it concerns by letters of its own."""
    ProcrastinateJob.objects.all().delete()
    for pk in Event.objects.filter(name__startswith="topic.").order_by("pk").values_list("pk", flat=True):
        wake(pk)


def send() -> int:
    return Office(timezone.now).send_due()


def readers(relay: Any) -> list[str]:
    return sorted(to.partition("@")[0] for to, _letter in relay.letters)


def states() -> dict[str, str]:
    found = Delivery.objects.select_related("person").order_by("pk")
    return {delivery.person.name.split()[0]: delivery.state for delivery in found}


def letter_to(relay: Any, who: str) -> Any:
    """The only letter to somebody of the cast."""
    [found] = [letter for to, letter in relay.letters if to.startswith(f"{who}@")]
    return found


# --- to whom


def test_a_post_goes_to_every_other_member_once(cast, office):
    make_topic(cast)
    tell_all()
    tell_all()
    assert send() == 2
    assert readers(office) == ["colleague", "leaver"]
    assert send() == 0


def test_a_batch_takes_as_many_statements_as_one_letter(cast, office):
    make_topic(cast)
    tell_all()
    counts = []
    for readers_left in (2, 1):
        with CaptureQueriesContext(connection) as asked:
            assert send() == readers_left
        counts.append(len(asked))
        Delivery.objects.filter(person=cast.colleague).update(state="waiting", due_at=cast.at)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("level", ["daily", "weekly", "mentions", "nothing"])
def test_who_wants_less_gets_no_letter_of_each_post(cast, office, level):
    notices.choose_level(cast.cfos.entry, level=level, by=cast.leaver)
    make_topic(cast)
    tell_all()
    assert (send(), readers(office)) == (1, ["colleague"])


@pytest.mark.parametrize(("level", "expected"), [("daily", 2), ("mentions", 2), ("nothing", 1)])
def test_who_is_mentioned_gets_it_at_once_unless_they_want_nothing(cast, office, level, expected):
    notices.choose_level(cast.cfos.entry, level=level, by=cast.leaver)
    make_topic(cast, raw=f"What does @{cast.leaver.handle} say?")
    tell_all()
    assert send() == expected


def test_who_switched_mentions_off_is_not_mentioned_by_letter_either(cast, office):
    notices.choose_level(cast.cfos.entry, level="daily", by=cast.leaver)
    notices.switch_letter_off("discussions.Mentioned", by=cast.leaver)
    make_topic(cast, raw=f"What does @{cast.leaver.handle} say?")
    tell_all()
    assert (send(), readers(office)) == (1, ["colleague"])


@pytest.mark.parametrize(("level", "expected"), [("weekly", 2), ("mentions", 2), ("nothing", 1)])
def test_an_announcement_overrides_a_digest(cast, office, level, expected):
    notices.choose_level(cast.cfos.entry, level=level, by=cast.leaver)
    make_topic(cast, by="colleague", kind="announcement")
    tell_all()
    assert send() == expected


def test_who_muted_the_topic_hears_no_more_of_it(cast, office):
    topic = make_topic(cast)
    notices.mute(topic.entry, by=cast.leaver)
    make_answer(cast, topic)
    tell_all()
    assert send() == 2
    assert readers(office) == ["colleague", "peer"]


# --- between saying and sending


def test_whose_tenure_ended_between_saying_and_sending_gets_nothing(cast, office):
    make_topic(cast)
    tell_all()
    people.end_tenure(cast.tenures["leaver"], last_day=cast.at.date(), by=cast.staff, at=cast.at)
    with time_machine.travel(cast.at + timedelta(days=2), tick=False):
        assert send() == 1
    assert readers(office) == ["colleague"]
    assert states() == {"Tomasz": "sent", "Kekoa": "dropped"}


def test_what_is_deleted_before_it_is_sent_is_not_sent(cast, office):
    topic = make_topic(cast)
    post = make_answer(cast, topic)
    tell_all()
    actions.delete_post(post, viewer=cast.viewer("colleague"), at=cast.at)
    assert send() == 2
    assert {str(letter["Message-ID"]) for _to, letter in office.letters} == {
        f"<post-{topic.posts.get(number=1).pk}@peers.example>"
    }


def test_who_is_sent_it_later_gets_the_newest_wording(cast, office):
    topic = make_topic(cast, raw="The first wording.")
    tell_all()
    actions.edit_post(topic.posts.get(), raw="The second wording.", viewer=cast.viewer("peer"), at=cast.at)
    assert send() == 2
    assert "The second wording." in letter_to(office, "leaver").get_body(("plain",)).get_content()


def test_somebody_without_an_address_is_not_reached(cast, office):
    cast.leaver.emailaddress_set.all().delete()
    make_topic(cast)
    tell_all()
    assert send() == 1
    assert states() == {"Tomasz": "sent", "Kekoa": "unreachable"}


# --- what it says


def test_a_letter_says_who_where_and_how_to_go_on(cast, office):
    topic = make_topic(cast, title="Which auditors?", raw="We **change** ours.\n\n.dot\n\n> a quote — with é")
    tell_all()
    send()
    letter = letter_to(office, "leaver")
    post = topic.posts.get()
    assert (letter["From"], letter["To"], letter["Subject"]) == (
        "Ines Okafor · Chief Financial Officers <cfos@peers.example>",
        "Kekoa Lindgren <leaver@reef.example>",
        f"[{cast.cfos.short}] Which auditors?",
    )
    mailing = Mailing.objects.get()
    answer = tokens.write(tokens.ANSWER, cast.leaver.pk, mailing.pk)
    stop = tokens.write(tokens.STOP, cast.leaver.pk, mailing.pk)
    assert letter["Reply-To"] == f"Chief Financial Officers <r-{answer}@peers.example>"
    assert letter["Message-ID"] == f"<post-{post.pk}@peers.example>"
    assert letter["List-Unsubscribe"] == (
        f"<https://peers.example/letters/{stop}/stop/>, <mailto:u-{stop}@peers.example>"
    )
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Id"] == '"Chief Financial Officers" <cfos.peers.example>'
    bodies = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    text, html = (body.replace("\r\n", "\n") for body in bodies)
    assert "Ines Okafor · Chief Financial Officer · Society of Lagoon Cardiology" in text
    assert "We **change** ours.\n\n.dot\n\n> a quote — with é" in text
    assert "<strong>change</strong>" in html
    for address in (f"letters/{stop}/mute/", f"letters/{stop}/stop/", f"p-{answer}@peers.example"):
        assert address in text
        assert address in html
    raw = letter.as_bytes()
    assert max(len(line) for line in raw.splitlines()) <= 998


def test_an_answer_names_what_it_answers(cast, office):
    topic = make_topic(cast)
    first = make_answer(cast, topic)
    second = make_answer(cast, topic, by="peer", reply_to=2)
    tell_all()
    send()
    opening = topic.posts.get(number=1)
    found = [letter for to, letter in office.letters if to.startswith("leaver@")]
    ids = [f"<post-{post.pk}@peers.example>" for post in (opening, first, second)]
    assert [letter["Message-ID"] for letter in found] == ids
    assert [letter["References"] for letter in found] == [None, ids[0], f"{ids[0]} {ids[1]}"]
    assert [letter["In-Reply-To"] for letter in found] == [None, ids[0], ids[1]]
    assert found[2]["Subject"] == f"Re: {found[0]['Subject']}"


def test_a_group_without_content_says_only_that_something_is_new(cast, office):
    cast.cfos.is_content_free = True
    cast.cfos.save(update_fields=["is_content_free"])
    make_topic(cast, title="Secret title", raw="Secret words")
    tell_all()
    send()
    letter = letter_to(office, "leaver")
    raw = letter.as_string()
    assert "Secret" not in raw
    assert (letter["Reply-To"], letter["List-Post"]) == (None, "NO")
    assert "r-" not in letter.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("house", "wanted", "size", "shown"),
    [
        (False, True, 100, 1),
        (False, True, 200_001, 0),
        (False, None, 100, 0),
        (True, None, 100, 1),
        (True, None, 200_001, 0),
        (True, False, 100, 0),
    ],
)
def test_a_small_picture_stands_in_the_letter_where_its_group_or_else_the_house_wants_that(
    cast, office, settings, house, wanted, size, shown
):
    settings.MAIL_SHOWS_PICTURES = house
    cast.cfos.shows_pictures = wanted
    cast.cfos.save(update_fields=["shows_pictures"])
    content = b"\x89PNG\r\n\x1a\n" + bytes(size - 8)
    upload = files.upload(SimpleUploadedFile("plot.png", content), by=cast.peer, at=cast.at)
    Attachment.objects.filter(pk=upload.pk).update(content_type="image/png")
    make_topic(cast, attachments=[upload.pk])
    tell_all()
    send()
    letter = letter_to(office, "leaver")
    found = [part for part in letter.walk() if part.get_content_maintype() == "image"]
    html = letter.get_body(("html",)).get_content()
    assert [part.get_content() for part in found] == [content] * shown
    assert [part["Content-ID"] for part in found] == [f"<file-{upload.pk}@peers.example>"] * shown
    assert (f"cid:file-{upload.pk}@" in html, upload.get_absolute_url() in html) == (bool(shown), True)


def test_a_mark_may_stand_anywhere_in_a_line(cast, office, settings):
    """The encoding of a letter breaks lines at 76; a token broken there would lead nowhere."""
    for length in range(31, 75, 4):
        settings.BASE_URL = f"https://{'a' * length}.example"
        topic = make_topic(cast, group=cast.cfos)
        tell_all()
        send()
        stop = tokens.write(tokens.STOP, cast.leaver.pk, Mailing.objects.get(entry=topic.pk).pk)
        letter = letter_to(office, "leaver")
        office.letters.clear()
        for kind in ("plain", "html"):
            assert f"{settings.BASE_URL}/letters/{stop}/mute/" in letter.get_body((kind,)).get_content()
        assert f"<{settings.BASE_URL}/letters/{stop}/stop/>" in letter["List-Unsubscribe"]


# --- a relay that does not take them


def test_what_the_relay_refuses_for_good_is_not_tried_again(cast, office):
    office.refusals["RCPT"] = "550 5.1.1 no such mailbox"
    make_topic(cast)
    tell_all()
    assert (send(), states()) == (0, {"Tomasz": "refused", "Kekoa": "refused"})
    assert set(Delivery.objects.values_list("answer", flat=True)) == {"550 5.1.1 no such mailbox"}
    office.refusals.clear()
    assert send() == 0


def test_what_it_does_not_take_now_is_tried_later_and_later_and_given_up(cast, office):
    office.refusals["RCPT"] = "451 4.2.0 later"
    make_topic(cast)
    tell_all()
    at = cast.at
    for wait in claiming.WAITS:
        with time_machine.travel(at, tick=False):
            send()
        assert set(states().values()) == {"waiting"}
        with time_machine.travel(at + wait - timedelta(seconds=1), tick=False):
            assert claiming.claim(at=timezone.now()) == ([], False)
        at += wait
    with time_machine.travel(at, tick=False):
        send()
    assert set(states().values()) == {"refused"}


@pytest.mark.parametrize("pipelines", [False, True])
def test_a_line_may_begin_with_a_dot(cast, office, pipelines):
    office.pipelines = pipelines
    make_topic(cast, raw="Three dots:\n\n    ...\n    .\n    .. and more")
    tell_all()
    assert (send(), set(states().values())) == (2, {"sent"})
    said = letter_to(office, "colleague").get_body(("plain",)).get_content()
    assert "\n    ...\n    .\n    .. and more\n" in said.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("word", "answer", "state", "of_nobody"),
    [
        ("MAIL", "550 5.7.1 not from you", None, 1),
        ("RCPT", "550 5.1.1 no such mailbox", "refused", 2),
        ("RCPT", "421 4.3.2 closing down", "waiting", 0),
        ("DATA", "554 5.7.1 looks like spam", "refused", 0),
    ],
)
def test_a_relay_told_all_at_once_is_understood_where_it_refuses(cast, office, word, answer, state, of_nobody):
    office.pipelines, office.refusals[word] = True, answer
    make_topic(cast)
    tell_all()
    if state is None:
        # What it has against the house says nothing of a reader.
        with pytest.raises(NotNow):
            send()
    else:
        assert send() == 0
        assert set(states().values()) == {state}
        assert set(Delivery.objects.values_list("answer", flat=True)) == {answer}
    assert (office.letters, office.of_nobody) == ([], of_nobody)
    office.refusals.clear()
    Delivery.objects.update(state="waiting", due_at=cast.at)
    assert (send(), readers(office)) == (2, ["colleague", "leaver"])


def test_a_relay_that_is_away_is_nobodys_fault(cast, office, settings):
    make_topic(cast)
    tell_all()
    settings.MAIL_RELAY = office.relay._replace(port=9)
    with pytest.raises(NotNow):
        send()
    assert list(Delivery.objects.values_list("state", "attempts")) == [("waiting", 0)] * 2
    settings.MAIL_RELAY = office.relay
    assert send() == 2


def test_what_a_dead_sender_had_claimed_is_sent_by_the_next(cast, office):
    make_topic(cast)
    tell_all()
    claimed, _was_due = claiming.claim(at=timezone.now())
    assert len(claimed) == 2
    assert send() == 0
    with time_machine.travel(cast.at + claiming.ABANDONED + timedelta(seconds=1), tick=False):
        assert claiming.take_back_abandoned(at=timezone.now()) == 2
        assert send() == 2


def test_nobody_gets_a_letter_of_a_person_whose_account_is_closed(cast, office):
    make_topic(cast)
    tell_all()
    Person.objects.filter(pk=cast.leaver.pk).update(closed_at=cast.at)
    assert (send(), states()["Kekoa"]) == (1, "dropped")
