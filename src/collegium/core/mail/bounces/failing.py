"""What a mail server meant when it did not take a letter: that nobody is there, or that it would not at present."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..reading import Bounce, Failure

# RFC 3463. About the address: nobody is there (5.1.x), the mailbox is shut (5.2.1, 5.7.13), it is somebody else's by
# now (5.7.17), its domain leads nowhere (5.4.4). Of 5.1.x two are about the sender, which is us.
HARD = re.compile(r"5\.(?:1\.(?!7$|8$)\d+|2\.1|4\.4|7\.13|7\.17)")
VAGUE = re.compile(r"5\.0\.\d+|")
# Without such a code, or with one that says nothing, the answer of SMTP (RFC 5321, 4.2.3): no such mailbox, moved,
# name not allowed. The others are about room, the letter or the policy of the house.
HARD_ANSWERS = {"550", "551", "553"}
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
ANSWER = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")
_NAMES = re.compile(r"[^\s<>\"'(),;:=]+@(?=[^\s<>\"'(),;:]+)")
LONGEST, LOOKED_AT = 200, 1_000


class Failed(NamedTuple):
    """A letter that was not delivered: for good or for now, the code of RFC 3463, and the server's words."""

    is_hard: bool
    status: str
    said: str


def failed_of(report: Bounce, recipient: str) -> Failed | None:
    """What a report says of our letter; None where it only says that the letter is late, or arrived.

    Of several readers it is the one it went to. A report may name another, to whom the mail of this one is passed on:
    the letter did not arrive all the same.
    """
    failures = [one for one in report.failures if _is_final(one)]
    mine = [one for one in failures if one.recipient == recipient] or failures
    return _meant(mine[0].status, mine[0].diagnostic) if mine else None


def failed_at_relay(code: int, words: str, *, is_of_letter: bool = False) -> Failed:
    """What our relay's answer to the reader's address says, or to the letter: then it is seldom about the address."""
    found = STATUS.search(words)
    status = found[1] if found else ""
    failed = _meant(status, f"{code} {words}")
    return failed._replace(is_hard=False) if is_of_letter and VAGUE.fullmatch(status) else failed


def without_names(words: str) -> str:
    """A server's words without the names in addresses; of very many words the first."""
    told = " ".join(words[: 10 * LOOKED_AT].split())
    if len(told) > LOOKED_AT:
        # A word cut in two could be the beginning of a name.
        told = told[:LOOKED_AT].rpartition(" ")[0]
    return _NAMES.sub("…@", told)[:LONGEST]


def _is_final(failure: Failure) -> bool:
    return failure.action == "failed"


def _meant(status: str, said: str) -> Failed:
    if VAGUE.fullmatch(status) and (found := STATUS.search(said)):
        status = found[1]
    if VAGUE.fullmatch(status):
        answer = ANSWER.search(said)
        # A server of few words that has given up means that nobody is there.
        return Failed(answer is None or answer[1] in HARD_ANSWERS, status, without_names(said))
    return Failed(bool(HARD.fullmatch(status)), status, without_names(said))
