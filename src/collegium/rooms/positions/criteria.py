"""What is asked of an issue: the criteria as the council's preset holds them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

TEXT, CHOICE, SOCIETIES, DEADLINE = "text", "choice", "societies", "deadline"
_FILE = Path(__file__).parent / "presets" / "criteria.toml"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of the intake; an answer keeps it in the words in which it was asked."""

    slug: str
    kind: str
    required: bool
    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """All that is asked, how soon the council answers, and who of an affected society is told."""

    criteria: tuple[Criterion, ...]
    triage_working_days: int
    told: tuple[str, ...]

    def of_kind(self, *kinds: str) -> tuple[Criterion, ...]:
        return tuple(one for one in self.criteria if one.kind in kinds)


@cache
def intake() -> Intake:
    """Read once a process."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    criteria = tuple(
        Criterion(**{**row, "choices": tuple(row.get("choices", ()))})  # a row of the file has the fields of the class
        for row in table["criterion"]
    )
    return Intake(criteria, table["triage_working_days"], tuple(table["told"]))


def answered_by(day: date) -> date:
    """The day by which the council answers what was raised on a day; Saturdays and Sundays do not count."""
    left = intake().triage_working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
