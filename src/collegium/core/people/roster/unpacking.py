"""Spreadsheets to rows of texts. Run by itself, in a process with bounds: a small file may ask for any memory.

A spreadsheet names the place of each cell, and its reader makes room for all before it: one cell at the far corner is
half a terabyte, and the process that asks for that ends at once. So does one with a text that a million cells point to.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime

from python_calamine import CalamineWorkbook, PasswordError

UNPACKED_BYTES = 150_000_000
MEMORY_BYTES = 600_000_000
SECONDS = 20
TEXT = 20_000_000
MOST_LINES = 20_000
MOST_COLUMNS = 60
CELL = 1_000
ZIP = b"PK\x03\x04"


class Unfit(Exception):
    """Why a spreadsheet is not read, in a word: `large`, `long` or `locked`."""


def rows_in(content: bytes) -> list[list[str]]:
    """The first sheet. A formula counts as the value it had when the file was saved; nothing is calculated.

    Raises Unfit for what is not taken, and whatever it comes to for a damaged file.
    """
    if content.startswith(ZIP):
        _check_archive(content)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except PasswordError as error:
        raise Unfit("locked") from error
    if sheet.height > 2 * MOST_LINES:
        raise Unfit("long")
    if sheet.width > 10 * MOST_COLUMNS:
        raise Unfit("large")
    rows = []
    size = 0
    for values in sheet.to_python(skip_empty_area=False):
        rows.append([text_of(value)[: CELL + 1] for value in values[:MOST_COLUMNS]])
        size += sum(map(len, rows[-1]))
        if size > TEXT:
            raise Unfit("large")
    return rows


def _check_archive(content: bytes) -> None:
    """What an archive says of its sizes is asked first, before any of it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > 1_000 or sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise Unfit("large")


def text_of(value: object) -> str:
    """A cell of a spreadsheet as its text: days as 2026-11-25, whole numbers without a fraction."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def answer(content: bytes) -> str:
    """What the spreadsheet holds, or in a word why it is not read, as JSON."""
    try:
        return json.dumps({"rows": rows_in(content)})
    except Unfit as unfit:
        return json.dumps({"unfit": str(unfit)})
    except MemoryError:
        return json.dumps({"unfit": "large"})


def main() -> None:
    """Answer on standard output to the spreadsheet on standard input."""
    bounds = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_AS: MEMORY_BYTES}
    for kind, most in bounds.items():
        # Not every system has each bound, and none lets it be raised.
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))
    sys.stdout.write(answer(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
