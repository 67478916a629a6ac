"""A question by letter, its answer, its acceptance on the web, a digest: through a real mail server all the way."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from collegium.core.mail import jobs
from collegium.core.mail.models import Delivery, Incoming
from collegium.core.notices import actions as notices
from collegium.core.people.models import Person
from collegium.rooms.discussions.models import HeldPost, Post, Topic

from . import then, when
from .mailroom import Mailroom, link_in, mailroom
from .postfix import VERIFIER
from .scene import Scene

GROUP = "cfos@peers.example"
PEER, COLLEAGUE, LEAVER = "peer@lagoon.example", "colleague@harbour.example", "leaver@reef.example"
# When digests of a day come, on the day after that of the scene.
TOMORROW = datetime(2026, 5, 6, 7, 5, tzinfo=UTC)


@pytest.fixture
def post(scene: Scene, settings: Any) -> Iterator[Mailroom]:
    """Everybody has entered a code from their address, and has had the letters of the day before."""
    when.the_worker_has_told_everybody()
    Delivery.objects.all().delete()
    EmailAddress.objects.update(verified=True)
    with mailroom(settings) as found:
        yield found


def says(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def a_digest_is_wanted(scene: Scene) -> None:
    """The leaver wants the finance officers' letters once a day."""
    Person.objects.filter(pk=scene.cast.leaver.pk).update(time_zone="UTC")
    notices.choose_level(scene.cast.cfos.entry, level="daily", by=scene.cast.leaver)


def test_a_question_and_its_answer_by_letter_are_accepted_on_the_web_and_a_third_reads_of_it_in_a_digest(
    scene: Scene, post: Mailroom
):
    a_digest_is_wanted(scene)
    post.somebody_writes(PEER, GROUP, "How long do you keep ledgers?", "Ours go after *ten* years. Yours?\n\n-- \nInes")
    came = post.the_house_takes_a_letter()
    assert (came.state, came.return_path) == ("posted", PEER)
    question = post.the_house_sends(letters=1)[COLLEAGUE]
    assert question["From"] == "Ines Okafor · Chief Financial Officers <cfos@peers.example>"
    assert "Ours go after *ten* years" in says(question)

    post.somebody_answers(question, COLLEAGUE, "Seven, as the auditors want it.")
    answered = post.the_house_takes_a_letter()
    assert (answered.state, answered.person) == ("posted", scene.cast.colleague)
    answer = post.the_house_sends(letters=1)[PEER]
    assert answer["Subject"].startswith("Re: ")
    assert question["Message-ID"] in answer["References"]
    assert "> Ours go after" not in says(answer)

    peer = scene.reader("peer")
    peer.open(f"/topics/{Topic.objects.get().pk}/?from=1")
    then.they_read_in_order(
        peer,
        ("Ines Okafor", "Ours go after ten years. Yours?"),
        ("Tomasz Halloran", "Seven, as the auditors want it."),
    )
    when.they_accept_the_answer_of(peer, "Tomasz Halloran")
    then.the_accepted_answer_is_by(peer, "Tomasz Halloran")
    assert "Ines Okafor accepts your answer" in says(post.the_house_sends(letters=1)[COLLEAGUE])

    when.the_clock_moves(scene, TOMORROW)
    jobs.write_digests(timestamp=0)
    digest = post.the_house_sends(letters=1)[LEAVER]
    assert digest["Subject"].endswith(": 2 messages")
    for words in ("How long do you keep ledgers?", "Ours go after", "Seven, as the auditors want it."):
        assert words in says(digest)


def test_a_verdict_that_somebody_else_wrote_proves_nothing_and_an_officer_decides_from_the_letter(
    scene: Scene, post: Mailroom
):
    forged = f"{VERIFIER}; dmarc=pass header.from=lagoon.example"
    post.somebody_writes(PEER, GROUP, "Pay this", "To the account below.", proved=False, Authentication_Results=forged)
    came = post.the_house_takes_a_letter()
    assert (came.state, came.reason, Post.objects.count()) == ("held", "unproved", 0)
    assert VERIFIER.encode() + b"; dmarc" not in bytes(Incoming.objects.get(pk=came.pk).raw)

    letters = post.the_house_sends(letters=1)
    officer = scene.stranger()
    officer.open(link_in(letters[COLLEAGUE], "/held/by-letter/"))
    officer.says("whether it is from whom it says could not be proved")
    officer.page.get_by_label("Your words").fill("Ines says she did not write this.")
    officer.press("Do not publish it")
    officer.says("It is not published")
    assert (HeldPost.objects.get().state, Post.objects.count()) == ("refused", 0)


def test_the_mail_server_carries_letters_to_the_house_and_for_it_alone(scene: Scene, post: Mailroom):

    for is_proved in (True, False):
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            post.somebody_writes(PEER, "somebody@elsewhere.example", "Hello", "Hello.", proved=is_proved)
