"""Each persona follows every link and guesses every id; nobody meets a canary that is not theirs."""

from __future__ import annotations

import re
from collections import deque

import pytest
from django.test import Client

from collegium.core.access.models import Admission
from collegium.core.entries.models import Entry
from collegium.core.trail.models import Event

from .guessing import ROWS_OF, addresses, guesses
from .world import EVERYONE, build_world

LINK = re.compile(r"""(?:href|src|action|hx-get|data-href)=["']([^"'#]+)""")
# Doors of the demonstration alone: who can reach them sees every letter and may be anybody.
DEMO_ONLY = ("/office/letters", "/personas")
ENOUGH = 4000


def read(client: Client, url: str) -> tuple[bytes, int, str]:
    """Body with headers, status and content type of a GET."""
    response = client.get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return headers.encode() + b"\n\n" + body, response.status_code, response.headers.get("Content-Type", "")


def test_what_is_guessed_fits_the_addresses_there_are():
    templates = [template for template, _converters in addresses()]
    assert [pattern for pattern in ROWS_OF if not any(re.search(pattern, template) for template in templates)] == []


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
    before = _all_there_is()
    mine = ("/account/", "/notifications/", "/welcome/", *DEMO_ONLY)
    # Who is suspended from one group may still undertake what another asks of them.
    mine += ("/undertakings/",) if part == "suspended" else ()
    for url in guesses(world):
        if not url.startswith(mine):
            response = client.post(
                url, {"reason": "x", "raw": "x", "note": "x", "text": "x", "title": "x", "level": "every"}
            )
            assert response.status_code in (302, 303, 403, 404, 405, 422), url
            assert not world.strangers(response.content, part, url), url
    assert _all_there_is() == before


def _all_there_is() -> tuple[list[str], int, list[tuple[int, int]]]:
    admissions = Admission.objects.values_list("person", "audience").order_by("person", "audience")
    return sorted(Event.objects.values_list("name", flat=True)), Entry.objects.count(), list(admissions)
