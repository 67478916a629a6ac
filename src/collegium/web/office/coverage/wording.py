"""A cell of the coverage map in words: what a pointer, a screen reader and a spreadsheet are told."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.groups.queries.coverage import Cell, State, Why
from collegium.core.people.models import Tenure

# Of one or many cells.
STATES = {
    State.HELD: gettext_lazy("held"),
    State.INTERIM: gettext_lazy("interim"),
    State.LAPSED: gettext_lazy("lapsed"),
    State.VACANT: gettext_lazy("vacant"),
}


def state(cell: Cell) -> str:
    """The state in a word: held, interim, deputy, lapsed, vacant."""
    if cell.state == State.INTERIM and cell.capacity == Tenure.Capacity.DEPUTY:
        return _("deputy")
    return str(STATES[cell.state])


def day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j M Y")


def why(cell: Cell) -> str:
    """Who sits there, or why nobody does."""
    if cell.state in (State.HELD, State.INTERIM):
        return cell.name if cell.belongs else _("%(name)s, has not joined") % {"name": cell.name}
    return "; ".join(part for part in (_reason(cell), _next(cell)) if part)


def _reason(cell: Cell) -> str:
    words = {"name": cell.name, "day": day(cell.on) if cell.on else ""}
    if cell.why == Why.UNCONFIRMED:
        return _("%(name)s waits to be confirmed") % words
    if cell.why == Why.SUSPENDED:
        return _("%(name)s, while the society is suspended") % words
    if cell.why == Why.ENDED and cell.state == State.LAPSED:
        return _("%(name)s left on %(day)s") % words
    return _("nobody since %(day)s") % words if cell.why == Why.ENDED else _("never held")


def _next(cell: Cell) -> str:
    return _("taken up on %(day)s") % {"day": day(cell.next_on)} if cell.next_on else ""


def sentence(cell: Cell) -> str:
    """The whole: `held: Ines Okafor`."""
    return _("%(state)s: %(why)s") % {"state": state(cell), "why": why(cell)}
