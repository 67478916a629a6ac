"""A letter is written, kept in a demonstration, handed to the relay in production, and its words are cleared."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from collegium.core.mail import relay
from collegium.core.mail.actions import ATTEMPTS, forget_old_letters, hand_over, rehearse_letter, send_letter
from collegium.core.mail.jobs import AGAIN
from collegium.core.mail.models import Letter

from .sink import Sink, sink

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
CODE = {"code": "BCDF-GHJK", "minutes": 15}
TOLD = {
    "name": "Ines <b>",
    "change": "A passkey was added.",
    "when": "today",
    "browser": "",
    "link": "https://x.example",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings):
    settings.MODE = "production"


@pytest.fixture
def post_office(settings, production):
    with sink() as found:
        settings.MAIL_RELAY = found.relay
        yield found


def write(**changes) -> Letter:
    return send_letter("account.login_code", to="ines@lagoon.example", context=CODE, at=AT, **changes)


def waiting_jobs() -> list[dict]:
    jobs = ProcrastinateJob.objects.filter(task_name="collegium.core.mail.jobs.send")
    return list(jobs.values_list("args", flat=True))


def test_a_letter_of_a_demonstration_stays_in_the_outbox():
    letter = write()
    assert (letter.to, letter.kind, letter.subject) == (
        "ines@lagoon.example",
        "account.login_code",
        "BCDF-GHJK is your sign-in code",
    )
    assert "    BCDF-GHJK\n" in letter.text
    assert '<p class="code">BCDF-GHJK</p>' in letter.html
    assert (letter.written_at, letter.sent_at, waiting_jobs()) == (AT, None, [])


def test_what_people_are_called_is_text_in_the_text_and_escaped_in_the_html():
    letter = send_letter("account.security_changed", to="ines@lagoon.example", context=TOLD, at=AT)
    assert "Hello Ines <b>," in letter.text
    assert "Hello Ines &lt;b&gt;," in letter.html


def test_a_letter_is_told_exactly_what_its_kind_needs():
    with pytest.raises(ValueError, match="needs"):
        send_letter("account.login_code", to="ines@lagoon.example", context={"code": "X"}, at=AT)
    with pytest.raises(ValueError, match="needs"):
        send_letter("account.login_code", to="ines@lagoon.example", context={**CODE, "password": "x"}, at=AT)
    assert Letter.objects.count() == 0


def test_in_production_a_job_is_enqueued_in_the_same_transaction(production):
    letter = write()
    assert waiting_jobs() == [{"letter_id": letter.pk}]


def test_a_letter_goes_the_way_of_the_transaction_it_is_part_of(production):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert (Letter.objects.count(), waiting_jobs()) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_rehearsed_letter_asks_as_much_of_the_database_and_leaves_nothing(production):
    write()
    with CaptureQueriesContext(connection) as sent:
        write()
    with CaptureQueriesContext(connection) as rehearsed:
        rehearse_letter("account.login_code", to="nobody@lagoon.example", context=CODE, at=AT)
    assert len(rehearsed) == len(sent)
    assert (Letter.objects.count(), len(waiting_jobs())) == (2, 2)


def test_the_relay_gets_the_letter_once_and_its_words_are_cleared(post_office: Sink):
    letter = write()
    hand_over(letter.pk, at=AT)
    hand_over(letter.pk, at=AT)
    [(to, message)] = post_office.letters
    assert to == "ines@lagoon.example"
    assert (message["From"], message["To"], message["Subject"]) == (
        "Council <office@council.example>",
        "ines@lagoon.example",
        "BCDF-GHJK is your sign-in code",
    )
    assert (message["Auto-Submitted"], message["Date"]) == ("auto-generated", "Mon, 04 May 2026 12:00:00 +0000")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "BCDF-GHJK" in next(message.iter_parts()).as_string()
    letter.refresh_from_db()
    assert (letter.sent_at, letter.subject, letter.text, letter.html, letter.attempts) == (AT, "", "", "", 1)


def test_a_relay_without_time_is_asked_again_until_the_attempts_are_used_up(post_office: Sink):
    letter = send_letter("account.security_changed", to="ines@lagoon.example", context=TOLD, at=AT)
    post_office.refusals["RCPT"] = "451 later"
    for _attempt in range(ATTEMPTS - 1):
        with pytest.raises(relay.NotNow, match=r"^SMTPRecipientsRefused 451$"):
            hand_over(letter.pk, at=AT)
    hand_over(letter.pk, at=AT)
    letter.refresh_from_db()
    assert (letter.attempts, letter.refused, letter.text) == (ATTEMPTS, "SMTPRecipientsRefused 451", "")
    assert post_office.letters == []


def test_a_relay_that_comes_back_gets_the_letter(post_office: Sink):
    letter = write()
    post_office.refusals["DATA"] = "451 later"
    with pytest.raises(relay.NotNow):
        hand_over(letter.pk, at=AT)
    del post_office.refusals["DATA"]
    hand_over(letter.pk, at=AT)
    letter.refresh_from_db()
    assert (len(post_office.letters), letter.attempts, letter.sent_at) == (1, 2, AT)


def test_a_relay_that_is_away_is_asked_again(production, settings):
    with sink() as gone:
        settings.MAIL_RELAY = gone.relay
    letter = write()
    with pytest.raises(relay.NotNow, match="ConnectionRefusedError"):
        hand_over(letter.pk, at=AT)


@pytest.mark.parametrize(("word", "said"), [("RCPT", "550 nobody here"), ("DATA", "554 not this")])
def test_a_final_answer_ends_the_attempts_and_clears_the_words(post_office: Sink, word: str, said: str):
    letter = write()
    post_office.refusals[word] = said
    hand_over(letter.pk, at=AT)
    letter.refresh_from_db()
    assert (letter.sent_at, letter.attempts, letter.subject, letter.text, letter.html) == (None, 1, "", "", "")
    assert letter.refused.endswith(said[:3])
    assert "ines" not in letter.refused


def test_a_code_that_has_run_out_is_not_sent_any_more(post_office: Sink):
    letter = write()
    hand_over(letter.pk, at=AT + timedelta(minutes=15, seconds=1))
    letter.refresh_from_db()
    assert (letter.refused, letter.subject, letter.text, post_office.letters) == ("too late", "", "", [])


def test_letters_of_long_ago_are_forgotten_but_for_those_that_still_wait(production):
    done, waiting, fresh = write(), write(), write()
    Letter.objects.filter(pk=done.pk).update(sent_at=AT)
    Letter.objects.filter(pk=fresh.pk).update(sent_at=AT, written_at=AT + timedelta(days=5))
    assert forget_old_letters(at=AT + timedelta(days=31)) == 1
    assert set(Letter.objects.values_list("pk", flat=True)) == {waiting.pk, fresh.pk}


def test_the_pauses_between_attempts_grow_to_hours_and_only_a_busy_relay_is_asked_again():
    def pause(number, problem):
        job = Job(id=1, queue="letters", lock=None, queueing_lock=None, task_name="send", attempts=number)
        decision = AGAIN.get_retry_decision(exception=problem, job=job)
        return decision and round((decision.retry_at - datetime.now(UTC)).total_seconds())

    assert [pause(number, relay.NotNow()) for number in range(ATTEMPTS + 1)] == [
        *(4**number for number in range(1, ATTEMPTS + 1)),
        None,
    ]
    assert pause(0, ValueError()) is None
