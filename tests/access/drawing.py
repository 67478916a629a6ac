"""Every page and letter drawn twice over: by functions, as it is served, and by the engine; both must say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

import time_machine
from django.template import Context, NodeList
from django.utils import timezone
from django.utils.safestring import SafeString

from collegium.design.pages import SwiftNodes

# What differs from one drawing to the next, whoever draws.
_TOKEN = re.compile(r"[A-Za-z0-9]{64}")


@dataclass
class Drawings:
    """What was drawn while it was watched: the templates, and those that the engine draws otherwise."""

    templates: set[str] = field(default_factory=set)
    number: int = 0
    otherwise: dict[str, tuple[str, str]] = field(default_factory=dict)

    def compare(self, template: str, swift: str, by_the_engine: str) -> None:
        self.number += 1
        self.templates.add(template)
        if _TOKEN.sub("token", swift) != _TOKEN.sub("token", by_the_engine):
            self.otherwise[template] = (swift, by_the_engine)


@contextmanager
def drawn_both_ways() -> Iterator[Drawings]:
    """Whatever is drawn inside is drawn by the engine as well, from the same context at the same moment."""
    drawings = Drawings()
    by_functions = SwiftNodes.render
    within = False

    def both(nodes: SwiftNodes, context: Context) -> SafeString:
        nonlocal within
        if within:
            return by_functions(nodes, context)
        within = True
        try:
            with time_machine.travel(timezone.now(), tick=False):
                swift = by_functions(nodes, context)
                with (
                    patch.object(SwiftNodes, "render", NodeList.render),
                    context.render_context.push_state(nodes.template),
                ):
                    by_the_engine = nodes.render(context)
        finally:
            within = False
        drawings.compare(str(nodes.template.name), swift, by_the_engine)
        return swift

    with patch.object(SwiftNodes, "render", both):
        yield drawings
