"""The columns of a roster, however their headings are spelt, and what its cells may say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.entries.text import fold

from ..models import Tenure
from ..rules import EARLIEST_YEAR, LATEST_YEAR, check_told

# column -> the headings it goes by, folded; the first is the one of our own exports and of the template.
COLUMNS: dict[str, tuple[str, ...]] = {
    "society": ("society", "organization", "organisation", "member society", "society name", "acronym"),
    "function": ("function", "role", "seat"),
    "name": ("name", "full name", "person"),
    "first_name": ("first name", "given name", "forename"),
    "last_name": ("last name", "family name", "surname"),
    "email": ("e-mail", "email", "mail", "e-mail address", "email address"),
    "title": ("title", "job title", "position"),
    "capacity": ("capacity", "holds as"),
    "leadership": ("staff or volunteer", "leadership", "staff/volunteer"),
    "starts_on": ("first day", "starts on", "start date", "start", "from", "since"),
    "last_day": ("last day", "ends on", "end date", "end", "until", "to"),
    "credentials": ("credentials", "degrees", "suffix"),
}
# Of our own exports and of the template, in this order.
WRITTEN = tuple("society function name email title capacity leadership starts_on last_day credentials".split())
LONGEST = {"title": 150, "name": 150, "credentials": 60, "email": 254}

CAPACITIES = {
    "": Tenure.Capacity.HOLDER,
    "holder": Tenure.Capacity.HOLDER,
    "interim": Tenure.Capacity.INTERIM,
    "acting": Tenure.Capacity.INTERIM,
    "deputy": Tenure.Capacity.DEPUTY,
}
LEADERSHIPS = {
    "": Tenure.Leadership.STAFF,
    "staff": Tenure.Leadership.STAFF,
    "volunteer": Tenure.Leadership.VOLUNTEER,
    "volunteer leader": Tenure.Leadership.VOLUNTEER,
}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")


class Cell(Refused):
    """What is wrong with one cell: its column, and the reason for the person."""

    def __init__(self, column: str, reason: object) -> None:
        super().__init__(reason)
        self.column = column


def column_of(heading: str) -> str | None:
    """The column a heading means; None for one that is not known."""
    said = " ".join(fold(heading).replace("_", " ").split()).rstrip(":*")
    return next((column for column, spellings in COLUMNS.items() if said in spellings), None)


def heading_of(column: str) -> str:
    return COLUMNS[column][0].capitalize() if column in COLUMNS else column


def day_in(column: str, text: str) -> date | None:
    """A day written as 2026-11-25; None for an empty cell. Raises Cell for anything else: 3/4 is two days."""
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3])) if match else _not_a_day(column, text)
    except ValueError:
        return _not_a_day(column, text)
    _check_year(column, day)
    return day


def _check_year(column: str, day: date) -> None:
    """Other systems write 9999-12-31 where no end is known."""
    try:
        check_told(day)
    except Refused as refusal:
        words = _("Leave this empty where no end is known: a last day is between the years %(first)d and %(last)d.")
        years = {"first": EARLIEST_YEAR, "last": LATEST_YEAR}
        raise Cell(column, words % years if column == "last_day" else refusal.reason) from refusal


def _not_a_day(column: str, text: str) -> date:
    raise Cell(column, _("“%(text)s” is not a day: write it as 2026-11-25.") % {"text": text[:40]})


def choice_in(column: str, text: str, choices: Mapping[str, str]) -> str:
    """The choice a word stands for. Raises Cell for another word."""
    found = choices.get(fold(text).strip())
    if found is None:
        words = ", ".join(word for word in choices if word)
        raise Cell(column, _("“%(text)s” is none of: %(words)s.") % {"text": text[:40], "words": words})
    return found
