"""What comes back of a group's letters: counted against the address, heeded as a complaint, harmless if forged."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.access.queries import admits
from collegium.core.mail.actions import KEPT_BACK, hand_over, send_letter
from collegium.core.mail.bounces.envelopes import LETTER, MAILING, Sent, envelope
from collegium.core.mail.bounces.models import AddressHealth, Bounce, Complaint
from collegium.core.mail.mailings import tokens
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.models import Delivery, Letter, Mailing
from collegium.core.mail.tests.bouncing import address_of, bounce, come_back, complaint, report, suspend
from collegium.core.mail.tests.sink import sink
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import Level, Notification
from collegium.core.notices.queries import level_of
from collegium.core.people.actions import verify_address
from collegium.core.trail.models import Event

from .factories import make_answer, make_topic

pytestmark = pytest.mark.django_db
OURS = "mx.peers.example"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def relay(settings, cast):
    """In production, with a relay of the test, at the moment of the cast."""
    settings.MODE = "production"
    settings.MAIL_DOMAIN = "peers.example"
    settings.MAIL_AUTHSERV_ID = OURS
    settings.BASE_URL = "https://peers.example"
    EmailAddress.objects.update(verified=True)
    with sink() as found, time_machine.travel(cast.at, tick=False):
        settings.MAIL_RELAY = found.relay
        yield found


def tell_all() -> None:
    """Of what was said and what was stopped: the making of the cast is told by letters of its own."""
    ProcrastinateJob.objects.all().delete()
    for event in Event.objects.order_by("pk"):
        if event.name.startswith(("topic.", "letters.")):
            wake(event.pk)


def post(cast) -> Mailing:
    """A topic of the peer, told by letter to the others."""
    make_topic(cast, title=f"Reserves {Mailing.objects.count()}")
    tell_all()
    return Mailing.objects.order_by("-pk")[0]


def readers(relay) -> list[str]:
    return sorted(to.partition("@")[0] for to, _letter in relay.letters)


def of(mailing: Mailing, person) -> Sent:
    return Sent(MAILING, mailing.pk, address_of(person).pk)


def points(person) -> int:
    return AddressHealth.objects.filter(address__user=person).values_list("points", flat=True).first() or 0


# --- bounces


def test_a_bounce_counts_against_the_address_it_went_to(cast, relay):
    mailing = post(cast)
    Office(timezone.now).send_due()
    envelopes = {to: letter["Message-ID"] for to, letter in relay.letters}
    assert len(envelopes) == 2
    came = come_back(of(mailing, cast.leaver), report("leaver@reef.example"), at=cast.at)
    assert (came.state, came.reason) == ("recorded", "bounce")
    found = AddressHealth.objects.get()
    assert (found.address.user, found.points, found.status, found.said) == (
        cast.leaver,
        2,
        "5.1.1",
        "550 5.1.1 no such user",
    )


def test_a_report_that_names_somebody_else_counts_for_the_token_alone(cast):
    mailing = post(cast)
    come_back(of(mailing, cast.leaver), report("colleague@harbour.example"), at=cast.at)
    assert (points(cast.leaver), points(cast.colleague)) == (2, 0)


@pytest.mark.parametrize("local", ["b-" + "0" * 40, "cfos", "cfos-owner", "nobody", "r-" + "0" * 40])
def test_a_report_without_our_token_counts_for_nothing(cast, local):
    post(cast)
    came = come_back(local, report("leaver@reef.example"), at=cast.at)
    assert (came.state, came.reason, Bounce.objects.count()) == ("recorded", "unknown_bounce", 0)


def test_a_token_of_an_answer_is_no_envelope(cast):
    mailing = post(cast)
    for purpose in (tokens.ANSWER, tokens.STOP):
        come_back("b-" + tokens.write(purpose, cast.leaver.pk, mailing.pk), report("x@reef.example"), at=cast.at)
    assert Bounce.objects.count() == 0


def test_a_replayed_report_counts_once(cast):
    mailing = post(cast)
    for day in range(5):
        raw = report("leaver@reef.example", said=f"550 5.1.1 no such user, day {day}")
        come_back(of(mailing, cast.leaver), raw, at=cast.at + day * DAY)
    assert (points(cast.leaver), Bounce.objects.count()) == (2, 1)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "", "<b>"])
def test_what_is_late_or_arrived_counts_for_nothing(cast, action):
    came = come_back(of(post(cast), cast.leaver), report("leaver@reef.example", action=action), at=cast.at)
    expected = "late" if action else "bounce"  # one that does not say is one that failed
    assert (came.reason, Bounce.objects.exists()) == (expected, not action)


def test_a_server_with_words_of_its_own_is_understood(cast):
    message = EmailMessage()
    message["From"], message["To"] = "MAILER-DAEMON@far.example", "us@peers.example"
    message["Subject"] = "failure notice"
    message.set_content(
        "Hi. This is the qmail-send program at far.example.\nI'm afraid I wasn't able to deliver your message to the "
        "following addresses.\n\n<leaver@reef.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        "--- Below this line is a copy of the message.\n\nSubject: x\n"
    )
    come_back(of(post(cast), cast.leaver), message.as_bytes(), at=cast.at)
    assert points(cast.leaver) == 2


def test_an_out_of_office_answer_to_the_envelope_is_no_bounce(cast):
    message = EmailMessage()
    message["From"], message["Subject"] = "leaver@reef.example", "Out of office"
    message["Auto-Submitted"] = "auto-replied"
    message.set_content("Back on Monday.")
    came = come_back(of(post(cast), cast.leaver), message.as_bytes(), at=cast.at)
    assert (came.state, came.reason, Bounce.objects.count()) == ("recorded", "automatic", 0)


# --- refused by the relay


def test_an_address_the_relay_refuses_counts_like_one_that_comes_back(cast, relay):
    relay.refusals["RCPT"] = "550 5.1.1 no such user"
    post(cast)
    Office(timezone.now).send_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"refused"}
    assert (points(cast.leaver), points(cast.colleague), Bounce.objects.count()) == (2, 2, 2)


def test_a_letter_refused_for_what_it_is_says_less_of_the_address(cast, relay):
    relay.refusals["DATA"] = "554 5.7.1 looks like spam"
    post(cast)
    Office(timezone.now).send_due()
    assert (points(cast.leaver), points(cast.colleague)) == (1, 1)


def test_what_the_relay_may_take_later_counts_for_nothing_yet(cast, relay):
    relay.refusals["RCPT"] = "450 4.2.1 later"
    post(cast)
    Office(timezone.now).send_due()
    assert (set(Delivery.objects.values_list("state", flat=True)), Bounce.objects.count()) == ({"waiting"}, 0)
    Delivery.objects.update(attempts=8)
    with time_machine.travel(cast.at + 3 * DAY, tick=False):
        Office(timezone.now).send_due()
    assert (set(Delivery.objects.values_list("state", flat=True)), points(cast.leaver)) == ({"refused"}, 1)


# --- a suspended address


def test_nothing_goes_to_a_suspended_address(cast, relay):
    suspend(cast.leaver, at=cast.at)
    post(cast)
    Office(timezone.now).send_due()
    assert readers(relay) == ["colleague"]
    assert Delivery.objects.get(person=cast.leaver).state == "unreachable"
    assert admits(cast.cfos.circle.audience_id, cast.leaver.pk, cast.at)


def test_another_verified_address_takes_its_place(cast, relay):
    suspend(cast.leaver, at=cast.at)
    verify_address(cast.leaver, email="kekoa@home.example", at=cast.at)
    post(cast)
    Office(timezone.now).send_due()
    assert readers(relay) == ["colleague", "kekoa"]


def test_an_address_nobody_verified_does_not_take_its_place(cast, relay):
    suspend(cast.leaver, at=cast.at)
    EmailAddress.objects.create(user=cast.leaver, email="somebody@else.example")
    post(cast)
    Office(timezone.now).send_due()
    assert readers(relay) == ["colleague"]


def test_suspended_between_saying_and_sending_gets_nothing(cast, relay):
    post(cast)
    suspend(cast.leaver, at=cast.at)
    Office(timezone.now).send_due()
    assert readers(relay) == ["colleague"]


CODE = {"code": "BCDF-GHJK", "minutes": 15}
TOLD = {"subject": "x", "to": "cfos@peers.example", "reason": ""}


def test_a_code_somebody_asks_for_goes_to_a_suspended_address_and_other_letters_do_not(cast):
    suspend(cast.leaver, at=cast.at)
    code = send_letter("account.login_code", to="leaver@reef.example", context=CODE, at=cast.at)
    other = send_letter("mail.refused", to="Leaver@reef.example", context=TOLD, at=cast.at)
    assert (code.to, code.refused) == ("leaver@reef.example", "")
    assert (other.refused, other.subject, other.text, other.html) == (KEPT_BACK, "", "", "")
    verify_address(cast.leaver, email="kekoa@home.example", at=cast.at)
    moved = send_letter("mail.refused", to="leaver@reef.example", context=TOLD, at=cast.at)
    assert (moved.to, moved.refused) == ("kekoa@home.example", "")


def test_a_letter_never_moves_to_somebody_whose_address_it_was_before(cast):
    """The old row is suspended and its owner has another; the address is a successor's by now."""
    suspend(cast.leaver, at=cast.at)
    EmailAddress.objects.filter(user=cast.leaver).update(email="office@reef.example", verified=False)
    verify_address(cast.leaver, email="kekoa@home.example", at=cast.at)
    EmailAddress.objects.create(user=cast.newcomer, email="office@reef.example", verified=True)
    assert send_letter("mail.refused", to="office@reef.example", context=TOLD, at=cast.at).to == "office@reef.example"


