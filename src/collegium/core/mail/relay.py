"""Handing a letter to the SMTP relay."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from collegium.core.people.domains import to_write_to

from .bounces.envelopes import LETTER, Sent, envelope
from .bounces.failing import Failed, failed_at_relay
from .models import Letter
from .registry import LetterKind, letters

# SMTP answers from 500 on are final (RFC 5321, 4.2.1): to ask again would be of no use. Only those about the reader or
# the letter: a relay that does not know us any more is somebody's mistake, and will be put right.
FINAL = 500


class NotNow(Exception):
    """The relay could not take the letter at the moment. Says nothing of whom it was for, as `Never` does."""

    failed: Failed | None = None


class Never(Exception):
    """The relay will not take the letter. Says nothing of whom it was for; `failed` says what that means for them."""

    failed: Failed | None = None


def takes_letters() -> bool:
    """Whether letters leave the house: in production, and in a demonstration to a relay on this machine alone."""
    relay = settings.MAIL_RELAY
    return relay is not None and (settings.MODE == "production" or relay.is_local)


def connect() -> smtplib.SMTP:
    """A connection to the relay, signed in; NotNow if there is none to be had."""
    relay = settings.MAIL_RELAY
    if relay is None:
        raise NotNow("no relay is set")
    kind = smtplib.SMTP_SSL if relay.tls == "implicit" else smtplib.SMTP
    try:
        found = kind(relay.host, relay.port, timeout=relay.timeout)
        if relay.tls == "starttls":
            found.starttls(context=ssl.create_default_context())
        if relay.user:
            found.login(relay.user, relay.password)
    except (smtplib.SMTPException, OSError) as error:
        raise NotNow(type(error).__name__) from None
    return found


def hand_over(letter: Letter) -> None:
    """Give the letter to the relay of the settings; raises NotNow or Never."""
    to = to_write_to(letter.to)
    if to is None:
        raise Never("an address of ASCII letters is needed")
    relay, where = connect(), settings.MAIL_RELAY
    assert where is not None  # it was connected to
    try:
        # What cannot be delivered comes back to the envelope's sender, which is this letter's own.
        relay.sendmail(envelope(Sent(LETTER, letter.pk, 0)), [to], _message(letter, where.sender, to))
    except (smtplib.SMTPException, OSError) as error:
        code, words = answer(error)
        trouble = (Never if code >= FINAL else NotNow)(f"{type(error).__name__} {code or ''}".strip())
        if code:
            trouble.failed = failed_at_relay(code, words, is_of_letter=isinstance(error, smtplib.SMTPDataError))
        raise trouble from None
    finally:
        # What the relay says to this is no answer to the letter, which it has or has not.
        with suppress(smtplib.SMTPException, OSError):
            relay.quit()


def _message(letter: Letter, sender: str, to: str) -> bytes:
    domain = parseaddr(sender)[1].partition("@")[2]
    kind: LetterKind | None = letters.get(letter.kind) if letter.kind in letters else None
    headers = {
        # The same for every attempt: a letter that comes twice is seen to be one.
        "Message-ID": f"<letter-{letter.pk}.{int(letter.written_at.timestamp())}@{domain}>",
        "Date": format_datetime(letter.written_at),
        # Out-of-office replies leave it alone (RFC 3834, 5).
        "Auto-Submitted": "auto-replied" if kind is not None and kind.is_answer else "auto-generated",
    }
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        sender,
        [to],
        headers=headers,
        reply_to=[letter.reply_to] if letter.reply_to else None,
    )
    message.attach_alternative(letter.html, "text/html")
    whole: bytes = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # the framework's own takes it
    return whole


def answer(error: Exception) -> tuple[int, str]:
    """The SMTP answer about the reader or the letter, 0 where the trouble lies elsewhere."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        # A letter of ours has one reader.
        code, words = next(iter(error.recipients.values()))
        return code, _text_of(words)
    return (error.smtp_code, _text_of(error.smtp_error)) if isinstance(error, smtplib.SMTPDataError) else (0, "")


def _text_of(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
