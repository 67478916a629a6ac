"""Writes the corpus anew: `python -m collegium.core.mail.tests.letters`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from . import machine_cases, odd_cases, people_cases
from .programs import PROGRAMS
from .tongues import TONGUES

FOLDER = Path(__file__).parents[1] / "corpus"


def letters() -> Iterator[tuple[str, bytes, dict]]:
    """Each letter's name, bytes, and what a reader must find."""
    for name, program in PROGRAMS.items():
        for tongue in TONGUES:
            content, want = program(tongue)
            yield f"{name}-{tongue.code}", content, want
    for module in (people_cases, machine_cases, odd_cases):
        for name, (content, want) in module.cases().items():
            yield name, content, want


def as_toml(want: dict) -> str:
    """The expectation, one key a line; texts of several lines as such."""
    lines = []
    for name, value in want.items():
        key = f'"{name}"' if "." in name else name
        if isinstance(value, str) and "\n" in value and "'''" not in value and "\r" not in value:
            lines.append(f"{key} = '''\n{value}'''")
        else:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("[0-9]*"):
        old.unlink()
    for number, (name, content, want) in enumerate(letters(), 1):
        (FOLDER / f"{number:03}-{name}.eml").write_bytes(content)
        (FOLDER / f"{number:03}-{name}.toml").write_text(as_toml(want), encoding="utf-8")


if __name__ == "__main__":
    write()
