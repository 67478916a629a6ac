"""Every letter of the corpus is read as its expectation, written by hand, says."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from collegium.core.mail.reading import PROBLEMS, Reading, read
from collegium.design.text import clean_text, render_markdown

CORPUS = Path(__file__).parent / "corpus"
LETTERS = sorted(CORPUS.glob("*.eml"))


@cache
def reading_of(path: Path) -> Reading:
    return read(path.read_bytes(), own_lists=["dues.council.example"])


def found(reading: Reading, key: str):
    """What a key of an expectation is about, as simple values; False stands for what is not there."""
    thing, _dot, inner = key.partition(".")
    value = getattr(reading, thing)
    if inner:
        assert value is not None, f"no {thing}"
        value = getattr(value, inner)
    return plainly(value)


def plainly(value):
    if value is None:
        return False
    if isinstance(value, tuple):
        return [plainly(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plainly(one) for name, one in asdict(value).items() if name != "content"}
    return value


def test_the_corpus_is_all_there():
    assert len(LETTERS) >= 120
    assert [path.with_suffix(".toml") for path in LETTERS] == sorted(CORPUS.glob("*.toml"))


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_letter_is_read_as_it_was_meant(path):
    want = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    reading = reading_of(path)
    assert {key: found(reading, key) for key in want} == want


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_reading_can_be_kept_and_shown(path):
    reading = reading_of(path)
    assert clean_text(reading.markdown, max_length=100_000) == reading.markdown
    assert clean_text(reading.subject, max_length=998, multiline=False) == reading.subject
    assert bool(render_markdown(reading.markdown)) == bool(reading.markdown)
    assert set(reading.problems) <= set(PROBLEMS)
    assert [problem for problem in reading.problems if problem.startswith("failed")] == []


def test_the_corpus_is_what_its_builder_writes():
    from .letters.__main__ import as_toml, letters

    written = {
        f"{number:03}-{name}": (content, as_toml(want)) for number, (name, content, want) in enumerate(letters(), 1)
    }
    kept = {path.stem: (path.read_bytes(), path.with_suffix(".toml").read_text(encoding="utf-8")) for path in LETTERS}
    assert kept == written
