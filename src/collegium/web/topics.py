"""Rows of topics, as every page that gathers them shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium.design.catalogue import CATALOGUE
from collegium.design.components import draw
from collegium.design.icons import draw_icon
from collegium.design.names import grouped

from .together import Row

_TIME, _COUNT = CATALOGUE["time"], CATALOGUE["count"]


def page_of(rows: list[Row], size: int) -> tuple[list[Row], bool]:
    """The first `size` rows, ready to be shown, and whether there are more; pinned ones do not count."""
    pinned = sum(1 for row in rows if row["pinned"])
    return shown(rows[: size + pinned]), len(rows) > size + pinned


def shown(rows: list[Row]) -> list[Row]:
    """The rows of a statement of discussions with their time as a moment."""
    for row in rows:
        row["at"] = datetime.fromisoformat(row["at"])
    return rows


class Words(NamedTuple):
    """What is the same on every row, in one language."""

    pin: str
    answered: str
    open: str
    closed: str
    kinds: dict[str, str]
    new: str
    unread: str
    archive: str
    sealed: str


@lru_cache(maxsize=16)
def _words(_language: str | None) -> Words:
    state = CATALOGUE["state"]
    kinds = {"question": _("question"), "announcement": _("announcement")}
    return Words(
        pin=draw_icon("pin", _("Pinned")),
        answered=draw(state, kind="done", word=_("answered")),
        open=draw(state, kind="wait", word=_("open")),
        closed=draw(state, kind="off", word=_("closed")),
        kinds={kind: f'<span class="kind {kind}">{escape(word)}</span>' for kind, word in kinds.items()},
        new=f'<span class="new-mark">{escape(_("new"))}</span>',
        unread=_("unread"),
        archive=draw(state, kind="off", word=_("archive")),
        sealed=draw(state, kind="off", word=_("archive, sealed")),
    )


# What a row shows; together with language and zone it is all a row is drawn from.
_SHOWN = (
    "id title kind at pinned closed solved answers unread is_new author_name society_name group_short imported sealed"
).split()
_KEPT_ROWS = 8192


def drawn(rows: Sequence[Row], *, level: int, shows_group: bool = False) -> SafeString:
    """The rows as the component `topic-row` draws them, without its detours.

    The component asks a hundred small questions a row; on a page of 25 rows that is most of the page's time. A test
    holds both to the same markup. A row is kept by all it shows, so whoever reads the same words gets the same row.
    """
    around = (get_language(), get_current_timezone(), level, shows_group)
    return mark_safe("".join([_row(*around, *map(row.get, _SHOWN)) for row in rows]))  # noqa: S308 - parts are escaped


@lru_cache(maxsize=_KEPT_ROWS)
def _row(language: str | None, _zone: tzinfo, level: int, shows_group: bool, *shown: Any) -> str:
    row, words = dict(zip(_SHOWN, shown, strict=True)), _words(language)
    fresh = " fresh" if row["unread"] or row["is_new"] else ""
    pin = words.pin if row["pinned"] else ""
    return (
        f'<article class="row topic-row{fresh}">\n<div class="row-main"><h{level}>{pin}'
        f'<a href="/topics/{row["id"]}/">{escape(row["title"])}</a></h{level}>\n'
        f'<p class="row-line">{_line(row, words, shows_group)}</p></div>\n'
        f'<p class="row-side"><span class="num">{_answers(row["answers"])}</span>{_TIME.draw({"at": row["at"]})}</p>\n'
        f"{_mark(row, words)}\n</article>"
    )


def _line(row: Row, words: Words, shows_group: bool) -> str:
    parts = []
    if row["solved"]:
        parts.append(words.answered)
    elif row["kind"] == "question" and not row["closed"]:
        parts.append(words.open)
    if row["closed"]:
        parts.append(words.closed)
    parts.append(words.kinds.get(row["kind"], ""))
    if row["author_name"]:
        place = f", {escape(row['society_name'])}" if row["society_name"] else ""
        parts.append(f"<span>{escape(row['author_name'])}{place}</span>")
    if row["imported"]:
        parts.append(words.sealed if row["sealed"] else words.archive)
    if shows_group:
        parts.append(f"<span>{escape(row['group_short'])}</span>")
    return "".join(parts)


def _answers(number: int) -> str:
    return escape(ngettext("%(shown)s answer", "%(shown)s answers", number) % {"shown": grouped(number)})


def _mark(row: Row, words: Words) -> str:
    if row["unread"]:
        return _COUNT.draw({"n": row["unread"], "label": words.unread})
    return words.new if row["is_new"] else ""
