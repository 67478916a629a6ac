"""A registered letter whose files are missing or broken fails at start; nothing else sends mail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

import collegium
from collegium.core.mail import checks
from collegium.core.mail.registry import LetterKind, letters

LOST = LetterKind("account.lost", "Lost")
SOURCE = Path(collegium.__file__).parent
# The one module that speaks to a relay, and the tests' own relay.
# Single letters, letters to many, a demonstration reader's answer, and the loop that is measured beside ours.
SENDERS = {
    "core/mail/relay.py",
    "core/mail/mailings/composing.py",
    "core/mail/incoming/rehearsing.py",
    "config/bench/letters.py",
    # Brings letters to our own door, to be measured.
    "config/bench/receiving.py",
    # Writes a group's conversations down as a mailbox; nothing of it is sent.
    "rooms/archives/giving/letters.py",
}


@pytest.fixture
def registered(monkeypatch):
    """Register a letter for the time of a test."""

    def register(name: str, path: str) -> None:
        monkeypatch.setitem(letters._paths, name, path)

    monkeypatch.setattr(letters, "_things", dict(letters._things))
    return register


def test_every_letter_of_the_house_is_whole():
    assert list(checks.problems()) == []
    call_command("check", tags=["house"], verbosity=0)


def test_a_letter_without_its_files_fails_at_start(registered):
    registered("account.lost", f"{__name__}.LOST")
    assert list(checks.problems()) == [
        "letter 'account.lost' lacks its file account/mails/lost/subject.txt",
        "letter 'account.lost' lacks its file account/mails/lost/body.txt",
        "letter 'account.lost' lacks its file account/mails/lost/body.html",
    ]
    with pytest.raises(SystemCheckError, match="lacks its file"):
        call_command("check", tags=["house"], verbosity=0)


def test_a_letter_that_is_nowhere_or_named_otherwise_fails_at_start(registered):
    registered("account.gone", "collegium.web.account.letters.GONE")
    registered("account.renamed", "collegium.web.account.letters.LOGIN_CODE")
    assert list(checks.problems()) == [
        "letter 'account.gone' points at collegium.web.account.letters.GONE, which is not there",
        "letter 'account.renamed' is registered with the kind 'account.login_code'",
    ]


def test_nothing_else_in_the_house_sends_mail():
    wanted = re.compile(
        r"\bsend_mail\(|\bmail_(admins|managers)\(|EmailMessage\(|EmailMultiAlternatives\(|smtplib\.SMTP\("
    )
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts and wanted.search(path.read_text().replace("def send_mail(", ""))
    }
    assert found == SENDERS
