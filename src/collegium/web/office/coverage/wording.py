"""Cells of the coverage map in words: what a pointer, a screen reader and a spreadsheet are told."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.groups.queries.coverage import Bar, Cell, State, Why
from collegium.core.people.models import Tenure

# Of one or many cells.
STATES = {
    State.HELD: gettext_lazy("held"),
    State.INTERIM: gettext_lazy("interim"),
    State.LAPSED: gettext_lazy("lapsed"),
    State.VACANT: gettext_lazy("vacant"),
}


class Words:
    """Made once for a map: there may be 17,000 cells, and each word is translated once."""

    def __init__(self) -> None:
        self._states: dict[str, str] = {state: str(word) for state, word in STATES.items()}
        self._deputy = _("deputy")
        self._has_not_joined = _("%(name)s, has not joined")
        self._reasons = {
            (State.LAPSED, Why.UNCONFIRMED): _("%(name)s waits to be confirmed"),
            (State.LAPSED, Why.SUSPENDED): _("%(name)s, while the society is suspended"),
            (State.LAPSED, Why.ENDED): _("%(name)s left on %(day)s"),
            (State.VACANT, Why.ENDED): _("nobody since %(day)s"),
            (State.VACANT, Why.NEVER_HELD): _("never held"),
        }
        self._next = _("taken up on %(day)s")
        self._whole = _("%(state)s: %(why)s")
        # Of most cells: who holds it, before and after the name.
        self._held = (self._whole % {"state": self._states[State.HELD], "why": "\0"}).split("\0")
        self._unconfirmed = _("not confirmed by the society")
        self._bars = {
            Bar.SUSPENDED: _("does not read: suspended from the group"),
            Bar.UNDERTAKING: _("does not read: has not undertaken what the group needs"),
        }
        self._days: dict[date, str] = {}

    def state(self, cell: Cell) -> str:
        """The state in a word: held, interim, deputy, lapsed, vacant."""
        if cell.capacity == Tenure.Capacity.DEPUTY and cell.state == State.INTERIM:
            return self._deputy
        return self._states[cell.state]

    def day(self, on: date | None) -> str:
        if on is None:
            return ""
        if on not in self._days:
            self._days[on] = date_format(on, "j M Y")
        return self._days[on]

    def why(self, cell: Cell) -> str:
        """Who sits there, or why nobody does."""
        if cell.why == Why.NONE:
            return cell.name if cell.belongs else self._has_not_joined % {"name": cell.name}
        told = self._reasons[cell.state, cell.why] % {"name": cell.name, "day": self.day(cell.on)}
        return f"{told}; {self._next % {'day': self.day(cell.next_on)}}" if cell.next_on else told

    def confirmed(self, cell: Cell) -> str:
        """Where the record of the seat is in doubt, that it is."""
        return self._unconfirmed if cell.is_unconfirmed else ""

    def bar(self, cell: Cell) -> str:
        """Where whoever sits there does not read the group, why."""
        return self._bars[cell.bar] if cell.bar else ""

    def sentence(self, cell: Cell) -> str:
        """The whole: `held: Ines Okafor; not confirmed by the society`."""
        if cell.rank == 1 and cell.belongs and not cell.is_unconfirmed and not cell.bar:
            before, after = self._held
            return f"{before}{cell.name}{after}"
        told = self._whole % {"state": self.state(cell), "why": self.why(cell)}
        if cell.bar or cell.is_unconfirmed:
            return "; ".join([told, *filter(None, (self.confirmed(cell), self.bar(cell)))])
        return told
