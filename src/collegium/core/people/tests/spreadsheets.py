"""Spreadsheets for tests, as small as the format allows."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
 Target="{target}"/>{more}</Relationships>"""
_STYLES = """<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
 Target="styles.xml"/>"""
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
# The second style is a day.
_FORMATS = f"""<?xml version="1.0"?><styleSheet {_MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""
_FIRST = date(1899, 12, 30)
_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_SPACES = ("office", "table", "text")
# What stands for a sector in a compound file: of the table, the last, none.
_FAT, _END, _NONE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_FREE = struct.pack("<I", _NONE)


def _cell(value: Any) -> str:
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - _FIRST).days}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def spreadsheet(rows: Sequence[Sequence[Any]]) -> bytes:
    """An XLSX file with one sheet (ECMA-376) of texts, whole numbers and days."""
    return written_sheet("".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows))


def written_sheet(body: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An XLSX file whose only sheet has these rows, in the format's own words."""
    book = f'<workbook {_MAIN} {_LINKED}><sheets><sheet name="Roster" sheetId="1" r:id="r1"/></sheets></workbook>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(kind="officeDocument", target="xl/workbook.xml", more=""),
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml", more=_STYLES),
        "xl/workbook.xml": f'<?xml version="1.0"?>{book}',
        "xl/styles.xml": _FORMATS,
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0"?><worksheet {_MAIN}><sheetData>{body}</sheetData></worksheet>'
        ),
    }
    return _packed(parts, method)


def open_document(body: str) -> bytes:
    """An ODS file whose only sheet has these rows, in the format's own words (OASIS ODF 1.3)."""
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _SPACES)
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Roster">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _packed({"mimetype": kind, "META-INF/manifest.xml": _MANIFEST, "content.xml": content})


def _packed(parts: Mapping[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, compress_type=method)
    return packed.getvalue()


def old_spreadsheet(cells: Sequence[tuple[int, int, str]]) -> bytes:
    """An XLS file (BIFF8 within a compound file of Microsoft) with one sheet of texts at (row, column)."""
    begins, ends = _record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 0)), _record(0x0A, b"")
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, column, text in cells:
        sheet += _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))
    named = b"\x06\x00Roster"
    starts = len(begins) + 4 + 6 + len(named) + len(ends)
    book = begins + _record(0x85, struct.pack("<IH", starts, 0) + named) + ends + sheet + ends
    return _compound("Workbook", book)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file of one stream: a sector that says where the others are, the directory, then the stream."""
    # A shorter stream would be kept elsewhere.
    stream = stream.ljust(4096, b"\x00")
    sectors = -(-len(stream) // 512)
    follows = [_FAT, _END, *range(3, sectors + 2), _END]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<I", 0) + _FREE * 108
    table = struct.pack(f"<{len(follows)}I", *follows) + _FREE * (128 - len(follows))
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _NONE, 2, len(stream))
    return head + table + entries.ljust(512, b"\x00") + stream.ljust(sectors * 512, b"\x00")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\x00").encode("utf-16-le")
    head = written.ljust(64, b"\x00") + struct.pack("<HBB", len(written), kind, 1)
    return head + struct.pack("<III", _NONE, _NONE, child) + bytes(36) + struct.pack("<IQ", start, size)
