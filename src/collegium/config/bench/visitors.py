"""Who asks for what: signed-in people of different groups, and the requests each sends over one connection."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.urls import reverse
from django.utils.crypto import get_random_string

from collegium.config.bench.corpus.people import speakers
from collegium.config.bench.corpus.scale import ENDS_AT
from collegium.config.bench.corpus.texts import word
from collegium.config.bench.exchange import written
from collegium.config.bench.load import NUMBER, TURN
from collegium.config.bench.serving import asked
from collegium.core.groups.models import Group
from collegium.core.people.models import Person
from collegium.rooms.discussions.models import Topic
from collegium.web.home import visits

CONNECTIONS = 8
PEOPLE_EACH = 4  # so many people take turns on one connection
PAGE = 20  # posts
TOPICS_EACH = 4
UNREAD_EACH = 60
NEWS_OF = timedelta(days=2)
NEW = "topic, first time"

# Of the words of the corpus' texts half stand in every third post; a word of its vocabulary stands in one of so many
# as its number says.
SEARCHES = {
    "rare": [word(number) for number in (20_000, 31_313, 44_444, 123_456)],
    "middling": [word(number) for number in (111, 222, 1_234, 2_222)],
    "common": ["policy", "committee", "dues", "the"],
    "two common": ["reserve policy", "dues committee", "annual volunteers", "the and"],
    "a phrase": ['"reserve policy"', '"journal contract"', '"annual meeting"', '"dues committee"'],
    "a phrase that is nowhere": ['"policy reserve"', '"dues policy"', '"and the committee dues"'],
    "one but not the other": ["the -and", "policy -dues", "committee -the"],
    "either": ["reserve or dues", "policy or committee or volunteers"],
    "begun": ["po", "comm", "an", word(1), word(123)[:-1]],
}
EVERYWHERE = ("rare", "middling", "common", "two common", "a phrase", "a phrase that is nowhere")

Planned = dict[str, Any]
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True)
class Visitor:
    """A person with a session, their group, and topics of it with a page of posts or more."""

    person: Person
    cookie: str
    group: Group
    topics: tuple[int, ...]
    unread: tuple[int, ...]


def sign_in(person: Person) -> str:
    """A session as signing in makes it; its cookie, and the one a browser gets with the first form it is shown."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    secret = get_random_string(CSRF_SECRET_LENGTH)
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={secret}"


def gather() -> list[Visitor]:
    """Thirty-two people, from one group after another."""
    members = {group: found for group, found in speakers().items() if len(found) > 2 * PEOPLE_EACH}
    groups = {group.pk: group for group in Group.objects.filter(pk__in=members).select_related("circle")}
    order, found, seen = sorted(members), [], set()
    for n in range(CONNECTIONS * PEOPLE_EACH):
        group = order[n % len(order)]
        key = next(speaker.person for speaker in reversed(members[group]) if speaker.person not in seen)
        seen.add(key)
        found.append(_visitor(Person.objects.get(pk=key), groups[group]))
    return found


def _visitor(person: Person, group: Group) -> Visitor:
    topics = Topic.objects.filter(group=group, last_number__gte=PAGE, last_number__lt=10 * PAGE).order_by("pk")
    found = tuple(topics.values_list("pk", flat=True)[: TOPICS_EACH + UNREAD_EACH])
    return Visitor(person, sign_in(person), group, found[:TOPICS_EACH], found[TOPICS_EACH:])


def in_turns(
    visitors: list[Visitor], pages: Callable[[Visitor], list[str]], *, once: bool = False
) -> list[list[Planned]]:
    """The plan of each connection: its people take turns, page after page; `once` leaves out what would come twice."""
    plans = []
    for n in range(CONNECTIONS):
        turns = [list(pages(visitor)) for visitor in visitors[n::CONNECTIONS]]
        length = (min if once else max)(len(turn) for turn in turns)
        requests = [turn[k % len(turn)] for k in range(length) for turn in turns]
        plans.append([{"wire": request, "status": 200} for request in requests])
    return plans


