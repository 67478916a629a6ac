"""The gallery: every component with example uses, each shown and quoted, and sample pages to see them together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.template import Context, Engine

from collegium.design import catalogue
from collegium.design.components import Component
from collegium.design.gallery_content import SAMPLES, example_values, sample_house

__all__ = ["SAMPLES", "Chapter", "Example", "Piece", "gallery_of_components", "sample_house"]

STATE = re.compile(r"^\{#\s*(.+?)\s*#\}$", re.MULTILINE)
PREAMBLE = "{% load components i18n l10n %}"


@dataclass(frozen=True)
class Example:
    """One state of a component: what it shows, how it is written, what comes out."""

    title: str
    source: str
    drawn: str


@dataclass(frozen=True)
class Piece:
    """A component with its declaration and its examples."""

    component: Component
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Chapter:
    """Components of one use."""

    anchor: str
    title: str
    pieces: tuple[Piece, ...]


def gallery_of_components() -> list[Chapter]:
    """All components in the order of the catalogue; raises TemplateDoesNotExist for one without examples."""
    values = example_values()
    return [
        Chapter(anchor, str(title), tuple(Piece(component, examples_of(component, values)) for component in components))
        for anchor, title, components in catalogue.CHAPTERS
    ]


def examples_of(component: Component, values: dict[str, Any]) -> tuple[Example, ...]:
    """The examples in `templates/design/gallery/<name>.html`, parted by comments that name the state."""
    parts = STATE.split(_source_of(component))
    titles, sources = parts[1::2], [source.strip() for source in parts[2::2]]
    return tuple(Example(title, source, _drawn(source, values)) for title, source in zip(titles, sources, strict=True))


def _source_of(component: Component) -> str:
    return str(Engine.get_default().get_template(f"design/gallery/{component.name}.html").source)


def _drawn(source: str, values: dict[str, Any]) -> str:
    return Engine.get_default().from_string(PREAMBLE + source).render(Context(values))
