"""From the bytes of a file to its lines: CSV in any usual dress, and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused

from . import unpacking
from .columns import column_of, heading_of
from .unpacking import CELL, MOST_COLUMNS, MOST_LINES, ZIP

FILE_BYTES = 10_000_000
# Tried in this order where the file does not say: UTF-8 does not pass by accident, the last takes anything.
ENCODINGS = ("utf-8-sig", "cp1252", "mac_roman")
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_DELIMITERS = (",", ";", "\t", "|")
_OLE = b"\xd0\xcf\x11\xe0"
REQUIRED = ("society", "function")


@dataclass(frozen=True)
class Line:
    """A line of the roster by its columns; `number` is where it stands in the file, counted from 1."""

    number: int
    cells: dict[str, str]


@dataclass
class Sheet:
    """The lines of a file, how its text was read, and the headings nobody knows."""

    lines: list[Line]
    encoding: str = ""
    ignored: list[str] = field(default_factory=list)


def read(content: bytes, *, encoding: str = "") -> Sheet:
    """The sheet in a file's bytes; Refused where there is none, or more than is taken."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Refused(_("The file is empty."))
    if len(content) > FILE_BYTES:
        raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": FILE_BYTES // 1_000_000})
    if content.startswith((ZIP, _OLE)):
        return _sheet(_spreadsheet(content), "")
    text, found = _decoded(content, encoding)
    return _sheet(_table(text), found)


# --- text


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    # Text of two bytes a letter without its mark: every other byte of a heading is empty.
    if not marked and not encoding and content[:200].count(0) > len(content[:200]) // 3:
        marked = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
    for name in (encoding, marked) if encoding or marked else ENCODINGS:
        if name:
            try:
                return content.decode(name), name
            except (UnicodeDecodeError, LookupError):
                continue
    raise Refused(_("The text of the file cannot be read. Save it as CSV in UTF-8."))


def _table(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows with the line each begins at, whatever stands between the cells."""
    head = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Refused(_("Line %(line)s cannot be read as a table.") % {"line": begins}) from error


# --- spreadsheets


def _spreadsheet(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """The first sheet, unpacked in a process of its own: what a file does to its reader does not reach the web."""
    command = [sys.executable, "-P", unpacking.__file__]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * unpacking.SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(_too_large()) from error
    if done.returncode > 0:
        raise Refused(_("The spreadsheet cannot be read. Save it as CSV in UTF-8."))
    # Ended by a signal: it asked for more than it is given.
    answer = json.loads(done.stdout) if done.returncode == 0 else {"unfit": "large"}
    if "unfit" in answer:
        raise Refused(_why(answer["unfit"]))
    yield from enumerate(answer["rows"], 1)


def _why(unfit: str) -> str:
    if unfit == "locked":
        return _("The spreadsheet has a password. Save it without one.")
    return _too_many() if unfit == "long" else _too_large()


def _too_large() -> str:
    return _("The spreadsheet is too large, or something stands far outside its table. Keep the roster alone in it.")


# --- the sheet


def _sheet(rows: Iterator[tuple[int, Sequence[str]]], encoding: str) -> Sheet:
    head = next((cells for _number, cells in rows if any(cell.strip() for cell in cells)), None)
    if head is None:
        raise Refused(_("The file is empty."))
    columns = [column_of(_clean(heading)) for heading in head[:MOST_COLUMNS]]
    _check_head(columns)
    ignored = [_clean(heading) for heading, column in zip(head, columns, strict=False) if column is None]
    sheet = Sheet([], encoding, [heading for heading in ignored if heading])
    for number, cells in rows:
        found = {column: _clean(cell) for column, cell in zip(columns, cells, strict=False) if column}
        if any(found.values()):
            sheet.lines.append(Line(number, found))
        if len(sheet.lines) > MOST_LINES:
            raise Refused(_too_many())
    if not sheet.lines:
        raise Refused(_("The file has headings and no lines."))
    return sheet


def _too_many() -> str:
    return _("The file has more than %(limit)s lines. Import it in parts.") % {"limit": MOST_LINES}


def _check_head(columns: list[str | None]) -> None:
    known = [column for column in columns if column]
    twice = sorted({column for column in known if known.count(column) > 1})
    if twice:
        raise Refused(_("Two columns are headed “%(heading)s”.") % {"heading": heading_of(twice[0])})
    missing = [column for column in REQUIRED if column not in known]
    if not {"name", "first_name", "last_name", "email"} & set(known):
        missing.append("name")
    if missing:
        headings = ", ".join(f"“{heading_of(column)}”" for column in missing)
        raise Refused(_("The first line must have these headings: %(headings)s.") % {"headings": headings})


def _clean(cell: str) -> str:
    """The cell's text on one line, without what cannot be seen; the apostrophe of our own exports is taken off."""
    visible = "".join(c if c.isprintable() else " " for c in cell[: CELL + 1])
    text = " ".join(visible.replace("\u00a0", " ").split())
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text
