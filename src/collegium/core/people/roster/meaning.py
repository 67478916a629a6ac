"""What a line of a roster says: its words replaced by the society, function and person they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from collegium.core.entries.text import fold

from ..models import Function
from .columns import CAPACITIES, LEADERSHIPS, LONGEST, Cell, choice_in, day_in
from .present import Known, Place, Present
from .reading import Line

Named = TypeVar("Named", Place, Function)


@dataclass
class Meant:
    """What a line says, its words replaced by what they stand for; an empty cell says nothing."""

    number: int
    place: Place
    function: Function
    person: Known | None
    name: str
    email: str
    title: str
    capacity: str
    leadership: str
    starts_on: date | None
    last_day: date | None
    credentials: str

    @property
    def who(self) -> tuple[str, object]:
        """The person, also one the house does not know yet."""
        return ("known", self.person.pk) if self.person else ("new", self.email)

    @property
    def says(self) -> tuple[object, ...]:
        """What a line says once: the seat, the person and the first day."""
        return (self.place.pk, self.function.pk, self.who, self.starts_on)

    @property
    def begins(self) -> date:
        return self.starts_on or self.place.today


def meaning(line: Line, registry: Present) -> Meant:
    """What the line says. Raises Cell for what it cannot mean."""
    cells = line.cells
    for column, text in cells.items():
        _check_cell(column, text)
    place, function = _place(cells.get("society", ""), registry), _function(cells.get("function", ""), registry)
    name = full_name(cells)
    email = _address(cells.get("email", ""))
    starts_on, last_day = day_in("starts_on", cells.get("starts_on", "")), day_in("last_day", cells.get("last_day", ""))
    told = [held.person for held in registry.held.get((place.pk, function.pk), []) if held.starts_on == starts_on]
    if starts_on and last_day and last_day < starts_on:
        raise Cell("last_day", _("A tenure cannot end before its first day."))
    return Meant(
        number=line.number,
        place=place,
        function=function,
        person=_person(name, email, place, registry, told),
        name=name,
        email=email,
        title=cells.get("title", ""),
        capacity=choice_in("capacity", cells["capacity"], CAPACITIES) if cells.get("capacity") else "",
        leadership=choice_in("leadership", cells["leadership"], LEADERSHIPS) if cells.get("leadership") else "",
        starts_on=starts_on,
        last_day=last_day,
        credentials=cells.get("credentials", ""),
    )


def full_name(cells: Mapping[str, str]) -> str:
    """The name as one, also where it stands in two columns."""
    return cells.get("name", "") or f"{cells.get('first_name', '')} {cells.get('last_name', '')}".strip()


def _check_cell(column: str, text: str) -> None:
    if text.startswith("="):
        raise Cell(column, _("This is a formula, not a value."))
    if len(text) > LONGEST.get(column, 200):
        raise Cell(column, _("This is longer than %(limit)s characters.") % {"limit": LONGEST.get(column, 200)})


def _called(column: str, said: str, registered: Mapping[str, list[Named]], *, missing: str, unknown: str) -> Named:
    """What the words of a cell stand for. Raises Cell where that is nothing, or not one alone.

    A slug in its own letters is nobody else's, and our exports write it; in other letters it is a word like an acronym.
    """
    if not said:
        raise Cell(column, missing)
    found = registered.get(fold(said).strip(), [])
    found = [one for one in found if one.slug == said.strip()] or found
    if not found:
        raise Cell(column, unknown % {"said": said[:80]})
    if len(found) > 1:
        names = ", ".join(one.slug for one in found)
        raise Cell(column, _("“%(said)s” may be: %(names)s.") % {"said": said[:80], "names": names})
    return found[0]


def _place(said: str, registry: Present) -> Place:
    missing, unknown = _("The society is missing."), _("No society is called “%(said)s”.")
    return _called("society", said, registry.places, missing=missing, unknown=unknown)


def _function(said: str, registry: Present) -> Function:
    missing, unknown = _("The function is missing."), _("There is no function “%(said)s”.")
    return _called("function", said, registry.functions, missing=missing, unknown=unknown)


def _address(said: str) -> str:
    email = said.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Cell("email", _("“%(email)s” is not an address.") % {"email": email[:80]}) from error
    return email


def _person(name: str, email: str, place: Place, registry: Present, told: list[Known]) -> Known | None:
    """Whom the line means: by the address, or else the only one of that name at the society.

    `told` are those who took the line's seat on the line's first day.
    """
    owner = registry.by_address.get(email) if email else None
    if owner is not None:
        if name and fold(owner.name).strip() != fold(name).strip():
            raise Cell("email", _("This address is %(name)s’s.") % {"name": owner.name})
        return owner
    named = registry.by_name.get((place.pk, fold(name).strip()), []) if name else []
    if email:
        named = [known for known in named if known in told] or _still_there(named, place, registry)
    if len(named) > 1:
        raise Cell("name", _("Several people of this society have this name: give the address."))
    if named:
        return named[0]
    if not name:
        raise Cell("name", _("The name is missing."))
    if not email:
        raise Cell("email", _("Nobody of this name is known there: a new person needs an address."))
    return None


def _still_there(named: list[Known], place: Place, registry: Present) -> list[Known]:
    """Whoever of that name has a seat there from today on; an address nobody has may be a new namesake's.

    Raises Cell if all have left: the line would give the seat, and propose the address, to one of them.
    """
    until = {known: registry.until[place.pk, known.pk] for known in named}
    there = [known for known, last_day in until.items() if last_day is None or last_day >= place.today]
    if named and not there:
        name, day = max((known.name, last_day.isoformat()) for known, last_day in until.items() if last_day)
        words = _(
            "%(name)s held a seat here until %(day)s: if this is the same person, give the address they sign in with; "
            "if it is somebody else, register them in the office first."
        )
        raise Cell("email", words % {"name": name, "day": day})
    return there
