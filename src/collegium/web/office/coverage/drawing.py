"""The table of the coverage map as markup, drawn without the detours of a template: there may be 16,000 cells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape as plain

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from collegium.core.groups.queries.coverage import state_of

from ...together import Row
from . import wording
from .maps import Map, Totals

# Of a bar; the table says how large it is drawn.
LONG, THICK = 60, 10


def head(shown: Map) -> SafeString:
    """The row of groups, each leading to its settings."""
    columns = "".join(_column(group) for group in shown.groups)
    corner, last = escape(_("Society")), escape(_("Seats filled"))
    return _safe(
        f'<tr><th scope="col" class="corner">{corner}</th>{columns}<th scope="col" class="sum">{last}</th></tr>'
    )


def _column(group: Row) -> str:
    url = reverse("office:group", args=[group["slug"]])
    name, short = escape(group["name"]), escape(group["short"])
    return f'<th scope="col" class="turned"><a href="{url}" title="{name}">{short}</a></th>'


def body(shown: Map) -> SafeString:
    """A row for each organization and the row of totals."""
    return _safe("".join([*_rows(shown), _foot(shown)]))


def _rows(shown: Map) -> Iterator[str]:
    """Written as shortly as it can be; addresses are relative to the map's own."""
    nothing = f'<td class="none"><span class="aloud">{escape(_("not applicable"))}</span></td>'
    columns = [(group["id"], f'/#{group["slug"]}"><span class="told"><span class="where" aria-hidden="true">',
                escape(group["short"])) for group in shown.groups]  # fmt: skip
    words, cells, kinds = wording.Words(), shown.cells, _Kinds()
    for organization in shown.organizations:
        key, url = organization["id"], f"of/{organization['slug']}"
        short = escape(organization["acronym"] or organization["name"])
        row = []
        for group, middle, name in columns:
            cell = cells.get((key, group))
            if cell is None:
                row.append(nothing)
                continue
            told, kind = words.sentence(cell), kinds[cell.rank, cell.belongs, cell.is_unconfirmed, cell.bar == ""]
            row.append(
                f'<td class="{kind}"><a href="{url}{middle}{short} · {name}</span> {plain(told)}</span></a></td>'
            )
        totals, name = shown.by_organization.get(key, Totals()), escape(organization["name"])
        yield (
            f'<tr><th scope="row"><a href="{url}/" title="{name}">{name}</a></th>{"".join(row)}'
            f'<td class="sum">{bar(totals)}{fraction(totals)}</td></tr>'
        )


class _Kinds(dict[tuple[int, bool, bool, bool], str]):
    """The classes of a cell, each put together once: its state and its marks."""

    def __missing__(self, key: tuple[int, bool, bool, bool]) -> str:
        rank, belongs, is_unconfirmed, reads = key
        marks = ("free", not belongs), ("doubt", is_unconfirmed), ("barred", not reads)
        self[key] = " ".join([state_of(rank).value, *(word for word, has in marks if has)])
        return self[key]


def places(shown: Map) -> SafeString:
    """The same for a narrow screen: an organization a line, each leading to its own page."""
    return _safe("".join(map(partial(_place, shown), shown.organizations)))


def _place(shown: Map, organization: Row) -> str:
    totals = shown.by_organization.get(organization["id"], Totals())
    url = reverse("office:coverage_of", args=[organization["slug"]])
    missing = [(wording.STATES[state], count) for state, count in totals.parts() if count]
    told = escape(", ".join(f"{count} {word}" for word, count in missing))
    return f'<li><a href="{url}">{escape(organization["name"])}</a>{bar(totals)}<span class="quiet">{told}</span></li>'


def _foot(shown: Map) -> str:
    sums = (shown.by_group.get(group["id"], Totals()) for group in shown.groups)
    cells = "".join(
        f'<td class="sum">{bar(totals, upright=True)}{fraction(totals, shown=totals.filled)}</td>' for totals in sums
    )
    last = f'<td class="sum">{bar(shown.totals)}{fraction(shown.totals)}</td>'
    return f'<tr class="sums"><th scope="row">{escape(_("Seats filled"))}</th>{cells}{last}</tr>'


def bar(totals: Totals, *, upright: bool = False) -> str:
    """A small bar of the states; what it shows is said beside it."""
    size = f'viewBox="0 0 {THICK} {LONG}"' if upright else f'viewBox="0 0 {LONG} {THICK}"'
    return f'<svg class="tally" {size} preserveAspectRatio="none" aria-hidden="true">{_pieces(totals, upright)}</svg>'


def _pieces(totals: Totals, upright: bool) -> str:
    at, pieces = 0.0, []
    for state, count in totals.parts():
        length = LONG * count / (totals.of or 1)
        if count:
            place = (
                f'x="0" y="{LONG - at - length:.1f}" width="{THICK}" height="{length:.1f}"'
                if upright
                else f'x="{at:.1f}" y="0" width="{length:.1f}" height="{THICK}"'
            )
            pieces.append(f'<rect class="{state}" {place}/>')
        at += length
    return "".join(pieces)


def fraction(totals: Totals, *, shown: int | None = None) -> str:
    """`12/15`, or what is `shown` instead, to the eye; `12 of 15` to the ear."""
    seen = f"{totals.filled}/{totals.of}" if shown is None else str(shown)
    told = escape(_("%(filled)s of %(all)s") % {"filled": totals.filled, "all": totals.of})
    return f'<span aria-hidden="true">{seen}</span><span class="aloud">{told}</span>'


def _safe(markup: str) -> SafeString:
    return mark_safe(markup)  # noqa: S308 - each part is escaped
