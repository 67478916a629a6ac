"""Tokens in the addresses and links of a letter: for whom it is, of which mailing, and what the token may do.

A token is 40 hexadecimal digits, so that it survives mail systems that change the case of an address: five bytes of the
person's id, five of the mailing's, and the first ten of an HMAC (RFC 2104) with SHA-256 over both and the purpose. What
one token may do the others may not: whoever sees an address of an answer cannot stop somebody's letters with it.
"""

from __future__ import annotations

import hmac
import re
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

LENGTH = 40
_ID = 5
_MAC = 10
_FORM = re.compile(r"[0-9a-f]{40}", re.ASCII | re.IGNORECASE)

# To answer by letter; to stop letters without signing in.
ANSWER, STOP = b"answer", b"stop"
# To bring back what could not be delivered. These name the reader's address in the place of the person: whoever it
# belongs to by then, it was this address that was not reached.
BOUNCE, BOUNCE_OF_LETTER = b"bounce of a mailing", b"bounce of a letter"


class Bearer(NamedTuple):
    """Whose token it is, and of which mailing."""

    person_id: int
    mailing_id: int


def write(purpose: bytes, person_id: int, mailing_id: int) -> str:
    """The token of a person for a mailing."""
    ids = person_id.to_bytes(_ID) + mailing_id.to_bytes(_ID)
    return (ids + _mac(purpose, ids)).hex()


def read(purpose: bytes, token: str) -> Bearer | None:
    """Whose it is; None for every text that is no token of this purpose."""
    if not _FORM.fullmatch(token):
        return None
    raw = bytes.fromhex(token)
    ids, mac = raw[: 2 * _ID], raw[2 * _ID :]
    if not hmac.compare_digest(mac, _mac(purpose, ids)):
        return None
    return Bearer(int.from_bytes(ids[:_ID]), int.from_bytes(ids[_ID:]))


def _mac(purpose: bytes, ids: bytes) -> bytes:
    return hmac.digest(_key(settings.SECRET_KEY), purpose + b"\0" + ids, "sha256")[:_MAC]


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    """A key for this use alone."""
    return hmac.digest(secret.encode(), b"collegium.core.mail.mailings.tokens", "sha256")
