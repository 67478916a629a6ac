"""A notice goes by letter to whoever wants it so, once, and never for what another letter brings them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.groups import actions as groups
from collegium.core.mail.mailings import tokens
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.models import Delivery, Mailing
from collegium.core.mail.tests.sink import sink
from collegium.core.notices import actions as notices
from collegium.core.notices.jobs import wake
from collegium.core.notices.models import Notification
from collegium.core.people import actions as people
from collegium.core.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def relay(settings, cast):
    """A relay of the test, at the moment of the cast; nobody waits to be told of how the cast came to be."""
    settings.MODE = "production"
    settings.MAIL_DOMAIN = "peers.example"
    settings.BASE_URL = "https://peers.example"
    ProcrastinateJob.objects.all().delete()
    with sink() as relay, time_machine.travel(cast.at, tick=False):
        settings.MAIL_RELAY = relay.relay
        settings.DEFAULT_FROM_EMAIL = relay.relay.sender
        yield relay


def ask_to_join(cast) -> Any:
    """The newcomer asks to join the counsels, which has no officer: the council's team is told."""
    return groups.request_to_join(
        cast.counsels, tenure=cast.tenures["newcomer"], note="", viewer=cast.viewer("newcomer"), at=cast.at
    )


def tell() -> None:
    for job in list(ProcrastinateJob.objects.filter(task_name=wake.name).order_by("pk")):
        wake(**job.args)
    ProcrastinateJob.objects.all().delete()


def send() -> int:
    return Office(timezone.now).send_due()


def readers(relay: Any) -> list[str]:
    return sorted(to.partition("@")[0] for to, _letter in relay.letters)


def text(letter: Any) -> str:
    return str(letter.get_body(("plain",)).get_content()).replace("\r\n", "\n")


def test_it_goes_once_to_each_who_is_told(cast, relay):
    ask_to_join(cast)
    tell()
    wake(Event.objects.get(name="join_request.made").pk)
    assert (send(), send(), readers(relay)) == (2, 0, ["second_staff", "staff"])


def test_it_says_what_the_bell_says_and_leads_there(cast, relay):
    ask_to_join(cast)
    tell()
    send()
    [letter] = [letter for to, letter in relay.letters if to.startswith("staff@")]
    mailing = Mailing.objects.get()
    stop = tokens.write(tokens.STOP, cast.staff.pk, mailing.pk)
    assert letter["Subject"] == "Nadia Brook asks to join · General Counsels"
    assert (letter["From"], letter["Reply-To"]) == ("Council of Islands <office@council.example>", None)
    assert letter["List-Unsubscribe"] == (
        f"<https://peers.example/letters/{stop}/stop/>, <mailto:u-{stop}@peers.example>"
    )
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Message-ID"] == f"<notice-{mailing.pk}@peers.example>"
    assert "https://peers.example/groups/counsels/" in text(letter)
    assert f"/letters/{stop}/stop/" in text(letter)


def test_who_switched_its_letters_off_hears_the_bell_alone(cast, relay):
    notices.switch_letter_off("groups.JoinRequested", by=cast.staff)
    ask_to_join(cast)
    tell()
    send()
    assert readers(relay) == ["second_staff"]
    assert Notification.objects.filter(notice="groups.JoinRequested").count() == 2


def test_who_switched_the_bell_off_gets_the_letter_alone(cast, relay):
    notices.switch_off("groups.JoinRequested", by=cast.staff)
    ask_to_join(cast)
    tell()
    tell()
    send()
    assert readers(relay) == ["second_staff", "staff"]
    assert list(Notification.objects.values_list("person", flat=True)) == [cast.second_staff.pk]


def test_what_goes_on_request_goes_to_who_asked_for_it(cast, relay):
    groups.name_officer(
        cast.cfos, tenure=cast.tenures["peer"], role="vice_chair", viewer=cast.viewer("staff"), at=cast.at
    )
    ProcrastinateJob.objects.all().delete()
    change = {"viewer": cast.viewer("colleague"), "at": cast.at}
    groups.change_holding(cast.cfos, holding="everybody", held_at_first=3, **change)
    tell()
    assert send() == 0
    notices.switch_letter_on("groups.HoldingChanged", by=cast.peer)
    groups.change_holding(cast.cfos, holding="nothing", held_at_first=3, **change)
    tell()
    assert (send(), readers(relay)) == (1, ["peer"])


def test_what_is_statutory_goes_through_everything_and_cannot_be_stopped(cast, relay):
    request = ask_to_join(cast)
    tell()
    send()
    relay.letters.clear()
    notices.choose_level(cast.counsels.entry, level="nothing", by=cast.newcomer)
    groups.decline_request(request, reason="Not now.", viewer=cast.viewer("staff"), at=cast.at)
    tell()
    send()
    [(to, letter)] = relay.letters
    assert to.startswith("newcomer@")
    assert (letter["List-Unsubscribe"], letter["List-Unsubscribe-Post"]) == (None, None)
    assert "it cannot be switched off" in text(letter)


def test_what_has_a_letter_of_its_own_has_no_second_one(cast, relay):
    groups.suspend_person(
        cast.cfos,
        person=cast.leaver,
        reason="A reason.",
        until=cast.at + timedelta(days=3),
        viewer=cast.viewer("staff"),
        at=cast.at,
    )
    tell()
    assert Notification.objects.filter(notice="groups.PersonSuspended").count() == 1
    assert not Mailing.objects.exists()


def test_whoever_may_not_see_it_any_more_gets_nothing(cast, relay):
    ask_to_join(cast)
    tell()
    cast.counsels.entry.audience_id = cast.ceos.circle.audience_id
    cast.counsels.entry.save(update_fields=["audience_id"])
    assert send() == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {"dropped"}


def test_whose_tenure_ended_before_it_was_sent_gets_nothing_that_would_be_told_no_more(cast, relay):
    board = cast.board.entry
    Mailing.objects.create(
        kind="groups.JoinRequested", event=Event.objects.latest("pk"), entry=board, at=cast.at
    ).deliveries.create(person=cast.staff, due_at=cast.at, at=cast.at)
    people.end_tenure(cast.tenures["staff"], last_day=date(2026, 5, 4), by=cast.second_staff, at=cast.at)
    with time_machine.travel(cast.at + timedelta(days=2), tick=False):
        assert send() == 0


def test_what_nobody_would_be_told_of_any_more_is_not_sent(cast, relay):
    """A notice is asked again whom it is for, when its letter is composed."""
    from collegium.core.groups.notices import JoinRequested

    ask_to_join(cast)
    tell()
    before, JoinRequested.recipients = JoinRequested.recipients, classmethod(lambda cls, event: [])
    try:
        assert send() == 0
    finally:
        JoinRequested.recipients = before
    assert set(Delivery.objects.values_list("state", flat=True)) == {"dropped"}


def test_a_group_without_content_in_letters_says_only_that_there_is_something(cast, relay):
    cast.counsels.is_content_free = True
    cast.counsels.save(update_fields=["is_content_free"])
    ask_to_join(cast)
    tell()
    send()
    for _to, letter in relay.letters:
        assert "Nadia" not in letter.as_string()
        assert letter["Subject"] == "There is something new for you · General Counsels"
