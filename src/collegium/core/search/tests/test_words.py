"""Words are found whatever stands beside them: slashes, typographic quotes and dashes, dots without a space."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from collegium.core.access.standard import PUBLIC
from collegium.core.entries.actions import Text, write_passages
from collegium.core.entries.models import Passage
from collegium.core.entries.text import fold
from collegium.core.people.tests.factories import AT

from .test_finding import found, of, say

pytestmark = pytest.mark.django_db

# What was written, and what finds it.
WRITTEN = {
    "CFO/COO compensation survey": ["coo", "CFO compensation", "cfo/coo", '"cfo coo"', "compens"],
    "HIPAA/HITECH duties of Q3/Q4": ["hitech", "hipaa duties", "q4"],
    "He said “materiality” matters a lot": ["materiality", '"materiality matters"', "“materiality”"],
    "The society’s budget": ["society budget", "society's budget", "society’s", '"society’s budget"'],
    "Endowment—spending rule, Dues–assessment split": ["spending", "assessment", "dues-assessment"],
    "Women’s Health by Siobhan O’Brien": ["women's health", "women health", "o'brien", "brien"],
    "It ends here.Starts again at acs.example": ["starts", "acs.example", "here.starts"],
    "A quo\u00adru\u200bm-ish point of 2024-25": ["quorum", "quorum-ish", "25", "2024–25"],
}


def test_words_are_found_whatever_stands_beside_them(taken_to_know):
    taken_to_know(0.0)
    keys = dict(zip(WRITTEN, say(*[(text, 1, PUBLIC) for text in WRITTEN]), strict=True))
    missed = [
        (text, typed)
        for text, asked in WRITTEN.items()
        for typed in asked
        if found(typed, of(PUBLIC))[0] != [keys[text]]
    ]
    assert missed == []


@pytest.mark.parametrize("typed", ["coo cfo/survey", "cfo/compensation", "-cfo/coo survey", '"coo survey"'])
def test_what_is_typed_in_one_piece_stands_together(taken_to_know, typed):
    taken_to_know(0.0)
    say(("CFO/COO compensation survey", 1, PUBLIC))
    assert found(typed, of(PUBLIC))[0] == []


def test_what_was_written_before_is_found_so_too_and_keeps_all_else_it_is_found_by(taken_to_know):
    taken_to_know(0.0)
    keys = say(*[(text, 1, PUBLIC) for text in WRITTEN], facets=("=of:7",))
    write_passages([Text(keys[1], "title", keys[1], "Notes/minutes", AT, is_title=True)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, text, vector::text FROM entries_passage ORDER BY id")
        after = cursor.fetchall()
        for key, text, _vector in after:
            cursor.execute(
                "UPDATE entries_passage SET vector = setweight(to_tsvector('simple', %s), CASE part WHEN 'title'"
                " THEN 'A' ELSE 'D' END::\"char\") || array_to_tsvector(ARRAY("
                "SELECT l FROM unnest(tsvector_to_array(vector)) AS l WHERE l LIKE '=%%')) WHERE id = %s",
                [fold(text), key],
            )
    assert found("coo", of(PUBLIC))[0] == []
    module = import_module("collegium.core.search.migrations.0006_words_beside_slashes_and_quotes_are_found")
    module.write_words(None, SimpleNamespace(connection=connection))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, text, vector::text FROM entries_passage ORDER BY id")
        assert cursor.fetchall() == after
    assert found("coo", of(PUBLIC))[0] == keys[:1]
    assert Passage.objects.count() == len(WRITTEN) + 1
