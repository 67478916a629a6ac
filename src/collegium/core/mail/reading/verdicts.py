"""What our own server found out about a letter's sender: Authentication-Results (RFC 8601), read by its grammar.

Only the topmost field with exactly our server's name counts; a sender can write any other. A `pass` is one for the
domain of the one From address and for no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .addresses import ascii_domain

RESULTS = {"pass", "fail", "none", "temperror", "permerror", "bestguesspass"}
MAX_VALUE = 8_000
TOKEN = re.compile(r'\s+|\((?:[^()\\]|\\.)*\)|"((?:[^"\\]|\\.)*)"|([^\s()";=]+)|([;=])|(.)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """DMARC's result (`none` where our server gave none) and the domain it is about."""

    result: str = "none"
    domain: str | None = None

    @property
    def passed(self) -> bool:
        return self.result == "pass"


def verdict_of(fields: tuple[str, ...], authserv_id: str, sender: str | None) -> Verdict:
    """The verdict of our own server on the domain of the sender."""
    for value in fields:
        tokens = _tokens(value[:MAX_VALUE])
        statements = _statements(tokens)
        if statements and authserv_id and statements[0][:1] == [authserv_id.lower()]:
            return _verdict(statements, sender)
    return Verdict()


def _tokens(value: str) -> list[str]:
    """Words and the marks `;` and `=`, without blanks and comments; nested comments too."""
    before = None
    while before != value and "(" in value:
        before, value = value, re.sub(r"\([^()\\]*(?:\\.[^()\\]*)*\)", " ", value, count=200)
    found = []
    for match in TOKEN.finditer(value):
        if match[1] is not None:
            found.append(re.sub(r"\\(.)", r"\1", match[1]).lower())
        elif word := match[2] or match[3] or match[4]:
            found.append(word.lower())
    return found


def _statements(tokens: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for word in tokens:
        if word == ";":
            found.append([])
        else:
            found[-1].append(word)
    return found


def _verdict(statements: list[list[str]], sender: str | None) -> Verdict:
    # A version may follow the server's name; one that is not 1 is a grammar nobody here knows.
    if statements[0][1:] not in ([], ["1"]):
        return Verdict("permerror")
    about = [one for one in statements[1:] if one[:1] == ["dmarc"] or one[:1] == ["dmarc/1"]]
    if not about:
        return Verdict()
    if len(about) > 1:
        return Verdict("permerror")
    words = about[0]
    result = words[2] if len(words) > 2 and words[1] == "=" else "permerror"
    domain = _property(words[3:], "header.from")
    if result not in RESULTS:
        return Verdict("permerror", domain)
    ours = sender is not None and domain is not None and sender.rpartition("@")[2] == domain
    if result == "pass" and not ours:
        return Verdict("permerror", domain)
    return Verdict(result, domain)


def _property(words: list[str], name: str) -> str | None:
    for at in range(len(words) - 2):
        if words[at] == name and words[at + 1] == "=":
            return ascii_domain(words[at + 2].rpartition("@")[2])
    return None
