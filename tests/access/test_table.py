"""The access table holds: for each persona each address answers as its row says, and every address has a row."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from .drawing import drawn_both_ways
from .missing import drawn_once_a_room
from .table import AWAY, DONE, LOGIN, MISSING, PAGE, REFUSED, WRONG_WAY, Row
from .world import DEMO_ONLY, EVERYONE, World, build_world, parts

TABLES = [table for part in parts() for table in vars(part).values()]
ROWS: list[Row] = [row for rows in TABLES if isinstance(rows, list) for row in rows if isinstance(row, Row)]

# Words of addresses that only a letter tells.
SECRETS = {"token", "key"}
READS = re.compile(r"\s*(SELECT|WITH|SAVEPOINT|RELEASE)\b")
CHANGES = re.compile(r"\b(INSERT|UPDATE|DELETE|nextval)\b")


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


class Writes:
    """Whether anything was written: going back makes the connection forget every plan it keeps."""

    any = False

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.any = self.any or not READS.match(sql) or bool(CHANGES.search(sql))
        return execute(sql, *rest)


def ask(client: Client, row: Row, world: World, part: str | None) -> tuple[str, list[str]]:
    """The row's answer, with whatever it changed taken back; and the canaries in it that are not this part's.

    What a signed link opens is for whoever has the link.
    """
    words = row.where(world)
    url = reverse(row.name, kwargs=words)
    writes = Writes()
    with transaction.atomic(), connection.execute_wrapper(writes):
        response = client.get(url) if row.post is None else client.post(url, row.post(world))
        # Reading to the end closes the file.
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(writes.any)
    headers = "\n".join(response.headers.values()).encode()
    if not SECRETS.isdisjoint(words) or url.startswith(DEMO_ONLY):
        return answer(response), []
    return answer(response), sorted(world.strangers(headers, part, url) | world.strangers(body, part, url))


@pytest.mark.django_db
@pytest.mark.parametrize("part", sorted(EVERYONE, key=str), ids=str)
def test_each_address_answers_the_persona_as_its_row_says(part):
    """And what is drawn by functions is what the engine draws."""
    world = build_world()
    client = Client()
    if part:
        client.force_login(getattr(world.cast, part))
    with drawn_both_ways() as drawings, drawn_once_a_room() as missing:
        got = {str(row): ask(client, row, world, part) for row in ROWS}
    # Nor does any answer, of whatever state, tell what is not this persona's.
    expected = {str(row): (row.expected(part), []) for row in ROWS}
    assert {row: answer for row, answer in got.items() if answer != expected[row]} == {}
    assert drawings.otherwise == {}
    assert len(drawings.templates) > 20
    assert len(missing.kinds) <= 1