class Door:
    """Writes requests as the visitors' browsers would."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"localhost:{port}"

    def get(self, visitor: Visitor, path: str, **headers: str) -> str:
        return written("GET", path, host=self.host, headers={"Cookie": visitor.cookie, **headers})

    def posting(self, visitor: Visitor, topic: int) -> dict[str, Any]:
        """An answer sent by the form on the topic's page, with its token; another text each time."""
        page = _page(topic, 1)
        answer = asked(self.get(visitor, page), self.port)
        token = TOKEN.search(answer.body)
        assert token, f"{page} has no form"
        last = Topic.objects.values_list("last_number", flat=True).get(pk=topic)
        fields = {
            "csrfmiddlewaretoken": token[1].decode(),
            "seen": TURN.decode(),
            "raw": _TEXT.format(number=NUMBER.decode()),
        }
        body = urlencode(fields, safe="#").encode()
        headers = {
            "Cookie": visitor.cookie,
            "Origin": f"http://{self.host}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        wire = written("POST", reverse("discussions:answer", args=[topic]), host=self.host, headers=headers, body=body)
        return {"wire": wire, "status": 303, "turn": last}

    def pages(self) -> dict[str, Callable[[Visitor], list[str]]]:
        """The pages that are measured, by name, with the requests of one visitor."""
        return {
            "bare": lambda visitor: [self.get(visitor, reverse("bare"))],
            "topic": lambda visitor: [self.get(visitor, _page(topic, 1)) for topic in visitor.topics],
            NEW: lambda visitor: [self.get(visitor, _page(topic, 1)) for topic in visitor.unread],
            "group": lambda visitor: [self.get(visitor, reverse("groups:group", args=[visitor.group.slug]))],
            "home": self._home,
            "roster": lambda visitor: [self.get(visitor, reverse("groups:roster", args=[visitor.group.slug]))],
        }

    def searches(self) -> dict[str, Callable[[Visitor], list[str]]]:
        """Pages of results, by how common what is looked for is; and finding alone, for somebody in every group."""
        pages: dict[str, Callable[[Visitor], list[str]]] = {}
        for name, typed in SEARCHES.items():
            pages[f"search, {name}"] = partial(self._search, "search:search", typed)
        pages["search, nobody’s"] = lambda _visitor: [
            written("GET", _asking("search:search", words), host=self.host) for words in SEARCHES["common"]
        ]
        for name in EVERYWHERE:
            pages[f"finding everywhere, {name}"] = partial(self._search, "finding", SEARCHES[name])
        return pages

    def _search(self, place: str, typed: Sequence[str], visitor: Visitor) -> list[str]:
        return [self.get(visitor, _asking(place, words)) for words in typed]

    def _home(self, visitor: Visitor) -> list[str]:
        """Coming back home in the same visit, so that the news is still news."""
        began = int((ENDS_AT - NEWS_OF).timestamp())
        cookie = f"{visitor.cookie}; {visits.COOKIE}={began}"
        return [written("GET", reverse("home:home"), host=self.host, headers={"Cookie": cookie})]

    def deep(self, readers: list[Visitor], topic: Topic) -> Callable[[Visitor], list[str]]:
        """Pages all through a long topic, for those who may read it; the others' turns are theirs as well."""
        starts = range(1, topic.last_number - PAGE, max(topic.last_number // 40 // PAGE, 1) * PAGE)

        def pages(visitor: Visitor) -> list[str]:
            reader = visitor if visitor in readers else readers[visitor.person.pk % len(readers)]
            return [self.get(reader, _page(topic.pk, start)) for start in reversed(starts)]

        return pages


def readers_of(topic: Topic, number: int) -> list[Visitor]:
    """So many members of the topic's group, signed in."""
    members = speakers()[topic.group_id][-number:]
    group = Group.objects.select_related("circle").get(pk=topic.group_id)
    return [_visitor(Person.objects.get(pk=member.person), group) for member in members]


def _asking(place: str, words: str) -> str:
    return f"{reverse(place)}?{urlencode({'q': words})}"


def _page(topic: int, start: int) -> str:
    return f"{reverse('discussions:topic', args=[topic])}?from={start}"


_TEXT = """Thank you, this helps. We did the same in our house two years ago, reply number {number} of its kind.

What I would add: the **treasurer** signs every quarter, and the committee sees the list before it goes out. \
It took one meeting to explain and has not come up since."""
