"""The past tenses of the house, who is woken by them, and the jobs that run by the clock."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from collegium.core.access.registry import Registry


@dataclass(frozen=True, slots=True)
class Past:
    """A kind of event: its name and the sentence that tells it, with `{actor}` and, if it names them, `{facts}`."""

    name: str
    sentence: Any


_pasts: dict[str, Past] = {}


def past(name: str, sentence: Any) -> Past:
    """Declare a kind of event, in a room's `events.py`; ImproperlyConfigured if the name is taken."""
    if name in _pasts:
        raise ImproperlyConfigured(f"event {name!r} is declared twice")
    _pasts[name] = Past(name, sentence)
    return _pasts[name]


def pasts() -> dict[str, Past]:
    """All kinds of events, by name."""
    return dict(_pasts)


# Called with each recorded event, in its transaction:
# `wakers.register("notices", "collegium.core.notices.jobs.wake_for")`.
wakers = Registry("waker")

# Jobs run by the clock; importing them is what the worker needs.
periodic = Registry("periodic job")
