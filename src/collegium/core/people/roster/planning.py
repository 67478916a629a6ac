"""What each line of a roster would do, worked out without doing it: new, changed, unchanged, or refused and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.entries.text import fold

from ..models import Tenure
from .columns import Cell
from .meaning import Meant, meaning
from .present import Held, Present
from .reading import Line

A_DAY = timedelta(days=1)
LEADING = (Tenure.Capacity.HOLDER, Tenure.Capacity.INTERIM)


class Outcome(models.TextChoices):
    """What a line comes to."""

    REFUSED = "refused", gettext_lazy("Refused")
    NEW = "new", gettext_lazy("New")
    CHANGED = "changed", gettext_lazy("Changed")
    UNCHANGED = "unchanged", gettext_lazy("Unchanged")


class Do(models.TextChoices):
    """What is done for a line."""

    PERSON = "person", gettext_lazy("register the person")
    TENURE = "tenure", gettext_lazy("begin the tenure")
    CAPACITY = "capacity", gettext_lazy("change the capacity")
    CORRECT = "correct", gettext_lazy("correct the title")
    END = "end", gettext_lazy("end the tenure")
    ADDRESS = "address", gettext_lazy("propose the address to the person")


@dataclass(frozen=True)
class Deed:
    """One thing to do, and in words what it changes."""

    do: str
    was: str = ""
    becomes: str = ""


@dataclass
class Planned:
    """A line, what it comes to, and what is to be done for it."""

    number: int
    outcome: str
    deeds: list[Deed] = field(default_factory=list)
    reason: str = ""
    column: str = ""
    note: str = ""
    meant: Meant | None = None
    tenure: Held | None = None


def planned(lines: Iterable[Line], registry: Present, *, proposes: bool = True) -> Iterator[Planned]:
    """What each line comes to, in the order of the file; an address of somebody known is proposed if `proposes`."""
    given = [_read(line, registry) for line in lines]
    meant = [line for line in given if isinstance(line, Meant)]
    judge = _Judge(registry, proposes, _ends(meant, registry))
    for line in given:
        yield line if isinstance(line, Planned) else judge.judged(line)


def _read(line: Line, registry: Present) -> Meant | Planned:
    try:
        return meaning(line, registry)
    except Cell as refusal:
        return Planned(line.number, Outcome.REFUSED, reason=str(refusal.reason), column=refusal.column)


def _ends(lines: Iterable[Meant], registry: Present) -> dict[int, date]:
    """The last day the file gives to tenures that are known, each by its own line: a former tenure frees no seat."""
    ends: dict[int, date] = {}
    said = set()
    for meant in lines:
        # A line that is refused ends nothing.
        if meant.last_day is None or meant.says in said:
            continue
        said.add(meant.says)
        with suppress(Cell):
            tenure = _told_of(meant, registry)
            if tenure is not None and tenure.lasts_on(meant.last_day):
                ends[tenure.pk] = min(meant.last_day, ends.get(tenure.pk, meant.last_day))
    return ends


# --- what it comes to


class _Judge:
    """Compares lines with the registry and with the lines before them."""

    def __init__(self, registry: Present, proposes: bool, ends: dict[int, date]) -> None:
        self.registry = registry
        self.proposes = proposes
        self.ends = ends
        self.said: dict[tuple[object, ...], int] = {}
        self.people: dict[str, Meant] = {}
        self.begun: dict[tuple[int, int], list[Meant]] = {}
        self.proposed: set[tuple[int, str]] = set()

    def judged(self, meant: Meant) -> Planned:
        try:
            return self._judged(meant)
        except Cell as refusal:
            reason = str(refusal.reason)
            return Planned(meant.number, Outcome.REFUSED, reason=reason, column=refusal.column, meant=meant)

    def _judged(self, meant: Meant) -> Planned:
        seat = (meant.place.pk, meant.function.pk)
        if (before := self.said.setdefault(meant.says, meant.number)) != meant.number:
            raise Cell("function", _("Line %(number)s says this already.") % {"number": before})
        tenure = _told_of(meant, self.registry)
        if tenure is None:
            return self._begins(meant, seat)
        deeds = [*_changes(meant, tenure), *self._proposed(meant)]
        outcome = Outcome.CHANGED if deeds else Outcome.UNCHANGED
        return Planned(meant.number, outcome, deeds=deeds, meant=meant, tenure=tenure)

    def _begins(self, meant: Meant, seat: tuple[int, int]) -> Planned:
        """A tenure that is not known yet, of a person who may not be known either; never on the council's own team."""
        if meant.place.is_council:
            raise Cell("society", _("Nobody joins the council's own team by a file: begin their tenure in the office."))
        if meant.last_day and meant.starts_on is None and meant.last_day < meant.place.today:
            raise Cell("starts_on", _("Nothing is known of a tenure that ended then: give its first day."))
        self._check_free(meant, seat)
        deeds = [Deed(Do.TENURE, becomes=_period(meant.begins, meant.last_day))]
        if meant.person is None:
            first = self.people.setdefault(meant.email, meant)
            if fold(first.name) != fold(meant.name):
                raise Cell("email", _("Line %(number)s gives this address to another name.") % {"number": first.number})
            if first is meant:
                deeds.insert(0, Deed(Do.PERSON, becomes=meant.name))
        self.begun.setdefault(seat, []).append(meant)
        return Planned(meant.number, Outcome.NEW, deeds=[*deeds, *self._proposed(meant)], meant=meant)

    def _proposed(self, meant: Meant) -> list[Deed]:
        """Another address for somebody known: an import only proposes it, and of several lines only the first."""
        if not self.proposes or meant.person is None or not meant.email:
            return []
        proposal = (meant.person.pk, meant.email)
        if meant.email in self.registry.by_address or proposal in self.registry.proposed or proposal in self.proposed:
            return []
        self.proposed.add(proposal)
        return [Deed(Do.ADDRESS, becomes=meant.email)]

    def _check_free(self, meant: Meant, seat: tuple[int, int]) -> None:
        """A seat that admits one holder is free from the line's first day, also by what the file itself ends."""
        if not meant.function.single_holder or (meant.capacity or Tenure.Capacity.HOLDER) not in LEADING:
            return
        for held in self.registry.held.get(seat, []):
            ends = self.ends.get(held.pk, held.last_day)
            lasts = ends is None or ends >= meant.begins
            if held.capacity in LEADING and lasts and (meant.last_day is None or held.starts_on <= meant.last_day):
                raise Cell(
                    "starts_on",
                    _("%(name)s holds this seat then. Give the last day of that tenure in a line of its own.")
                    % {"name": held.person.name},
                )
        for other in self.begun.get(seat, []):
            if (other.capacity or Tenure.Capacity.HOLDER) in LEADING and _overlap(meant, other):
                raise Cell("starts_on", _("Line %(number)s gives this seat away.") % {"number": other.number})


