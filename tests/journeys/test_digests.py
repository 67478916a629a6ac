"""A peer who has too many letters wants one a week, gets it at their hour, and ends it from the letter itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from collegium.core.mail import jobs
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.models import Delivery
from collegium.core.mail.tests.sink import Sink, sink
from collegium.core.people.models import Person
from collegium.rooms.discussions.tests.factories import make_answer, make_topic

from . import when
from .scene import Scene

LEAVER = "leaver@reef.example"
# The scene plays on a Tuesday, the fifth of May; the next one, in Nepal (UTC + 5:45), and a week later.
BEFORE_NINE = datetime(2026, 5, 12, 3, 10, tzinfo=UTC)
AFTER_NINE = datetime(2026, 5, 12, 3, 20, tzinfo=UTC)
A_WEEK_LATER = datetime(2026, 5, 19, 3, 20, tzinfo=UTC)


@pytest.fixture
def mailboxes(scene: Scene, settings: Any) -> Iterator[Sink]:
    """Everybody has had the letters of the day before."""
    when.the_worker_has_told_everybody()
    Delivery.objects.all().delete()
    with sink() as found:
        settings.MODE, settings.MAIL_RELAY = "production", found.relay
        yield found


def the_house_sends(mailboxes: Sink) -> list[EmailMessage]:
    """A quarter of an hour's work of worker and sender; what of it came to the leaver."""
    when.the_worker_has_told_everybody()
    jobs.write_digests(timestamp=0)
    mailboxes.letters.clear()
    Office(lambda: datetime.now(UTC)).send_due()
    return [letter for to, letter in mailboxes.letters if to == LEAVER]


def says(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def somebody_says(scene: Scene, title: str, *, raw: str = "Tell us how you do it.") -> Any:
    return make_topic(scene.cast, title=title, raw=raw, at=scene.now)


def test_a_weekly_digest_is_chosen_comes_once_and_is_ended_by_its_link(scene: Scene, mailboxes: Sink):
    Person.objects.filter(pk=scene.cast.leaver.pk).update(time_zone="Asia/Kathmandu")
    reader = scene.reader("leaver")
    reader.open("/account/notices/")
    reader.field("Chief Financial Officers").select_option("A weekly digest")
    reader.field("At what time").select_option("09:00")
    reader.field("The weekly one comes on").select_option("Tuesday")
    reader.press("Save")
    reader.says("Saved.")

    bank = somebody_says(scene, "Which bank?")
    make_answer(scene.cast, bank, raw="Ours is **small**.", at=scene.now)
    somebody_says(scene, "Which auditors?")
    assert the_house_sends(mailboxes) == []
    when.the_clock_moves(scene, BEFORE_NINE)
    assert the_house_sends(mailboxes) == []

    when.the_clock_moves(scene, AFTER_NINE)
    [digest] = the_house_sends(mailboxes)
    assert digest["Subject"].endswith(": 3 messages")
    for words in ("Which bank?", "Ours is small.", "Which auditors?", "Your weekly digest."):
        assert words in says(digest)
    assert the_house_sends(mailboxes) == []

    [link] = re.findall(r"/letters/\w+/stop/", says(digest))
    at_home = scene.stranger()
    at_home.open(link)
    at_home.field("Nothing").check()
    at_home.press("Keep this choice")
    at_home.says("That is noted")
    somebody_says(scene, "Which insurance?")
    when.the_clock_moves(scene, A_WEEK_LATER)
    assert the_house_sends(mailboxes) == []
    reader.open("/account/notices/")
    assert reader.field("Chief Financial Officers").input_value() == "nothing"
