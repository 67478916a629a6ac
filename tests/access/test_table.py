"""The access table holds: for each persona each address answers as its row says, and every address has a row."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from .drawing import drawn_both_ways
from .table import AWAY, DONE, LOGIN, MISSING, PAGE, REFUSED, WRONG_WAY, Row
from .world import EVERYONE, World, build_world, parts

TABLES = [table for part in parts() for table in vars(part).values()]
ROWS: list[Row] = [row for rows in TABLES if isinstance(rows, list) for row in rows if isinstance(row, Row)]


def names(resolver: URLResolver | None = None, space: str = "") -> set[str]:
    """The names of all addresses, with their namespaces; an address without a name by its pattern."""
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found |= names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name or entry.pattern}")
    return found


def test_every_address_has_a_row():
    assert sorted(names() - {row.name for row in ROWS}) == []


def test_no_row_is_of_an_address_that_is_gone():
    assert {row.name for row in ROWS} - names() == set()


def answer(response: Any) -> str:
    """What the answer is called in the table."""
    if response.status_code in (301, 302, 303):
        location = response["Location"]
        if location.startswith("/account/login/"):
            return LOGIN
        if response.status_code == 302 and location.split("?")[0].split("#")[0] == response.request["PATH_INFO"]:
            return PAGE  # the same page, opened where one left off
        return DONE if response.status_code == 303 else AWAY
    words = {200: PAGE, 403: REFUSED, 422: REFUSED, 404: MISSING, 405: WRONG_WAY}
    return words.get(response.status_code, str(response.status_code))


def ask(client: Client, row: Row, world: World) -> str:
    """The row's answer, with whatever it changed taken back."""
    url = reverse(row.name, kwargs=row.where(world))
    with transaction.atomic():
        response = client.get(url) if row.post is None else client.post(url, row.post(world))
        if response.streaming:
            b"".join(response.streaming_content)  # reading to the end closes the file
        transaction.set_rollback(True)
    return answer(response)


@pytest.mark.django_db
@pytest.mark.parametrize("part", sorted(EVERYONE, key=str), ids=str)
def test_each_address_answers_the_persona_as_its_row_says(part):
    """And what is drawn by functions is what the engine draws, of every answer of every row."""
    world = build_world()
    client = Client()
    if part:
        client.force_login(getattr(world.cast, part))
    with drawn_both_ways() as drawings:
        got = {str(row): ask(client, row, world) for row in ROWS}
    expected = {str(row): row.expected(part) for row in ROWS}
    assert {row: answer for row, answer in got.items() if answer != expected[row]} == {}
    assert drawings.otherwise == {}
    assert len(drawings.templates) > 20
