"""Rendered texts on paper: what `render_markdown` made, as values a typst template draws, and the compiling of it.

Nothing that somebody wrote becomes source of typst: it is handed over as JSON, word for word, and drawn as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

Piece = dict[str, Any]

PACKAGE = Path(__file__).parent.parent
MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "s": "gone", "code": "code"}
HEADINGS = {"h3": 1, "h4": 2, "h5": 3, "h6": 4}
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# A word so long has places put into it where a line may end.
_LONG = re.compile(r"\S{30,}")
_PLACES = re.compile(r"([/.?&=_#:-]+)(?=[^\s/.?&=_#:-])|([^\s/.?&=_#:-]{29})(?=\S)")
# Deeper parts are drawn at this depth: a page has no room for more.
DEEPEST = 8
# Longer addresses are no links in a PDF.
LONGEST_ADDRESS = 4_000
# A table of more columns is drawn line by line.
MOST_COLUMNS = 12


def typeset(template: Path, given: Mapping[str, Any], at: datetime) -> bytes:
    """The template (a file of this package) with `given` as PDF: the same bytes for the same values and moment.

    Tagged for those who have it read to them (PDF/UA-1). Where a letter has no glyph in the fonts that come with
    typst, which the standard does not allow, it is tagged all the same and does not claim the standard.
    """
    import typst  # noqa: PLC0415 - every process would hold what it takes, for a few papers a day

    told: dict[str, Any] = {
        "root": str(PACKAGE),
        "sys_inputs": {"given": json.dumps(given)},
        "ignore_system_fonts": True,
        "timestamp": int(at.timestamp()),
    }
    try:
        made: Any = typst.compile(str(template), pdf_standards="ua-1", **told)
    except typst.TypstError:
        made = typst.compile(str(template), **told)
    return bytes(made)


def pieces_of(html: str, *, base: str) -> list[Piece]:
    """A sanitised rendering as the pieces `text.typ` draws; addresses without a host belong to `base`."""
    reader = _Pieces(base)
    reader.feed(html)
    reader.close()
    return reader.pieces()


class _Pieces(HTMLParser):
    """Builds the pieces. `places` are the lists that take pieces, the innermost last; `runs` is the open line."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.found: list[Piece] = []
        self.places: list[list[Piece]] = [self.found]
        self.parts: list[Piece] = []
        self.runs: list[Piece] = []
        self.link: Piece | None = None
        self.marks: dict[str, int] = {}
        self.preformatted: list[str] | None = None
        self.level = 0

    def pieces(self) -> list[Piece]:
        self._end_line()
        return self.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKS:
            self.marks[MARKS[tag]] = self.marks.get(MARKS[tag], 0) + 1
        elif begin := _BEGIN.get(tag):
            begin(self, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS:
            self.marks[MARKS[tag]] = max(0, self.marks.get(MARKS[tag], 0) - 1)
        elif end := _END.get(tag):
            end(self)

    def handle_data(self, words: str) -> None:
        if self.preformatted is not None:
            self.preformatted.append(words)
            return
        text = _SPACE.sub(" ", words)
        line = self.link["runs"] if self.link else self.runs
        if not self.link and (not self.runs or "break" in self.runs[-1]):
            text = text.lstrip(" ")
        if not text:
            return
        line.append({"words": breakable(text)} | {mark: 1 for mark, depth in self.marks.items() if depth})

    # --- lines

    def _end_line(self, **piece: Any) -> None:
        """What was open becomes a paragraph, or a heading."""
        self._end_link()
        if runs := _trimmed(self.runs):
            self.places[-1].append({"kind": "paragraph", "runs": runs} | piece)
        self.runs = []

    def _break(self, _attrs: dict[str, str | None]) -> None:
        if self.runs or self.link:
            self._end_link()
            self.runs.append({"break": 1})

    def _begin_link(self, attrs: dict[str, str | None]) -> None:
        self._end_link()
        address = urljoin(self.base, attrs.get("href") or "") if not (attrs.get("href") or "#").startswith("#") else ""
        self.link = {"to": address if 0 < len(address) <= LONGEST_ADDRESS else "", "runs": []}

    def _end_link(self) -> None:
        """A link's address is told below the page, unless the words tell it."""
        link, self.link = self.link, None
        if link is None or not link["runs"]:
            return
        if not link["to"]:
            self.runs += link["runs"]
            return
        words = "".join(run["words"] for run in link["runs"]).replace(ZERO, "").strip()
        is_told = words in (link["to"], link["to"].removeprefix("mailto:").removeprefix("tel:"))
        self.runs.append(link | {"told": "" if is_told else breakable(link["to"])})

    # --- blocks

    def _begin_paragraph(self, _attrs: dict[str, str | None]) -> None:
        self._end_line()

    def _begin_heading(self, level: int) -> None:
        self._end_line()
        self.level = level

    def _end_heading(self) -> None:
        self._end_line(kind="heading", level=self.level)

    def _begin_quote(self, _attrs: dict[str, str | None]) -> None:
        self._begin_part({"kind": "quote", "body": []}, "body")

    def _begin_list(self, attrs: dict[str, str | None]) -> None:
        self._begin_part({"kind": "list", "items": []})

    def _begin_steps(self, attrs: dict[str, str | None]) -> None:
        start = attrs.get("start") or "1"
        number = int(start) if start.isascii() and start.isdigit() and len(start) <= 9 else 1
        self._begin_part({"kind": "steps", "start": number, "items": []})

    def _begin_part(self, part: Piece, takes: str = "") -> None:
        self._end_line()
        self.parts.append(part)
        if len(self.parts) <= DEEPEST:
            self.places[-1].append(part)
        self.places.append(part[takes] if takes and len(self.parts) <= DEEPEST else self.places[-1])

    def _end_part(self) -> None:
        self._end_line()
        if self.parts:
            self.parts.pop()
            self.places.pop()

    def _begin_item(self, _attrs: dict[str, str | None]) -> None:
        self._end_line()
        item: list[Piece] = []
        if self.parts and "items" in self.parts[-1] and len(self.parts) <= DEEPEST:
            self.parts[-1]["items"].append(item)
            self.places[-1] = item

    def _rule(self, _attrs: dict[str, str | None]) -> None:
        self._end_line()
        self.places[-1].append({"kind": "rule"})

    def _begin_code(self, _attrs: dict[str, str | None]) -> None:
        self._end_line()
        self.preformatted = []

    def _end_code(self) -> None:
        words, self.preformatted = "".join(self.preformatted or []), None
        lines = "\n".join(breakable(line) for line in words.rstrip("\n").expandtabs(4).split("\n"))
        self.places[-1].append({"kind": "code", "words": lines})

    # --- tables

    def _begin_table(self, _attrs: dict[str, str | None]) -> None:
        self._begin_part({"kind": "table", "columns": [], "head": [], "rows": []})

    def _begin_row(self, _attrs: dict[str, str | None]) -> None:
        if self.parts and "rows" in self.parts[-1]:
            self.parts[-1]["rows"].append([])

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        self._end_line()
        if self.parts and "rows" in self.parts[-1] and len(self.parts[-1]["rows"]) <= 1:
            self.parts[-1]["columns"].append(attrs.get("class") or "left")

    def _end_cell(self) -> None:
        self._end_link()
        runs, self.runs = _trimmed(self.runs), []
        if self.parts and self.parts[-1].get("rows"):
            self.parts[-1]["rows"][-1].append({"body": runs or [{"words": ""}]})

    def _end_table(self) -> None:
        """The first row is its head. What is too wide for a page, or too deep, is told line by line."""
        table = self.parts[-1] if self.parts else {}
        self._end_part()
        if not table.get("rows"):
            return
        if len(table["columns"]) > MOST_COLUMNS or len(self.parts) >= DEEPEST:
            if self.places[-1] and self.places[-1][-1] is table:
                self.places[-1].pop()
            self.places[-1] += [{"kind": "paragraph", "runs": _told(row)} for row in table["rows"]]
            return
        table["head"] = [cell["body"] for cell in table["rows"].pop(0)]


ZERO = "\u200b"
_BEGIN: dict[str, Any] = {
    "a": _Pieces._begin_link,
    "br": _Pieces._break,
    "p": _Pieces._begin_paragraph,
    "blockquote": _Pieces._begin_quote,
    "ul": _Pieces._begin_list,
    "ol": _Pieces._begin_steps,
    "li": _Pieces._begin_item,
    "hr": _Pieces._rule,
    "pre": _Pieces._begin_code,
    "table": _Pieces._begin_table,
    "tr": _Pieces._begin_row,
    "th": _Pieces._begin_cell,
    "td": _Pieces._begin_cell,
    **{tag: lambda self, _attrs, level=level: self._begin_heading(level) for tag, level in HEADINGS.items()},
}
_END: dict[str, Any] = {
    "a": _Pieces._end_link,
    "p": _Pieces._end_line,
    "blockquote": _Pieces._end_part,
    "ul": _Pieces._end_part,
    "ol": _Pieces._end_part,
    "li": _Pieces._end_line,
    "pre": _Pieces._end_code,
    "table": _Pieces._end_table,
    "th": _Pieces._end_cell,
    "td": _Pieces._end_cell,
    **dict.fromkeys(HEADINGS, _Pieces._end_heading),
}


def breakable(text: str) -> str:
    """The text with places where a line may end in words that are longer than any line."""
    return _LONG.sub(lambda word: _PLACES.sub(lambda piece: piece[0] + ZERO, word[0]), text)


def _trimmed(runs: list[Piece]) -> list[Piece]:
    """Without breaks at either end."""
    while runs and "break" in runs[-1]:
        runs = runs[:-1]
    return runs


def _told(row: list[Piece]) -> list[Piece]:
    """The cells of a row one after the other."""
    runs: list[Piece] = []
    for cell in row:
        runs += [*([{"words": " | "}] if runs else []), *cell["body"]]
    return runs