def _overlap(one: Meant, other: Meant) -> bool:
    return (one.last_day is None or other.begins <= one.last_day) and (
        other.last_day is None or one.begins <= other.last_day
    )


def _told_of(meant: Meant, registry: Present) -> Held | None:
    """The tenure the line tells of, if it is known. Raises Cell for one that began on another day."""
    there = registry.held.get((meant.place.pk, meant.function.pk), [])
    return _same(meant, [held for held in there if held.person == meant.person])


def _same(meant: Meant, mine: list[Held]) -> Held | None:
    if meant.starts_on is None:
        today = meant.place.today
        if meant.last_day and meant.last_day < today:
            return next((held for held in mine if held.last_day == meant.last_day), None)
        return next((held for held in mine if held.lasts_on(today)), None)
    for held in mine:
        if held.starts_on == meant.starts_on:
            return _goes_on(held, mine)
    for held in mine:
        overlaps = held.lasts_on(meant.starts_on) and (meant.last_day is None or held.starts_on <= meant.last_day)
        if overlaps:
            reason = _("This tenure began on %(day)s; an import does not change a first day.")
            raise Cell("starts_on", reason % {"day": held.starts_on.isoformat()})
    return None


def _goes_on(held: Held, mine: list[Held]) -> Held:
    """The tenure as it is now: where the capacity changed, another follows it the next day."""
    for other in sorted(mine, key=lambda one: one.starts_on):
        if held.last_day is not None and other.starts_on == held.last_day + A_DAY:
            held = other
    return held


def _changes(meant: Meant, tenure: Held) -> list[Deed]:
    deeds = []
    title, leadership = meant.title or tenure.title, meant.leadership or tenure.leadership
    if (title, leadership) != (tenure.title, tenure.leadership):
        was, becomes = f"{tenure.title} ({tenure.leadership})", f"{title} ({leadership})"
        if leadership == tenure.leadership:
            was, becomes = tenure.title, title
        deeds.append(Deed(Do.CORRECT, was, becomes))
    if meant.capacity and meant.capacity != tenure.capacity:
        if not tenure.lasts_on(meant.place.today):
            raise Cell("capacity", _("This tenure has ended; its capacity is not changed any more."))
        deeds.append(Deed(Do.CAPACITY, tenure.capacity, meant.capacity))
    if meant.last_day and meant.last_day != tenure.last_day:
        if not tenure.lasts_on(meant.last_day):
            raise Cell("last_day", _("This tenure ends earlier; record a new tenure instead of prolonging it."))
        deeds.append(
            Deed(Do.END, _period(tenure.starts_on, tenure.last_day), _period(tenure.starts_on, meant.last_day))
        )
    return deeds


def _period(first: date, last: date | None) -> str:
    return f"{first.isoformat()} – {last.isoformat() if last else '…'}"
