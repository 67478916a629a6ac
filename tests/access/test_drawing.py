"""What is drawn by functions is what the engine draws: every page of the access table, as several personas see it."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.template import NodeList
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from collegium.design.pages import SwiftNodes

from .test_table import ROWS
from .world import World, build_world

# What differs from one drawing to the next, whoever draws.
_TOKEN = re.compile(r"[A-Za-z0-9]{64}")
# A new secret or challenge each time.
RANDOM = {"mfa_activate_totp", "mfa_add_webauthn"}
PAGES = [row for row in ROWS if row.post is None and row.name not in RANDOM]


def pages(client: Client, world: World) -> dict[str, str]:
    """Each page that is HTML, by the row it answers."""
    found = {}
    for row in PAGES:
        response = client.get(reverse(row.name, kwargs=row.where(world)))
        if response.streaming:
            b"".join(response.streaming_content)  # reading to the end closes the file
        elif response.headers.get("Content-Type", "").startswith("text/html"):
            found[str(row)] = _TOKEN.sub("token", response.content.decode())
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("part", [None, "peer", "colleague", "newcomer", "chair", "staff", "outsider"], ids=str)
def test_a_page_is_what_the_engine_draws(part, monkeypatch):
    world = build_world()
    client = Client()
    if part:
        client.force_login(getattr(world.cast, part))
    with time_machine.travel(timezone.now(), tick=False):
        pages(client, world)  # what a first look changes, such as a read mark, is done
        swift = pages(client, world)
        monkeypatch.setattr(SwiftNodes, "render", NodeList.render)
        by_the_engine = pages(client, world)
    assert len(swift) == len(by_the_engine) > 20
    assert {row: page for row, page in swift.items() if page != by_the_engine[row]} == {}
