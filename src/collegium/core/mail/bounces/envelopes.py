"""The sender in the envelope of each letter of ours (VERP): a bounce comes back to it and says of itself what it is of.

It is an HMAC over the address the letter went to and the letter, so that a report counts for that address alone.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings

from ..mailings import tokens

PREFIX = "b-"
# To many at once, and one by one. The name is kept with each bounce.
MAILING, LETTER = "mailing", "letter"
PURPOSES = {MAILING: tokens.BOUNCE, LETTER: tokens.BOUNCE_OF_LETTER}


class Sent(NamedTuple):
    """A letter of ours to one reader: what it was of, and the address (0 for a single letter, which knows its own)."""

    of: str
    of_id: int
    address_id: int


def envelope(sent: Sent) -> str:
    """The address to which what cannot be delivered comes back."""
    return f"{PREFIX}{tokens.write(PURPOSES[sent.of], sent.address_id, sent.of_id)}@{settings.MAIL_DOMAIN}"


def sent_of(local: str) -> Sent | None:
    """What came back, by the part of the address before the @; None if no letter of ours bears it."""
    if not local.startswith(PREFIX):
        return None
    for of, purpose in PURPOSES.items():
        bearer = tokens.read(purpose, local[len(PREFIX) :])
        if bearer is not None:
            return Sent(of, bearer.mailing_id, bearer.person_id)
    return None
