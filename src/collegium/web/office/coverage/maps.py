"""The coverage map put together: which rows and columns are shown, their cells and their totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from collegium.core.access.viewers import Viewer
from collegium.core.groups.queries import coverage
from collegium.core.groups.queries.coverage import Cell, State

from ...together import Row

# In the order in which bars are drawn: what is well first.
ORDER = (State.HELD, State.INTERIM, State.LAPSED, State.VACANT)


@dataclass(frozen=True)
class Totals:
    """How many cells of each state; `of` is how many there are."""

    held: int = 0
    interim: int = 0
    lapsed: int = 0
    vacant: int = 0

    @property
    def of(self) -> int:
        return self.held + self.interim + self.lapsed + self.vacant

    @property
    def filled(self) -> int:
        return self.held + self.interim

    def parts(self) -> list[tuple[State, int]]:
        return [(state, getattr(self, state)) for state in ORDER]


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
        cells = list(self.cells.values())
        self.totals = _totals(cells)
        self.by_organization = _grouped(cells, "organization_id")
        self.by_group = _grouped(cells, "group_id")

    def of(self, organization: Row, group: Row) -> Cell | None:
        return self.cells.get((organization["id"], group["id"]))


def _totals(cells: Iterable[Cell]) -> Totals:
    counts = dict.fromkeys(ORDER, 0)
    for cell in cells:
        counts[cell.state] += 1
    return Totals(**{state.value: count for state, count in counts.items()})


def _grouped(cells: Iterable[Cell], by: str) -> dict[int, Totals]:
    parts: dict[int, list[Cell]] = {}
    for cell in cells:
        parts.setdefault(getattr(cell, by), []).append(cell)
    return {key: _totals(own) for key, own in parts.items()}


def the_map(viewer: Viewer, organizations: list[Row], chosen: dict[str, str]) -> Map:
    """The map narrowed to what was chosen: two queries more than the organizations took.

    With a state only cells in it remain, and only rows and columns that have one. Without it an organization stays for
    as long as any group of the council's could concern it.
    """
    rows = [row for row in organizations if _fits(row, chosen)]
    columns = [row for row in coverage.groups(viewer) if chosen.get("groups") in (None, row["kind"])]
    found = coverage.cells([row["id"] for row in rows], [row["id"] for row in columns], viewer.at)
    state = chosen.get("state")
    cells = {(cell.organization_id, cell.group_id): cell for cell in found if state in (None, cell.state)}
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
