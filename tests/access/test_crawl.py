"""Each persona follows every link and guesses every id; nobody meets a canary that is not theirs."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from collegium.core.access.models import Admission
from collegium.core.entries.models import Entry
from collegium.core.groups.models import Group
from collegium.core.people.models import Organization, Person
from collegium.core.trail.models import Event

from .world import EVERYONE, World, build_world, parts

LINK = re.compile(r"""(?:href|src|action|hx-get|data-href)=["']([^"'#]+)""")
# Doors of the demonstration alone: who can reach them sees every letter and may be anybody.
DEMO_ONLY = ("/office/letters", "/personas")
# Ids of rows that are no entries begin at 1 in each table; more of them than were made.
FIRST_IDS = range(1, 9)
ENOUGH = 4000


def patterns(
    resolver: URLResolver | None = None, prefix: str = "", outer: dict[str, Any] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address of the house as a template with `{name}`, and its converters."""
    for entry in (resolver or get_resolver()).url_patterns:
        written = str(entry.pattern).lstrip("^").removesuffix("$").removesuffix(r"\Z")
        path = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", written)
        converters = (outer or {}) | entry.pattern.converters
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path, converters)
        elif isinstance(entry, URLPattern):
            yield path, converters


def guesses(world: World) -> list[str]:
    """Every address with every id, slug and handle there is, and one of each that is not."""
    topics = Entry.objects.filter(kind="topic").values_list("pk", flat=True)
    words: dict[str, list[Any]] = {
        "handle": [*Person.objects.values_list("handle", flat=True), "none-such"],
        "kind": ["tenure", "member", "officer", "circle"],
        "name": [attachment.name for attachment in _files(world)],
        "number": [1, 2, 3, 4, 99],
        "topic_id": [*topics, world.cast.cfos.pk, 999_999],
    }
    for part in parts():
        for name, guess in getattr(part, "WORDS", {}).items():
            words[name] = list(dict.fromkeys([*words.get(name, []), *guess(world)]))
    found = []
    for template, converters in patterns():
        slugs = Group if template.startswith("groups/") else Organization
        words["slug"] = [*slugs.objects.values_list("slug", flat=True), "none-such"]
        choices = [
            words.get(name, FIRST_IDS if isinstance(c, IntConverter) else ["x"]) for name, c in converters.items()
        ]
        filled = (dict(zip(converters, values, strict=True)) for values in product(*choices))
        found.extend("/" + template.format(**values) for values in filled)
    return found


def _files(world: World) -> list[Any]:
    from collegium.core.files.models import Attachment

    return list(Attachment.objects.order_by("pk"))


def read(client: Client, url: str) -> tuple[bytes, int, str]:
    """Body with headers, status and content type of a GET."""
    response = client.get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return headers.encode() + b"\n\n" + body, response.status_code, response.headers.get("Content-Type", "")


@pytest.mark.django_db
@pytest.mark.parametrize("part", sorted(EVERYONE, key=str), ids=str)
def test_nobody_meets_a_canary_that_is_not_theirs(part):
    world = build_world()
    client = Client()
    if part:
        client.force_login(getattr(world.cast, part))
    waiting, seen, leaks, broken = deque(["/", *guesses(world)]), set(), {}, {}
    while waiting and len(seen) < ENOUGH:
        url = waiting.popleft()
        if url in seen or url.startswith(DEMO_ONLY):
            continue
        seen.add(url)
        answer, status, content_type = read(client, url)
        if strangers := world.strangers(answer, part, url):
            leaks[url] = sorted(strangers)
        # Without a worker the house is not well, and says so.
        if status >= 500 and url != "/healthz":
            broken[url] = status
        if content_type.startswith("text/html"):
            links = (link.replace("&amp;", "&") for link in LINK.findall(answer.decode(errors="replace")))
            waiting.extend(link for link in links if link.startswith("/") and not link.startswith("//"))
    assert (leaks, broken) == ({}, {})
    assert len(seen) < ENOUGH, "the crawl did not come to an end"


@pytest.mark.django_db
@pytest.mark.parametrize("part", [None, "outsider", "suspended"], ids=str)
def test_outsiders_change_nothing_by_posting_everywhere(part):
    world = build_world()
    client = Client()
    if part:
        client.force_login(getattr(world.cast, part))
    before = (Event.objects.count(), Entry.objects.count(), sorted(Admission.objects.values_list("person", "audience")))
    mine = ("/account/", "/notifications/", "/welcome/", *DEMO_ONLY)
    for url in guesses(world):
        if not url.startswith(mine):
            response = client.post(
                url, {"reason": "x", "raw": "x", "note": "x", "text": "x", "title": "x", "level": "every"}
            )
            assert response.status_code in (302, 303, 403, 404, 405, 422), url
            assert not world.strangers(response.content, part, url), url
    after = (Event.objects.count(), Entry.objects.count(), sorted(Admission.objects.values_list("person", "audience")))
    assert after == before
