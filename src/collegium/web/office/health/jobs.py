"""The checks, run by a worker: each night, and when somebody of the team asks."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from collegium.core.access.errors import Refused
from collegium.core.access.registry import checks

from .actions import ask_for_check, begin_checks, finish_checks, note_check


@app.periodic(cron="47 3 * * *")
@app.task(queue="house", pass_context=False)
def ask_nightly(timestamp: int) -> None:
    """Each night."""
    with suppress(Refused):  # somebody is having it checked
        ask_for_check(viewer=None, at=timezone.now())


@app.task(queue="house")
def check_house(run_id: int) -> None:
    """Run all checks of one run, noting each as it is done; begun twice, it goes on where it was."""
    run = begin_checks(run_id)
    if run is None:
        return
    for name in checks.names()[run.done :]:
        note_check(run, name=name, sentences=[str(sentence) for sentence in checks.get(name)()])
    finish_checks(run, at=timezone.now())