# --- single letters


def test_a_single_letter_has_its_own_envelope_and_counts(cast, relay):
    letter = send_letter("mail.refused", to="Leaver@reef.example", context=TOLD, at=cast.at)
    hand_over(letter.pk, at=cast.at)
    [(_to, sent)] = relay.letters
    assert sent["From"] == "Council <office@council.example>"
    come_back(Sent(LETTER, letter.pk, 0), report("leaver@reef.example"), at=cast.at)
    assert (points(cast.leaver), Bounce.objects.get().of) == (2, LETTER)


def test_a_single_letter_the_relay_refuses_counts(cast, relay):
    relay.refusals["RCPT"] = "550 5.1.1 no such user"
    letter = send_letter("account.login_code", to="leaver@reef.example", context=CODE, at=cast.at)
    hand_over(letter.pk, at=cast.at)
    assert (points(cast.leaver), Letter.objects.get().refused) == (2, "SMTPRecipientsRefused 550")


def test_a_letter_that_is_forgotten_counts_for_nothing(cast):
    came = come_back(Sent(LETTER, 999_999, 0), report("leaver@reef.example"), at=cast.at)
    assert (came.reason, Bounce.objects.count()) == ("late", 0)


# --- who writes from it is there


def letter_from(by: str, *, proved: bool) -> bytes:
    message = EmailMessage()
    if proved:
        message["Authentication-Results"] = f"{OURS}; dmarc=pass header.from={by.rpartition('@')[2]}"
    message["From"], message["To"], message["Subject"] = by, "cfos@peers.example", "Reserves?"
    message.set_content("How much?")
    return message.as_bytes()


