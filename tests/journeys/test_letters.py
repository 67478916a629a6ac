"""A question by letter, its answer by letter, its acceptance on the web, through a real mail server all the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from collegium.core.mail.models import Incoming
from collegium.rooms.discussions.models import HeldPost, Post, Topic

from . import then, when
from .mailroom import Mailroom, link_in, mailroom
from .postfix import VERIFIER
from .scene import Scene

GROUP = "cfos@peers.example"
PEER, COLLEAGUE, LEAVER = "peer@lagoon.example", "colleague@harbour.example", "leaver@reef.example"


@pytest.fixture
def post(scene: Scene, settings: Any) -> Iterator[Mailroom]:
    """Everybody has entered a code from their address."""
    EmailAddress.objects.update(verified=True)
    with mailroom(settings) as found:
        yield found


def test_a_question_goes_round_by_letter_and_its_answer_is_accepted_on_the_web(scene: Scene, post: Mailroom):
    post.somebody_writes(PEER, GROUP, "How long do you keep ledgers?", "Ours go after *ten* years. Yours?\n\n-- \nInes")
    came = post.the_house_takes_a_letter()
    assert (came.state, came.return_path) == ("posted", PEER)
    letters = post.the_house_sends(letters=2)
    assert set(letters) == {COLLEAGUE, LEAVER}
    question = letters[COLLEAGUE]
    assert question["From"] == "Ines Okafor · Chief Financial Officers <cfos@peers.example>"
    assert question["Reply-To"] != letters[LEAVER]["Reply-To"]
    assert "Ours go after *ten* years" in question.get_body(("plain",)).get_content()

    post.somebody_answers(question, COLLEAGUE, "Seven, as the auditors want it.")
    answered = post.the_house_takes_a_letter()
    assert (answered.state, answered.person) == ("posted", scene.cast.colleague)
    letters = post.the_house_sends(letters=2)
    assert set(letters) == {PEER, LEAVER}
    for letter in letters.values():
        assert letter["Subject"].startswith("Re: ")
        assert question["Message-ID"] in letter["References"]
        assert "> Ours go after" not in letter.get_body(("plain",)).get_content()

    topic = Topic.objects.get()
    peer = scene.reader("peer")
    peer.open(f"/topics/{topic.pk}/?from=1")
    then.they_read_in_order(
        peer,
        ("Ines Okafor", "Ours go after ten years. Yours?"),
        ("Tomasz Halloran", "Seven, as the auditors want it."),
    )
    when.they_accept_the_answer_of(peer, "Tomasz Halloran")
    then.the_accepted_answer_is_by(peer, "Tomasz Halloran")
    when.the_worker_has_told_everybody()
    colleague = scene.reader("colleague")
    colleague.open("/")
    when.they_read_their_notices(colleague)
    colleague.says("Ines Okafor accepts your answer")


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
    import smtplib

    for is_proved in (True, False):
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            post.somebody_writes(PEER, "somebody@elsewhere.example", "Hello", "Hello.", proved=is_proved)
