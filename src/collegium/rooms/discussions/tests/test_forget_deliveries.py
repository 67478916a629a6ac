"""What became of each letter to a group is forgotten after a time, and what its answers refer to stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from collegium.core.mail.mailings import forgetting
from collegium.core.mail.mailings.forgetting import forget_deliveries
from collegium.core.mail.models import Delivery, Incoming, Mailing
from collegium.core.mail.waiting import letters_that_stand_still, waiting_in, waiting_out
from collegium.core.notices.jobs import wake
from collegium.core.trail.models import Event

from .factories import make_topic

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def mailing(cast) -> Mailing:
    """A post of the peer, waiting to go to two others."""
    make_topic(cast)
    wake(Event.objects.get(name="topic.opened").pk)
    found = Mailing.objects.get(event__name="topic.opened", kind="discussions.posts")
    Mailing.objects.filter(pk=found.pk).update(at=cast.at)
    Delivery.objects.exclude(mailing=found).delete()
    Delivery.objects.update(at=cast.at, due_at=cast.at)
    return found


def test_what_is_done_is_forgotten_after_the_time_that_is_set_and_the_mailing_stays(cast, mailing, settings):
    Delivery.objects.update(state="sent")
    assert forget_deliveries(at=cast.at + 90 * DAY - timedelta(minutes=1)) == 0
    settings.MAIL_SENT_KEPT_FOR_DAYS = 30
    assert forget_deliveries(at=cast.at + 31 * DAY) == 2
    assert (Delivery.objects.count(), Mailing.objects.filter(pk=mailing.pk).exists()) == (0, True)
    assert forget_deliveries(at=cast.at + 31 * DAY) == 0


@pytest.mark.parametrize("state", ["sent", "dropped", "unreachable", "refused", "in_digest"])
def test_each_state_that_is_an_end_is_forgotten(cast, mailing, state):
    Delivery.objects.update(state=state)
    assert forget_deliveries(at=cast.at + 91 * DAY) == 2


@pytest.mark.parametrize("state", ["waiting", "claimed", "gathered"])
def test_what_has_not_ended_stays(cast, mailing, state):
    Delivery.objects.update(state=state)
    assert (forget_deliveries(at=cast.at + 91 * DAY), Delivery.objects.count()) == (0, 2)


def test_what_ended_late_is_kept_from_then(cast, mailing):
    Delivery.objects.update(state="sent", at=cast.at + 2 * DAY)
    assert [forget_deliveries(at=cast.at + days * DAY) for days in (91, 93)] == [0, 2]


def test_it_goes_batch_by_batch_and_not_for_ever(cast, mailing, monkeypatch):
    Delivery.objects.update(state="sent")
    monkeypatch.setattr(forgetting, "BATCH", 1)
    assert forget_deliveries(at=cast.at + 91 * DAY) == 2
    assert Delivery.objects.count() == 0


def test_of_one_run_there_is_an_end(cast, mailing, monkeypatch):
    Delivery.objects.update(state="sent")
    monkeypatch.setattr(forgetting, "BATCH", 1)
    monkeypatch.setattr(forgetting, "MOST", 1)
    assert [forget_deliveries(at=cast.at + 91 * DAY) for _night in range(3)] == [1, 1, 0]


# --- standing still


def test_letters_that_are_due_for_long_stand_still(mailing, settings):
    settings.MODE = "production"
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=50))
    assert (waiting_out().letters, list(letters_that_stand_still())) == (2, [])
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=70))
    assert [sentence[:16] for sentence in letters_that_stand_still()] == ["2 letters to gro"]
    Delivery.objects.update(due_at=timezone.now() + timedelta(minutes=70))
    assert waiting_out().letters == 0


def test_a_demonstration_keeps_letters_and_none_of_them_waits(mailing, settings):
    settings.MODE, settings.MAIL_RELAY = "demo", None
    Delivery.objects.update(due_at=timezone.now() - timedelta(days=70))
    assert (waiting_out().letters, list(letters_that_stand_still())) == (0, [])


def test_letters_that_came_in_and_wait_for_long_stand_still(db):
    Incoming.objects.create(to="a@b.example", digest="", received_at=timezone.now() - timedelta(minutes=70))
    assert (waiting_in().letters, waiting_in().minutes) == (1, 70)
    assert list(letters_that_stand_still()) == [
        "1 letter that came in waits to be handled, for more than an hour.",
    ]