@pytest.mark.parametrize("proved", [True, False])
def test_a_proved_letter_from_it_takes_a_suspended_address_up(cast, proved):
    address = suspend(cast.leaver, at=cast.at)
    come_back("cfos", letter_from("leaver@reef.example", proved=proved), at=cast.at + DAY)
    health = AddressHealth.objects.get(pk=address.pk)
    assert (health.suspended_at is None, health.points) == (proved, 0 if proved else 6)
    assert Event.objects.filter(name="address.recovered").count() == proved


def test_letters_go_again_once_it_is_taken_up(cast, relay):
    suspend(cast.leaver, at=cast.at)
    come_back("nobody", letter_from("leaver@reef.example", proved=True), at=cast.at + DAY)
    post(cast)
    Office(timezone.now).send_due()
    assert readers(relay) == ["colleague", "leaver"]
    bounce(address_of(cast.leaver), 5, at=cast.at + 2 * DAY)
    assert points(cast.leaver) == 2


# --- complaints


def test_a_complaint_stops_the_letters_of_that_group_alone(cast):
    mailing = post(cast)
    came = come_back(of(mailing, cast.leaver), complaint(), at=cast.at)
    assert (came.state, came.reason) == ("recorded", "complaint")
    levels = [level_of(cast.leaver.pk, group.pk, group.default_level) for group in (cast.cfos, cast.membership)]
    assert levels == [Level.NOTHING, cast.membership.default_level]
    found = Complaint.objects.get()
    assert (found.person, found.place_id, found.feedback, found.has_stopped) == (
        cast.leaver,
        cast.cfos.pk,
        "abuse",
        True,
    )
    assert admits(cast.cfos.circle.audience_id, cast.leaver.pk, cast.at)
    assert not AddressHealth.objects.exists()


