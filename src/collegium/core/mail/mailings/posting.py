"""Handing deliveries to the relay, batch after batch, over one connection."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.db import connection, transaction

from ..bounces.actions import count_bounce
from ..bounces.envelopes import MAILING, Sent, envelope
from ..bounces.failing import failed_at_relay
from ..models import Delivery, Mailing
from ..registry import MailingKind, mailing_kind
from ..relay import FINAL, NotNow, answer, connect
from . import tokens
from .bearers import by_ids
from .claiming import Claimed, Outcome, claim, give_back, note
from .composing import Composed, Marks, compose, links_of, reader

# Answers of SMTP (RFC 5321, 4.2.2).
OK, WILL_FORWARD, GO_ON, CLOSING = 250, 251, 354, 421
# Wordings kept composed while a mailing goes out; a few go out at the same time.
KEPT = 16


class Office:
    """Sends what is due, as long as something is: keeps a connection to the relay, and what it has composed."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self._composed: dict[int, tuple[object, Composed]] = {}
        self._relay: smtplib.SMTP | None = None

    def send_due(self, *, stop: Callable[[], bool] = lambda: False) -> int:
        """Send until nothing is due or `stop` says so; returns how many were handed over.

        NotNow if the relay takes none at present.
        """
        sent = 0
        with self._connected():
            while not stop():
                batch, was_due = claim(at=self.clock())
                if not was_due:
                    break
                sent += self._send(batch)
        self._composed.clear()
        return sent

    @contextmanager
    def _connected(self) -> Iterator[None]:
        with connection.cursor() as cursor:
            # Plans made while the table is empty would read all of it once it is full.
            cursor.execute("SET enable_seqscan = off")
        try:
            yield
        finally:
            if connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("RESET enable_seqscan")
            if self._relay is not None:
                with suppress(smtplib.SMTPException, OSError):
                    self._relay.quit()
            self._hang_up()

    def _hang_up(self) -> None:
        if self._relay is not None:
            self._relay.close()
        self._relay = None

    def _send(self, batch: list[Claimed]) -> int:
        outcomes: list[Outcome] = []
        try:
            texts = self._texts({delivery.mailing_id for delivery in batch})
            # One after the other, so that those before a failure are known.
            outcomes.extend(self._attempt(delivery, texts.get(delivery.mailing_id)) for delivery in batch)
        except NotNow:
            self._keep_notes(batch, outcomes)
            raise
        self._note(outcomes)
        return sum(outcome.state == Delivery.State.SENT for outcome in outcomes)

    @transaction.atomic
    def _keep_notes(self, batch: list[Claimed], outcomes: list[Outcome]) -> None:
        self._note(outcomes)
        give_back(batch[len(outcomes) :], at=self.clock())

    def _note(self, outcomes: list[Outcome]) -> None:
        """What the relay has refused for good is a bounce like those that come by letter."""
        at = self.clock()
        for outcome in note(outcomes, at=at):
            if outcome.failed is not None and outcome.state == Delivery.State.REFUSED:
                count_bounce(_sent(outcome.delivery), outcome.failed, at=at)

    # --- composing

    def _texts(self, ids: set[int]) -> dict[int, Composed | None]:
        """The letters of these mailings, composed once for each wording; None for what is no longer there."""
        found = by_ids(ids)
        make_ready(found, at=self.clock())
        return {mailing.pk: self._text(mailing) for mailing in found}

    def _text(self, mailing: Mailing) -> Composed | None:
        kind = mailing_kind(mailing.kind)
        version = kind.version(mailing) if kind else None
        if kind is None or version is None:
            return None
        if kind.for_one:
            return _compose(kind, mailing)
        kept = self._composed.get(mailing.pk)
        if kept is None or kept[0] != version:
            kept = self._composed[mailing.pk] = (version, _compose(kind, mailing))
            while len(self._composed) > KEPT:
                del self._composed[next(iter(self._composed))]
        return kept[1]

    # --- sending

    def _attempt(self, delivery: Claimed, text: Composed | None) -> Outcome:
        if text is None:
            return Outcome(delivery, Delivery.State.DROPPED)
        try:
            values, sender = _of_reader(delivery)
        except ValueError:
            return Outcome(delivery, Delivery.State.UNREACHABLE)
        return self._hand_over(delivery, sender, text.for_relay(values))

    def _hand_over(self, delivery: Claimed, sender: str, said: bytes) -> Outcome:
        for is_last in (False, True):
            relay = self._relay = self._relay or connect()
            try:
                _transact(relay, sender, delivery.email, said)
            except smtplib.SMTPServerDisconnected:
                # A relay closes a connection that was quiet, or that brought many letters: one more, with another.
                self._relay = None
                if is_last:
                    raise NotNow("the relay hangs up") from None
            except (smtplib.SMTPException, OSError) as error:
                return self._problem(delivery, error)
            else:
                break
        return Outcome(delivery, Delivery.State.SENT)

    def _problem(self, delivery: Claimed, error: Exception) -> Outcome:
        """What the relay's answer means for this delivery; NotNow where it is about the relay or us."""
        code, words = answer(error)
        if not code:
            self._hang_up()
            raise NotNow(type(error).__name__) from None
        state = Delivery.State.REFUSED if code >= FINAL else Delivery.State.WAITING
        failed = failed_at_relay(code, words, is_of_letter=isinstance(error, smtplib.SMTPDataError))
        return Outcome(delivery, state, f"{code} {words}".replace(delivery.email, "…").strip(), failed)


