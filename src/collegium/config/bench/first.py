"""How long the first letter of a post is under way: from the form through all processes."""

from __future__ import annotations

import base64
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from collegium.config.bench.crowds import crowd, spoken_in
from collegium.config.bench.load import Request
from collegium.config.bench.serving import exchange, served
from collegium.config.bench.sink import Sink, open_sink
from collegium.config.bench.visitors import Door, Visitor, sign_in
from collegium.core.mail.models import Delivery
from collegium.core.people.models import Tenure
from collegium.rooms.discussions.models import Topic

READERS, POSTS = 1_000, 5
PATIENCE = 60.0  # seconds; far more than it takes
A_MOMENT = 0.02


def measured(port: int, *, tell: Callable[[str], object], afterwards: Callable[[], object]) -> dict[str, Any]:
    """Seconds from the answer to a post until its first letter is at the relay, of POSTS posts to READERS members.

    `afterwards` starts the database again, which the server takes down with it.
    """
    tell("Waiting for first letters …")
    [topic], tenure = spoken_in()
    log = Path(settings.DATA) / "serve-letters.log"
    with crowd("listener", READERS, topic), open_sink() as sink:
        try:
            with served(port, log, SMTP_URL=f"smtp://localhost:{sink.port}"):
                _post(port, topic, tenure, sink)  # templates and statements are ready from here on
                waits = [_post(port, topic, tenure, sink) for _number in range(POSTS)]
        finally:
            afterwards()
    return {"readers": READERS, "posts": POSTS, "middle": statistics.median(waits), "slowest": max(waits)}


def _post(port: int, topic: Topic, tenure: Tenure, sink: Sink) -> float:
    """An answer by the form on the topic's page, and how long until its first letter came; ends when all have come."""
    writer = Visitor(tenure.person, sign_in(tenure.person), topic.group, (), ())
    planned = Door(port).posting(writer, topic.pk)
    request = Request(base64.b64decode(planned["wire"]), planned["status"], planned["turn"])
    sink.begin()
    status = exchange(request.sent(0), port).status
    answered = time.monotonic()
    if status != request.status:
        raise click.ClickException(f"The answer was met with {status} instead of {request.status}.")
    _until(lambda: sink.first_at, "no letter of the answer came")
    _until(lambda: not _waiting(), "letters of the answer are left")
    return sink.first_at - answered


def _waiting() -> bool:
    return Delivery.objects.filter(state__in=[Delivery.State.WAITING, Delivery.State.CLAIMED]).exists()


def _until(holds: Callable[[], object], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise click.ClickException(f"After {PATIENCE:g} s {otherwise}.")
        time.sleep(A_MOMENT)
