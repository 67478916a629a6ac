"""Tables handed out as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Without it Excel reads UTF-8 as the machine's old encoding.
_BYTE_ORDER_MARK = "\ufeff"


class _Line:
    """What `csv` writes into: hands each line straight on."""

    def write(self, line: str) -> str:
        return line


def guarded(value: Any) -> str:
    """The cell as text, with an apostrophe before what would be a formula; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def lines(head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The table as CSV (RFC 4180) in UTF-8, a line at a time."""
    writer = csv.writer(_Line())
    yield (_BYTE_ORDER_MARK + writer.writerow(map(guarded, head))).encode()
    for row in rows:
        yield writer.writerow(map(guarded, row)).encode()


def csv_answer(name: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The table as a download called `name`; nobody keeps a copy on the way."""
    response = StreamingHttpResponse(lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
