"""Letters on their way: handed to the relay, tried again later where it had no time, forgotten in the end."""

from contextlib import suppress

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from .actions import ATTEMPTS, forget_old_letters, hand_over
from .bounces.actions import forget_bounces
from .digests.writing import write_due
from .incoming.handling import forget_letters, give_up, handle_letter, handle_next
from .mailings.forgetting import forget_deliveries
from .probes import actions as probes
from .relay import NotNow

# 4 s, 16 s, 64 s, … 4.5 hours: the last attempt comes some six hours after the first.
AGAIN = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4, retry_exceptions=[NotNow])


@app.task(queue="letters", retry=AGAIN)
def send(letter_id: int) -> None:
    """Hand one letter to the relay; may run twice, sends once."""
    hand_over(letter_id, at=timezone.now())


# 10 s, 100 s, 17 minutes: what fails then fails for a reason that somebody has to look at.
TRIES = 4


@app.task(queue="letters", retry=RetryStrategy(max_attempts=TRIES, exponential_wait=10), pass_context=True)
def handle(context: JobContext, incoming_id: int) -> None:
    """Handle one letter that came in, and then more of those that wait; may run twice, acts once."""
    try:
        handle_letter(incoming_id, at=timezone.now())
    except Exception:
        if context.job.attempts + 1 >= TRIES:
            give_up(incoming_id, at=timezone.now())
        raise
    # Whatever goes wrong with another is said and counted by its own job, which it has again.
    with suppress(Exception):
        for _another in range(AT_ONCE - 1):
            if not handle_next(handle.name, "incoming_id", at=timezone.now()):
                break


# What a queue does around a job costs more than half a letter. Not many in a run: others have jobs too.
AT_ONCE = 20


@app.periodic(cron="*/15 * * * *")
@app.task(queue="letters", pass_context=False)
def write_digests(timestamp: int) -> None:
    """Each quarter of an hour, as no time zone begins between: write the digests of those whose hour has come."""
    write_due(at=timezone.now())


@app.periodic(cron="17 3 * * *")
@app.task(queue="house", pass_context=False)
def forget(timestamp: int) -> None:
    """Each night: forget letters of long ago."""
    forget_old_letters(at=timezone.now())
    forget_letters(at=timezone.now())
    forget_deliveries(at=timezone.now())
    forget_bounces(at=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(queue="letters", pass_context=False)
def try_addresses(timestamp: int) -> None:
    """Each hour: try suspended addresses, and take up those from which nothing came back."""
    probes.recover_tried(at=timezone.now())
    probes.try_addresses(at=timezone.now())
