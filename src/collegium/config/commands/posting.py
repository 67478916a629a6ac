"""The process of `serve` for letters: it sends whatever is due, as soon as it is, and takes in what comes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.utils import timezone

from collegium.core.mail.incoming.receiving import receiver
from collegium.core.mail.mailings import claiming
from collegium.core.mail.mailings.choosing import CHANNEL
from collegium.core.mail.mailings.posting import Office
from collegium.core.mail.relay import NotNow, takes_letters

log = structlog.get_logger()

# Who waits for a page comes before who waits for a letter.
NICENESS = 5
# How long to wait at most before looking again, whoever forgot to call; before asking again whether
# the sender before us is gone; and between attempts at a relay that is away.
LONGEST_WAIT = 60.0
UNTIL_FIRST = 5.0
PAUSES = (1.0, 5.0, 15.0, 60.0)
# How often the wish to stop is looked for: a signal interrupts no wait of the database's.
STEP = 1.0
# One of the house's advisory locks, held by whoever sends: the first of them may take back all that was claimed.
SENDING = 0x1E77E2


def post() -> None:
    """Send letters until told to stop."""
    os.nice(NICENESS)
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: asked.append(number))
    with receiving():
        Sender(asked).run()


@contextmanager
def receiving() -> Iterator[None]:
    """Take letters in for the time; without it where the door cannot be opened, so that letters still go out."""
    door = settings.MAIL_DOOR
    controller = receiver(door.host, door.port, protocol=door.protocol)
    try:
        controller.start()
    except (OSError, TimeoutError) as trouble:
        log.error("letters cannot come in", door=f"{door.host}:{door.port}", trouble=str(trouble))
        yield
        return
    try:
        yield
    finally:
        controller.stop()
        controller.handler.close()


class Sender:
    """Waits for a call or the next due moment, then sends; backs off while the relay is away."""

    def __init__(self, asked: list[int]) -> None:
        self.asked = asked
        self.office = Office(timezone.now)
        self.failures = 0
        self.is_first = False

    def run(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        while not self.asked:
            self._wait(self._round())

    def _round(self) -> float:
        """Send what is due; returns after how many seconds to look again unless called."""
        if not takes_letters():
            return LONGEST_WAIT
        try:
            claiming.take_back_abandoned(at=timezone.now(), all_of_them=self._becomes_first())
            self.office.send_due(stop=lambda: bool(self.asked))
        except NotNow:
            pause = PAUSES[min(self.failures, len(PAUSES) - 1)]
            self.failures += 1
            self._sleep(pause)
            return 0.0
        self.failures = 0
        return self._until_next()

    def _becomes_first(self) -> bool:
        """Asked each time: the database may see a little later than we that the sender before us is dead."""
        if self.is_first:
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [SENDING])
            self.is_first = cursor.fetchone()[0]
        return self.is_first

    def _until_next(self) -> float:
        due = claiming.next_due()
        until = (due - timezone.now()) / timedelta(seconds=1) if due else LONGEST_WAIT
        return min(max(until, 0.0), LONGEST_WAIT if self.is_first else UNTIL_FIRST)

    def _wait(self, seconds: float) -> None:
        """Until somebody calls, the time is over or we are to stop."""
        raw: Any = connection.connection
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            if list(raw.notifies(timeout=min(left, STEP), stop_after=1)):
                return

    def _sleep(self, seconds: float) -> None:
        """Without listening: calls do not bring a relay back sooner."""
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            with suppress(InterruptedError):
                time.sleep(min(left, STEP))
