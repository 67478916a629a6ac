"""Letters that wait are handled one after the other, each in a transaction of its own with its job."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collegium.core.files.models import Attachment
from collegium.core.mail.incoming.arriving import HANDLING, take_in
from collegium.core.mail.incoming.handling import handle_letter, handle_next
from collegium.core.mail.mailings import tokens
from collegium.core.mail.models import Incoming, Letter, Mailing
from collegium.core.mail.registry import Arrival, Fate, Mailbox, mailboxes
from collegium.core.notices.jobs import wake
from collegium.core.trail.models import Event
from collegium.rooms.discussions.actions import close_topic
from collegium.rooms.discussions.models import Post

from .factories import make_topic

pytestmark = pytest.mark.django_db
OURS = "mx.peers.example"


@pytest.fixture(autouse=True)
def house(settings, cast):
    settings.MODE, settings.MAIL_DOMAIN, settings.MAIL_AUTHSERV_ID = "production", "peers.example", OURS
    EmailAddress.objects.update(verified=True)
    with time_machine.travel(cast.at, tick=False):
        yield


def bring(to: str, text: str = "We changed ours.", *, file: bytes = b"", **head: str) -> int:
    message = EmailMessage()
    message["Authentication-Results"] = f"{OURS}; dmarc=pass header.from=lagoon.example"
    message["From"], message["To"], message["Subject"] = "peer@lagoon.example", f"{to}@peers.example", "Auditors"
    message["Message-ID"] = f"<{abs(hash((to, text)))}@client.example>"
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if file:
        message.add_attachment(file, maintype="text", subtype="plain", filename="notes.txt")
    [pk] = take_in(message.as_bytes(), to=[f"{to}@peers.example"], return_path="x@y.example", at=timezone.now())
    return pk


def take_next() -> bool:
    return handle_next(HANDLING, "incoming_id", at=timezone.now())


def jobs() -> list[int]:
    """The letters whose jobs wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args ->> 'incoming_id')::bigint FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
            [HANDLING],
        )
        return [key for (key,) in cursor.fetchall()]


def fates() -> list[tuple[str, str]]:
    return list(Incoming.objects.order_by("pk").values_list("state", "reason"))


def test_each_letter_goes_with_its_job_the_eldest_first(cast):
    first, second = bring("cfos", "First."), bring("cfos", "Second.")
    assert (take_next(), jobs(), fates()) == (True, [second], [("posted", ""), ("waiting", "")])
    assert (take_next(), jobs(), fates()) == (True, [], [("posted", "")] * 2)
    assert not take_next()
    assert list(Post.objects.order_by("pk").values_list("raw", flat=True)) == ["First.", "Second."]
    assert first < second


def test_the_job_of_a_letter_that_was_handled_before_goes_and_nothing_else_happens(cast):
    handle_letter(bring("cfos"), at=timezone.now())
    assert (take_next(), jobs(), Post.objects.count()) == (True, [], 1)


def test_what_was_done_before_a_letter_was_refused_is_undone(cast):
    topic = make_topic(cast)
    close_topic(topic, viewer=cast.viewer("colleague"), at=cast.at)
    bring("cfos", file=b"Notes.", In_Reply_To=f"<post-{topic.posts.get().pk}@peers.example>")
    assert take_next()
    assert (fates(), topic.posts.count(), Attachment.objects.count()) == ([("refused", "rule")], 1, 0)
    assert "closed" in Letter.objects.get(kind="mail.refused").text
    # Undone with the rest, its job finds the letter done.
    assert (take_next(), jobs(), take_next()) == (True, [], False)
    assert Letter.objects.filter(kind="mail.refused").count() == 1


def _fails(_arrival: Arrival, _found: object) -> Fate:
    Letter.objects.create(kind="mail.refused", to="peer@lagoon.example", written_at=timezone.now())
    raise ZeroDivisionError


FAILING = Mailbox(lambda local: local == "broken" or None, _fails)


def test_what_goes_wrong_leaves_a_letter_and_its_job_as_they_were(cast, monkeypatch):
    monkeypatch.setattr(mailboxes, "_paths", mailboxes._paths | {"broken": f"{__name__}.FAILING"})
    monkeypatch.setattr(mailboxes, "_things", mailboxes._things | {"broken": FAILING})
    pk = bring("broken")
    with pytest.raises(ZeroDivisionError):
        take_next()
    assert (fates(), jobs(), Letter.objects.count()) == ([("waiting", "")], [pk], 0)


# --- how much is asked

# A savepoint, and its release, around the letter and around the action; the letter with its job, its writer, their
# audiences, what it answers; then the answer's own six; and what became of the letter.
SAVEPOINTS, OWN, ANSWER = 4, 5, 6


def _asked() -> int:
    with CaptureQueriesContext(connection) as asked:
        assert take_next()
    assert fates()[-1] == ("posted", "")
    return len(asked)


def test_an_answer_by_the_address_of_its_letter_takes_few_round_trips(cast):
    topic = make_topic(cast, by="colleague")
    wake(Event.objects.get(name="topic.opened", entry=topic.pk).pk)
    token = tokens.write(tokens.ANSWER, cast.peer.pk, Mailing.objects.get(entry=topic.pk).pk)
    bring(f"r-{token}")
    assert _asked() == SAVEPOINTS + OWN + ANSWER + 1  # the place of the mailing


def test_an_answer_by_the_address_of_the_group_takes_few_round_trips(cast):
    topic = make_topic(cast, by="colleague")
    bring("cfos", In_Reply_To=f"<post-{topic.posts.get().pk}@peers.example>")
    assert _asked() == SAVEPOINTS + OWN + ANSWER + 1  # the group