def test_the_person_is_told_in_the_house_and_nobody_else(cast):
    come_back(of(post(cast), cast.leaver), complaint(), at=cast.at)
    tell_all()
    told = Notification.objects.filter(notice="mail.LettersStopped")
    assert list(told.values_list("person", "entry")) == [(cast.leaver.pk, cast.cfos.pk)]
    event = Event.objects.get(name="letters.stopped")
    assert (event.actor, event.facts) == (None, {"complaint": Complaint.objects.get().pk})


@pytest.mark.parametrize("where", ["mail_from", "Return_Path", "List_Unsubscribe"])
def test_a_complaint_is_matched_by_what_it_brings_back(cast, where):
    """A feedback loop sends all of them to one address."""
    mailing = post(cast)
    token = envelope(of(mailing, cast.leaver))
    if where == "List_Unsubscribe":
        stop = "u-" + tokens.write(tokens.STOP, cast.leaver.pk, mailing.pk)
        token = f"https://peers.example{reverse('letters:stop', args=[stop[2:]])}>, <mailto:{stop}@peers.example"
    value = token if where == "mail_from" else f"<{token}>"
    came = come_back("complaints", complaint(**{where: value}), at=cast.at)
    assert came.reason == "complaint"
    assert level_of(cast.leaver.pk, cast.cfos.pk, cast.cfos.default_level) == Level.NOTHING


def test_a_forged_complaint_stops_nothing(cast):
    post(cast)
    forged = "u-" + "0" * 40
    came = come_back("complaints", complaint(List_Unsubscribe=f"<mailto:{forged}@peers.example>"), at=cast.at)
    assert (came.reason, Complaint.objects.count()) == ("unknown_complaint", 0)


def test_a_complaint_comes_once(cast):
    mailing = post(cast)
    for feedback in ("abuse", "fraud"):
        come_back(of(mailing, cast.leaver), complaint(feedback=feedback), at=cast.at)
    assert (Complaint.objects.count(), Event.objects.filter(name="letters.stopped").count()) == (1, 1)


def test_who_hears_nothing_already_is_not_told_again(cast):
    first, second = post(cast), post(cast)
    come_back(of(first, cast.leaver), complaint(), at=cast.at)
    come_back(of(second, cast.leaver), complaint(feedback="other"), at=cast.at)
    assert list(Complaint.objects.order_by("pk").values_list("has_stopped", flat=True)) == [True, False]
    assert Event.objects.filter(name="letters.stopped").count() == 1


def test_letters_of_ones_own_sign_in_are_never_stopped(cast):
    letter = send_letter("account.login_code", to="leaver@reef.example", context=CODE, at=cast.at)
    come_back(Sent(LETTER, letter.pk, 0), complaint(), at=cast.at)
    assert list(Complaint.objects.values_list("person", "kind", "has_stopped")) == [
        (cast.leaver.pk, "account.login_code", False)
    ]


def test_a_complaint_about_an_answer_is_not_about_the_topic(cast):
    """It is what the link in the letter does: the group's letters stop."""
    topic = make_topic(cast)
    make_answer(cast, topic)
    tell_all()
    mailing = Mailing.objects.order_by("-pk")[0]
    come_back(of(mailing, cast.peer), complaint(), at=cast.at)
    assert Complaint.objects.get().place_id == cast.cfos.pk
