"""The coverage map put together: which rows and columns are shown, their cells and their totals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from collegium.core.access.viewers import Viewer
from collegium.core.groups.queries import coverage
from collegium.core.groups.queries.coverage import Cell, State

from ...together import Row

# In the order in which bars are drawn: what is well first.
ORDER = (State.HELD, State.INTERIM, State.LAPSED, State.VACANT)


class Mark(StrEnum):
    """What may be missing where a seat is filled, or in doubt where it is recorded."""

    UNCONFIRMED = "unconfirmed"
    BARRED = "barred"
    SUSPENDED = "suspended"
    UNDERTAKING = "undertaking"


def is_marked(cell: Cell, mark: str) -> bool:
    """Whether a cell has the mark; `barred` is either reason for not reading."""
    if mark == Mark.UNCONFIRMED:
        return cell.is_unconfirmed
    return bool(cell.bar) if mark == Mark.BARRED else cell.bar == mark


@dataclass(frozen=True)
class Totals:
    """How many cells of each state, and how many of them with a mark; `of` is how many there are."""

    held: int = 0
    interim: int = 0
    lapsed: int = 0
    vacant: int = 0
    unconfirmed: int = 0
    barred: int = 0

    @property
    def of(self) -> int:
        return self.held + self.interim + self.lapsed + self.vacant

    @property
    def filled(self) -> int:
        return self.held + self.interim

    def parts(self) -> list[tuple[State, int]]:
        return [(state, getattr(self, state)) for state in ORDER]


# The fields of `Totals`, and which of them a cell's rank counts for.
_COUNTED = ("held", "interim", "lapsed", "vacant", "unconfirmed", "barred")
_PLACE = {1: 0, 2: 1, 3: 2, 4: 2, 5: 2, 6: 3}


@dataclass
class Map:
    """Organizations are rows and groups columns; `cells` by both ids. Totals are of what is shown."""

    organizations: list[Row]
    groups: list[Row]
    cells: dict[tuple[int, int], Cell]
    at: datetime
    by_organization: dict[int, Totals] = field(default_factory=dict)
    by_group: dict[int, Totals] = field(default_factory=dict)
    totals: Totals = field(default_factory=Totals)

    def __post_init__(self) -> None:
        rows: dict[int, list[int]] = defaultdict(lambda: [0] * len(_COUNTED))
        columns: dict[int, list[int]] = defaultdict(lambda: [0] * len(_COUNTED))
        for cell in self.cells.values():
            row, column, place = rows[cell.organization_id], columns[cell.group_id], _PLACE[cell.rank]
            row[place] += 1
            column[place] += 1
            if cell.is_unconfirmed:
                row[-2] += 1
                column[-2] += 1
            if cell.bar:
                row[-1] += 1
                column[-1] += 1
        self.by_organization = {key: Totals(*counts) for key, counts in rows.items()}
        self.by_group = {key: Totals(*counts) for key, counts in columns.items()}
        self.totals = Totals(*map(sum, zip(*rows.values(), strict=True)))

    def of(self, organization: Row, group: Row) -> Cell | None:
        return self.cells.get((organization["id"], group["id"]))


def the_map(viewer: Viewer, organizations: list[Row], chosen: dict[str, str]) -> Map:
    """The map narrowed to what was chosen: four queries more than the organizations took.

    With a state or a mark only cells that have it remain, and only rows and columns that have one. Without it an
    organization stays for as long as any group of the council's could concern it.
    """
    rows = [row for row in organizations if _fits(row, chosen)]
    columns = [row for row in coverage.groups(viewer) if chosen.get("groups") in (None, row["kind"])]
    found = coverage.cells([row["id"] for row in rows], [row["id"] for row in columns], viewer.at)
    state, mark = chosen.get("state"), chosen.get("mark")
    wanted = [cell for cell in found if state in (None, cell.state) and (mark is None or is_marked(cell, mark))]
    cells = {(cell.organization_id, cell.group_id): cell for cell in wanted}
    concerned = {organization for organization, _group in cells}
    used = {group for _organization, group in cells}
    return Map(
        [row for row in rows if row["id"] in concerned],
        [row for row in columns if row["id"] in used],
        cells,
        viewer.at,
    )


def _fits(row: Row, chosen: dict[str, str]) -> bool:
    wanted = {"specialty": row["specialty"], "standing": row["status"], "kind": row["kind"]}
    return all(chosen.get(name) in (None, value) for name, value in wanted.items())
