"""Each persona follows every link and guesses every id; nobody meets a canary that is not theirs."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from collegium.core.access.models import Admission
from collegium.core.entries.models import Entry
from collegium.core.trail.models import Event

from .guessing import guesses
from .missing import drawn_once_a_room
from .world import DEMO_ONLY, EVERYONE, World, build_world

LINK = re.compile(r"""(?:href|src|action|hx-get|data-href)=["']([^"'#]+)""")
ENOUGH = 4000
FEW = 1


def read(client: Client, url: str) -> tuple[bytes, int, str]:
    """Body with headers, status and content type of a GET."""
    response = client.get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return headers.encode() + b"\n\n" + body, response.status_code, response.headers.get("Content-Type", "")


def route_of(url: str) -> str:
    """The address as the house has it, whatever its words are."""
    try:
        return resolve(urlsplit(url).path).route
    except Resolver404:
        return ""


@dataclass
class Crawl:
    """What one persona was answered; `ask` says nothing where an answer would tell nothing new.

    An address that is only posted to answers nobody's GET, whatever its words are. And below what is not there for the
    persona each address is tried with one of the rows: the table asks at each for what is not there as well.
    """

    client: Client
    world: World
    part: str | None
    seen: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    wrong_way: set[str] = field(default_factory=set)
    tried: Counter[str] = field(default_factory=Counter)
    leaks: dict[str, list[str]] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)

    def ask(self, url: str) -> list[str]:
        """The links in the answer."""
        route = route_of(url)
        if url in self.seen or url.startswith(DEMO_ONLY) or route in self.wrong_way or self.is_below_unseen(url, route):
            return []
        self.seen.add(url)
        answer, status, content_type = read(self.client, url)
        if status == 405:
            self.wrong_way.add(route)
        if status == 404 or (status == 302 and not self.part):
            self.unseen.add(url)
        if strangers := self.world.strangers(answer, self.part, url):
            self.leaks[url] = sorted(strangers)
        # Without a worker the house is not well, and says so.
        if status >= 500 and url != "/healthz":
            self.broken[url] = status
        if not content_type.startswith("text/html"):
            return []
        links = (link.replace("&amp;", "&") for link in LINK.findall(answer.decode(errors="replace")))
        return [link for link in links if link.startswith("/") and not link.startswith("//")]

    def is_below_unseen(self, url: str, route: str) -> bool:
        """Whether a page above it is not there for the persona, and its address was tried so with other words."""
        pieces = urlsplit(url).path.strip("/").split("/")
        above = ("/" + "/".join(pieces[:number]) + "/" for number in range(1, len(pieces)))
        if self.unseen.isdisjoint(above):
            return False
        self.tried[route] += 1
        return self.tried[route] > FEW


@pytest.mark.django_db
@pytest.mark.parametrize("part", sorted(EVERYONE, key=str), ids=str)
def test_nobody_meets_a_canary_that_is_not_theirs(part):
    world = build_world()
    client = Client()
    if part:
        client.force_login(getattr(world.cast, part))
    crawl = Crawl(client, world, part)
    # What stands above comes before what stands below it.
    waiting = deque(["/", *sorted(guesses(world), key=lambda url: url.count("/"))])
    with drawn_once_a_room() as missing:
        while waiting and len(crawl.seen) < ENOUGH:
            waiting.extend(crawl.ask(waiting.popleft()))
    assert (crawl.leaks, crawl.broken) == ({}, {})
    assert not waiting, "the crawl did not come to an end"
    assert len(missing.kinds) == (1 if part else 0)


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
    missing: Counter[str] = Counter()
    for url in guesses(world):
        route = route_of(url)
        # Where nothing is there for them whatever the row, one more is told the same.
        if url.startswith(mine) or missing[route] > FEW:
            continue
        response = client.post(
            url, {"reason": "x", "raw": "x", "note": "x", "text": "x", "title": "x", "level": "every"}
        )
        missing[route] += response.status_code == 404
        assert response.status_code in (302, 303, 403, 404, 405, 422), url
        assert not world.strangers(response.content, part, url), url
    assert _all_there_is() == before


def _all_there_is() -> tuple[list[str], int, list[tuple[int, int]]]:
    admissions = Admission.objects.values_list("person", "audience").order_by("person", "audience")
    return sorted(Event.objects.values_list("name", flat=True)), Entry.objects.count(), list(admissions)
