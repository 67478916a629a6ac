"""A table as CSV: whole, and nothing in it runs in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from collegium.web import sheets


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_what_would_be_a_formula_is_text(cell):
    assert sheets.guarded(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "text"), [(None, ""), (-3, "-3"), ("Ærø", "Ærø"), ("a=b", "a=b"), ("", "")])
def test_everything_else_stays_as_it_is(cell, text):
    assert sheets.guarded(cell) == text


def test_commas_quotes_and_line_ends_survive():
    rows = [["Weil, Jonas", 'the "office"', "two\nlines"]]
    written = b"".join(sheets.lines(["a", "b", "c"], rows)).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline=""))) == [["a", "b", "c"], *rows]


def test_it_is_a_download_that_nobody_keeps():
    answer = sheets.csv_answer("seats.csv", ["a"], [])
    assert answer["Content-Disposition"] == 'attachment; filename="seats.csv"'
    assert answer["Cache-Control"] == "private, no-store"
