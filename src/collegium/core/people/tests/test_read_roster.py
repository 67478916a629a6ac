"""A roster's bytes become lines, whatever program wrote them; what cannot be one is refused with the reason."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.core.access.errors import Refused
from collegium.core.people.roster.reading import FILE_BYTES, read

from .spreadsheets import old_spreadsheet, open_document, spreadsheet, written_sheet

HEAD = "Society,Function,Name,E-mail"
LINE = "lagoon,cfo,Bjørn Åse,bjorn@lagoon.example"
FOUND = {"society": "lagoon", "function": "cfo", "name": "Bjørn Åse", "email": "bjorn@lagoon.example"}


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_text_is_read_in_the_encoding_it_has(encoding, named):
    sheet = read(f"{HEAD}\r\n{LINE}\r\n".encode(encoding))
    assert [line.cells for line in sheet.lines] == [FOUND]
    assert sheet.encoding == named


def test_the_encoding_somebody_names_is_taken():
    sheet = read(f"{HEAD}\n{LINE.replace('Å', 'A')}".encode("mac_roman"), encoding="mac_roman")
    assert sheet.lines[0].cells["name"] == "Bjørn Ase"


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_cells_are_parted_by_what_parts_the_headings(between):
    text = f"{HEAD}\n{LINE}".replace(",", between)
    assert read(text.encode()).lines[0].cells == FOUND


def test_quoted_cells_hold_separators_and_line_ends_and_lines_keep_their_numbers():
    text = 'Society;Function;Name;Title\n\nlagoon;cfo;"Weil; Jonas";"Head\nof Finance"\n;;;\nlagoon;cio;Ada;CIO\n'
    lines = read(text.encode()).lines
    assert [(line.number, line.cells["name"], line.cells["title"]) for line in lines] == [
        (3, "Weil; Jonas", "Head of Finance"),
        (6, "Ada", "CIO"),
    ]


def test_headings_have_many_spellings_and_unknown_ones_are_named():
    text = "Organisation, ROLE ,First name,Family name,Email address,Shoe size\nlagoon,cfo,Ada,Pell,ada@x.example,39"
    sheet = read(text.encode())
    assert sheet.lines[0].cells == {
        "society": "lagoon",
        "function": "cfo",
        "first_name": "Ada",
        "last_name": "Pell",
        "email": "ada@x.example",
    }
    assert sheet.ignored == ["Shoe size"]


def test_the_apostrophe_of_our_own_exports_is_taken_off():
    assert read(f"{HEAD}\nlagoon,cfo,'=Ada,".encode()).lines[0].cells["name"] == "=Ada"


def test_what_cannot_be_seen_is_left_out_and_overlong_cells_are_cut_where_they_are_refused_anyway():
    cells = read(f"{HEAD}\nlagoon,cfo,Ad\u200ba\x00\u00a0Pell,{'x' * 100_000}".encode()).lines[0].cells
    assert cells["name"] == "Ad a Pell"
    assert len(cells["email"]) == 1_001


def test_a_spreadsheet_is_read_with_its_days_and_numbers():
    rows = [["Society", "Function", "Name", "First day"], ["lagoon", "cfo", 1234, date(2026, 5, 1)]]
    assert read(spreadsheet(rows)).lines[0].cells == {
        "society": "lagoon",
        "function": "cfo",
        "name": "1234",
        "starts_on": "2026-05-01",
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \n", "The file is empty."),
        (b"\x00\x00\x00", "The file is empty."),
        (b"x" * (FILE_BYTES + 1), "The file is larger than 10 MB."),
        (HEAD.encode(), "The file has headings and no lines."),
        (b"Name,Address\nAda,x", "The first line must have these headings: “Society”, “Function”."),
        (b"Society,Function\nlagoon,cfo", "The first line must have these headings: “Name”."),
        (b"Society,Acronym,Function,Name\na,b,c,d", "Two columns are headed “Society”."),
        (b"PK\x03\x04 no archive", "The spreadsheet cannot be read. Save it as CSV in UTF-8."),
        (b"\xd0\xcf\x11\xe0 no book", "The spreadsheet cannot be read. Save it as CSV in UTF-8."),
        ((HEAD + "\n" + "a,b,c,d\n" * 20_001).encode(), "The file has more than 20000 lines. Import it in parts."),
    ],
    ids=range(11),
)
def test_what_is_no_roster_is_refused(content, reason):
    with pytest.raises(Refused) as refusal:
        read(content)
    assert str(refusal.value) == reason


def test_an_archive_that_would_fill_the_machine_is_not_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(160):
            part.write(b"0" * 1_000_000)
    with pytest.raises(Refused, match="too large"):
        read(packed.getvalue())


def test_a_folder_of_files_is_no_spreadsheet():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(Refused, match="cannot be read"):
        read(packed.getvalue())


HEADINGS = ("Society", "Function", "Name", "E-mail")


def xlsx_with(cell):
    """A sheet with its headings and a line, and then this cell."""
    headings = "".join(f'<c t="inlineStr"><is><t>{heading}</t></is></c>' for heading in HEADINGS)
    line = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in LINE.split(","))
    return written_sheet(f"<row>{headings}</row><row>{line}</row>{cell}", zipfile.ZIP_STORED)


def ods_with(cell):
    rows = "".join(
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{word}</text:p></table:table-cell>' for word in words
        ).join(("<table:table-row>", "</table:table-row>"))
        for words in (HEADINGS, LINE.split(","))
    )
    return open_document(rows + cell)


def xls_with(*cells):
    words = [(row, at, word) for row, words in enumerate((HEADINGS, LINE.split(","))) for at, word in enumerate(words)]
    return old_spreadsheet([*words, *cells])


def at(place):
    row = "".join(letter for letter in place if letter.isdigit())
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row>'


@pytest.mark.parametrize("content", [xlsx_with(""), ods_with(""), xls_with()], ids=["xlsx", "ods", "xls"])
def test_each_kind_of_spreadsheet_is_read(content):
    assert [(line.number, line.cells) for line in read(content).lines] == [(2, FOUND)]


def test_cells_that_are_only_coloured_may_stand_anywhere():
    content = xlsx_with('<row r="1048576" s="1"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>')
    assert [line.cells for line in read(content).lines] == [FOUND]


FAR = "The spreadsheet is too large, or something stands far outside its table. Keep the roster alone in it."
DAMAGED = "The spreadsheet cannot be read. Save it as CSV in UTF-8."
REPEATED = 'table:number-columns-repeated="4000000000" office:value-type="float" office:value="1"'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (xlsx_with(at("XFD1048576")), FAR),
        (xlsx_with(at("AMJ50000")), FAR),
        (xlsx_with(at("XFD3")), FAR),
        (xlsx_with(at("A40001")), "The file has more than 20000 lines. Import it in parts."),
        (xlsx_with(at("ZZZZZZ99999999999")), DAMAGED),
        (xlsx_with(at("A0")), DAMAGED),
        (ods_with(f"<table:table-row><table:table-cell {REPEATED}/></table:table-row>"), FAR),
        (xls_with((65535, 65535, "x")), FAR),
    ],
    ids=["corner", "far", "wide", "long", "no-place", "no-row", "ods", "xls"],
)
def test_a_small_spreadsheet_that_asks_for_a_lot_of_memory_is_refused(content, reason):
    assert len(content) < 10_000
    assert lines_or_refusal(content) == ([], reason)


def test_a_long_text_that_many_cells_point_to_is_refused():
    """Each cell gets the text for itself: a file of some kilobytes comes to gigabytes."""
    words = "x" * 1_000_000
    cell = f"<table:table-cell table:number-columns-repeated='60' office:value-type='string'><text:p>{words}</text:p>"
    content = ods_with(f"<table:table-row>{cell}</table:table-cell></table:table-row>" * 20)
    assert len(content) < 100_000
    assert lines_or_refusal(content) == ([], FAR)


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_spreadsheet_is_read_or_refused(seed):
    chance = random.Random(seed)
    content = bytearray(xlsx_with(""))
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    lines, reason = lines_or_refusal(bytes(content[: chance.choice([len(content), chance.randrange(4, len(content))])]))
    assert bool(lines) != bool(reason)


def test_a_name_within_an_archive_that_is_no_text_is_refused():
    """An archive says of a name that it is UTF-8, and it is not."""
    content = xlsx_with("").replace(b"xl/styles.xml", b"xl/st\xff\xfees.xml")
    flags = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/st\xff\xfees.xml")) + 8
    assert lines_or_refusal(content[:flags] + b"\x00\x08" + content[flags + 2 :]) == ([], DAMAGED)


def lines_or_refusal(content):
    """What is read of the bytes, or the reason they are refused with; any other error fails the test."""
    try:
        return read(content).lines, ""
    except Refused as refusal:
        return [], str(refusal.reason)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    lines, reason = lines_or_refusal(content)
    assert bool(lines) != bool(reason)


@given(st.text(max_size=300))
def test_any_text_under_the_headings_is_read_or_refused(text):
    lines, reason = lines_or_refusal(f"{HEAD}\n{text}".encode(errors="replace"))
    assert bool(lines) != bool(reason)
    assert all(cell == cell.strip() for line in lines for cell in line.cells.values())
