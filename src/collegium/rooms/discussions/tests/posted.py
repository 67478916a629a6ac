"""Telling of what was said and sending it, in tests: a relay, the jobs, the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import time_machine
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.core.mail.digests.writing import write_due
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.tests.sink import Sink, sink
from collegium.core.notices.jobs import wake
from collegium.core.trail.models import Event


@contextmanager
def a_relay(settings: Any) -> Iterator[Sink]:
    """A relay of the test, in a house that sends."""
    settings.MODE = "production"
    settings.MAIL_DOMAIN = "peers.example"
    settings.BASE_URL = "https://peers.example"
    with sink() as relay:
        settings.MAIL_RELAY = relay.relay
        settings.DEFAULT_FROM_EMAIL = relay.relay.sender
        yield relay


def tell_all(*, at: datetime, names: tuple[str, ...] = ("topic.", "post.")) -> None:
    """Tell of everything that was said and not told before, at a moment."""
    ProcrastinateJob.objects.all().delete()
    with time_machine.travel(at, tick=False):
        for pk, name in Event.objects.order_by("pk").values_list("pk", "name"):
            if name.startswith(names):
                wake(pk)


def send(*, at: datetime) -> int:
    """Write the digests that are due at a moment and send whatever is; returns how many letters went."""
    with time_machine.travel(at, tick=False):
        write_due(at=timezone.now())
        return Office(timezone.now).send_due()


def letters_to(relay: Sink, who: str) -> list[Any]:
    """The letters to somebody of the cast."""
    return [letter for to, letter in relay.letters if to.startswith(f"{who}@")]


def text(letter: Any, kind: str = "plain") -> str:
    return str(letter.get_body((kind,)).get_content()).replace("\r\n", "\n")
