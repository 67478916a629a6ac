"""What rooms tell of the calls they make: their kinds, what can be answered, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from collegium.core.access.registry import Registry

if TYPE_CHECKING:
    from collegium.core.people.models import Person

    from .models import Answer, Call, Extension, RollRow


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers: its name, how it reads on a button and in a list, and whether it asks for words."""

    name: str
    label: Any
    given: Any
    needs_words: bool = False
    # How it is drawn: a kind of the component `state`.
    state: str = "done"


def _nothing(*_args: Any, **_words: Any) -> None:
    return None


def _answered_here(call: Call) -> str | None:
    return None


def _unbound(call: Call) -> str:
    return ""


def _shown_elsewhere(call: Call) -> Shown | None:
    return None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is asked about, as pages of the call show it: a template, and what it is told as `shown`."""

    template: str
    told: Any


@dataclass(frozen=True, slots=True)
class CallKind:
    """A kind of call, registered by its room under its name.

    `act` is the kind of mandate it needs (`people.Mandate.Act`). What is `hidden_until_close` nobody but the addressee
    sees before. A `one_person_one_row` kind refuses whoever answers in a second row. `most_extensions` bounds how often
    the date may be moved. A kind `is_elsewhere` where answers are given on another page (`address`). Where it `binds`
    an answer to a text by its hash, who answers says which one they saw, and the answer keeps it; `shows` is that text.

    `check(call, row, choice, facts, at)` may raise Refused before an answer; `answered(answer, before, at)`,
    `withdrawn(answer, by, at)`, `opened(call, at)`, `closed(call, at)`, `cancelled(call, at)` and `extended(extension)`
    run in the transaction of the deed; `check_open(call, at)` before a call is announced, `check_ruling(call, row,
    kind)` before a ruling.
    """

    name: str
    label: Any
    act: str
    choices: tuple[Choice, ...]
    hidden_until_close: bool = False
    takes_words: bool = True
    can_be_withdrawn: bool = True
    one_person_one_row: bool = False
    most_extensions: int | None = None
    address: Callable[[Call], str | None] = _answered_here
    binds: Callable[[Call], str] = _unbound
    shows: Callable[[Call], Shown | None] = _shown_elsewhere
    check: Callable[[Call, RollRow, str, dict[str, Any], datetime], None] = _nothing
    check_open: Callable[[Call, datetime], None] = _nothing
    check_ruling: Callable[[Call, RollRow, str], None] = _nothing
    answered: Callable[[Answer, Answer | None, datetime], None] = _nothing
    withdrawn: Callable[[Answer, Person, datetime], None] = _nothing
    opened: Callable[[Call, datetime], None] = _nothing
    closed: Callable[[Call, datetime], None] = _nothing
    cancelled: Callable[[Call, datetime], None] = _nothing
    extended: Callable[[Extension], None] = _nothing

    def choice(self, name: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.name == name), None)


# name -> dotted path of its CallKind
call_kinds = Registry("kind of call")


def kind_of(name: str) -> CallKind:
    """The kind of this name; ImproperlyConfigured if no room made it."""
    found: CallKind = call_kinds.get(name)
    return found
