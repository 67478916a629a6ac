"""Groups for tests, made through the actions."""

from __future__ import annotations

from itertools import count
from typing import Any

from collegium.core.access.standard import PUBLIC
from collegium.core.groups import actions
from collegium.core.groups.models import Group
from collegium.core.people.tests.factories import AT

_numbers = count(1)


def policy(*functions: str, **fields: list[str]) -> dict[str, list[str]]:
    """A policy that admits whoever holds, fills in for or deputizes in these functions at member societies."""
    return {
        "functions": list(functions),
        "capacities": ["holder", "interim", "deputy"],
        "leaderships": ["staff", "volunteer"],
        "organization_kinds": ["society", "subspecialty", "foundation"],
        "standings": ["member"],
    } | fields


def make_group(name: str = "", *functions: str, **facts: Any) -> Group:
    """A group open ex officio to the functions, whose page is public, unless said otherwise."""
    number = next(_numbers)
    facts.setdefault("slug", f"group-{number}")
    facts.setdefault("short", facts["slug"])
    facts.setdefault("purpose", f"What group {number} is for.")
    facts.setdefault("kind", "peer_group")
    facts.setdefault("joining", "ex_officio")
    facts.setdefault("policy", policy(*functions))
    facts.setdefault("page_audience", PUBLIC)
    facts.setdefault("by", None)
    facts.setdefault("at", AT)
    return actions.found_group(name or f"Group {number}", **facts)
