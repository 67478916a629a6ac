"""Domains in other letters than ASCII: one domain in two spellings (IDNA 2008, RFC 5891), compared alike."""

from __future__ import annotations

import idna


def in_ascii(domain: str) -> str | None:
    """The domain as the name servers know it; None for what they cannot know."""
    if domain.isascii():
        return domain.lower()
    try:
        # As people write it: capitals, wide letters and dots of other scripts stand for the plain ones (UTS 46).
        return idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:
        return None


def in_letters(domain: str) -> str:
    """The domain as people read it."""
    try:
        return idna.decode(domain, uts46=True)
    except UnicodeError:
        return domain


def to_write_to(email: str) -> str | None:
    """The address as a mail server takes it.

    None where it cannot: a local part in other letters than ASCII would need every server on the way to know SMTPUTF8
    (RFC 6531), and no form of ours takes one.
    """
    local, _at, domain = email.rpartition("@")
    written = in_ascii(domain)
    return f"{local}@{written}" if local and local.isascii() and written else None


def spellings(email: str) -> list[str]:
    """The address with its domain in both spellings, whichever it is kept in."""
    local, at, domain = email.strip().rpartition("@")
    written = in_ascii(domain) or domain
    return [f"{local}{at}{one}" for one in dict.fromkeys((written, in_letters(written)))]