def as_sent(delivery: Claimed, mailing: Mailing, *, at: datetime) -> bytes | None:
    """The letter as its reader gets it, or None if what it says is no longer there."""
    kind = mailing_kind(mailing.kind)
    make_ready([mailing], at=at)
    if kind is None or kind.version(mailing) is None:
        return None
    return _compose(kind, mailing).for_reader(_of_reader(delivery)[0])


def make_ready(found: list[Mailing], *, at: datetime) -> None:
    """Let kinds that say something else to each reader look up for all of a batch what they will say."""
    for name in {mailing.kind for mailing in found}:
        kind = mailing_kind(name)
        if kind is not None and kind.make_ready is not None:
            kind.make_ready([mailing for mailing in found if mailing.kind == name], at)


def _transact(relay: smtplib.SMTP, sender: str, email: str, said: bytes) -> None:
    """One mail transaction for one reader; `said` is the letter as a relay is told it.

    The library's `sendmail` takes every address apart to find the part between < and >, and every letter for lines that
    begin with a dot, at the price of a third of a letter; and it waits for four answers where most relays need two.
    """
    relay.ehlo_or_helo_if_needed()
    answers = _asked(relay, f"MAIL FROM:<{sender}>", f"RCPT TO:<{email}>", "DATA")
    problem = _refusal(answers, sender, email)
    if problem is None:
        relay.send(said)
        answers.append(relay.getreply())
        if answers[-1][0] == OK:
            return
        problem = smtplib.SMTPDataError(*answers[-1])
    elif len(answers) == len(_STEPS) and answers[-1][0] == GO_ON:
        # It took the word for a letter that has no reader: one of nothing (RFC 2920, 3.1).
        relay.send(b".\r\n")
        relay.getreply()
    _reset(relay, answers[-1][0])
    raise problem


_STEPS = ((OK,), (OK, WILL_FORWARD), (GO_ON,))


def _asked(relay: smtplib.SMTP, *commands: str) -> list[tuple[int, bytes]]:
    """The answers: all, to commands sent at once, where the relay takes them so (RFC 2920); or up to a refusal."""
    together = relay.has_extn("pipelining")
    if together:
        relay.send("".join(f"{command}\r\n" for command in commands))
    answers: list[tuple[int, bytes]] = []
    for command, wanted in zip(commands, _STEPS, strict=True):
        answers.append(relay.getreply() if together else relay.docmd(command))
        code = answers[-1][0]
        if code == CLOSING or (code not in wanted and not together):
            break
    return answers


def _refusal(answers: list[tuple[int, bytes]], sender: str, email: str) -> smtplib.SMTPException | None:
    """The first of the answers that is one, as the library would raise it."""
    for step, (answered, wanted) in enumerate(zip(answers, _STEPS, strict=False)):
        if answered[0] not in wanted:
            return (
                smtplib.SMTPSenderRefused(*answered, sender),
                smtplib.SMTPRecipientsRefused({email: answered}),
                smtplib.SMTPDataError(*answered),
            )[step]
    return None


def _reset(relay: smtplib.SMTP, code: int) -> None:
    """For the next letter; a relay that closes the connection has said so."""
    if code == CLOSING:
        relay.close()
    else:
        with suppress(smtplib.SMTPServerDisconnected):
            relay.rset()


def _compose(kind: MailingKind, mailing: Mailing) -> Composed:
    marks = Marks.of_this_process()
    links = links_of(marks)
    return compose(kind.say(mailing, links), links, marks)


def _of_reader(delivery: Claimed) -> tuple[tuple[bytes, ...], str]:
    """What stands in the places of the marks, and the envelope's sender, to whom a bounce comes back (VERP)."""
    answer, stop = (
        tokens.write(purpose, delivery.person_id, delivery.mailing_id) for purpose in (tokens.ANSWER, tokens.STOP)
    )
    to = reader(delivery.name, delivery.email)
    return (to, answer.encode(), stop.encode()), envelope(_sent(delivery))


def _sent(delivery: Claimed) -> Sent:
    return Sent(MAILING, delivery.mailing_id, delivery.address_id)
