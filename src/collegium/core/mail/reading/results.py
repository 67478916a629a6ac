"""What a letter says, once read: plain frozen values, nothing of which knows a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .verdicts import Verdict, verdict_of


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came along. `content_id` is without angle brackets; `inline` says the text shows it."""

    name: str
    content_type: str
    content: bytes
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A reader of ours who was not, or not yet, reached (RFC 3464). `status` is as `5.1.1`, or empty."""

    recipient: str
    action: str
    status: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report about a letter of ours: `kind` is `delivery` or `complaint`.

    A complaint (RFC 5965) names its `feedback_type` (abuse, fraud, opt-out, …) and whom the letter went to as failures
    with the action `complained`. `message_id` and `headers` are those of our letter, as far as they were sent back.
    """

    kind: str
    failures: tuple[Failure, ...] = ()
    feedback_type: str = ""
    message_id: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Wrapped:
    """How a letter was sealed: `kind` is `smime` or `pgp`; what is encrypted cannot be read, for a reason (a code)."""

    kind: str
    signed: bool
    encrypted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the house needs of a letter; see the package for what each promises."""

    subject: str = ""
    sender: str | None = None
    sender_problem: str = ""
    sender_name: str = ""
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    markdown: str = ""
    removed: str = ""
    attachments: tuple[Attachment, ...] = ()
    automatic: str | None = None
    bounce: Bounce | None = None
    wrapped: Wrapped | None = None
    problems: tuple[str, ...] = ()
    authentication_results: tuple[str, ...] = ()

    def authentication(self, authserv_id: str) -> Verdict:
        """What our own server, and nobody else, found about the sender's domain: see `verdicts`."""
        return verdict_of(self.authentication_results, authserv_id, self.sender)
