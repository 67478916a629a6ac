"""One run: pages are checked, weighed and asked for in rounds, then answers are posted and counted again."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

import click
from django.db import connection

from collegium.config.bench import bare, report, sizes
from collegium.config.bench.exchange import Answer
from collegium.config.bench.serving import Processes, asked, measured
from collegium.config.bench.visitors import CONNECTIONS, NEW, PAGE, Door, Planned, Visitor, gather, in_turns, readers_of
from collegium.rooms.discussions.models import Post, ReadMark, Topic

WARM_UP = 0.7  # seconds
ARTICLE = b'<article class="post'
RESULT = b'class="row result-row"'
# What every reader finds something for; how many rows there are depends on how the posts of one topic fold into one.
SOMETHING = ("search, common", "search, two common", "search, a phrase")
MOST_REPLIES = 3_000
ASKED_AGAIN = 5  # the first request of a thread also opens its connection
DRAINS_WITHIN = 20.0


class Run:
    """The measurements of one run against an open server."""

    def __init__(
        self, port: int, processes: Processes, *, seconds: float, rounds: int, tell: Callable[[str], object]
    ) -> None:
        self.port = port
        self.processes = processes
        self.seconds = seconds
        self.rounds = rounds
        self.tell = tell
        self.door = Door(port)
        self.visitors = gather()
        self.pages = self.door.pages() | self.door.searches()
        longest = Topic.objects.order_by("-last_number", "pk")[0]
        self.pages[f"topic of {longest.last_number:,} posts"] = self.door.deep(
            readers_of(longest, CONNECTIONS), longest
        )

    def everything(self) -> report.Figures:
        """All figures: `{pages, queries, compressed, parts, memory}`."""
        queries, weights = self._look_at_each()
        rounds: dict[str, list[report.Figures]] = {name: [] for name in self.pages}
        for number in range(self.rounds):
            self.tell(f"  round {number + 1} of {self.rounds}")
            for name in self.pages:
                rounds[name].append(self._ask_for(name))
        pages = {name: report.combined(figures) for name, figures in rounds.items()}
        pages |= self._replies()
        return {
            "pages": report.with_ratios(pages),
            "queries": queries,
            "compressed": {name: sum(parts.values()) for name, parts in weights.items()},
            "parts": weights,
            "memory": self.processes.memory(),
        }

    def _look_at_each(self) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
        """The number of queries and the bytes of every page, once each has proved to be the page that is meant."""
        queries, weights = {}, {}
        for name, requests in self.pages.items():
            if name == NEW:
                ReadMark.objects.filter(person__in=[visitor.person.pk for visitor in self.visitors]).delete()
            answer = self._counted(requests(self.visitors[0])[0])
            _expect(name, answer)
            queries[name] = min(self._queries(requests(self.visitors[0])[0]) for _number in range(ASKED_AGAIN))
            if name != "bare":
                weights[name] = sizes.compressed(answer, "/", self.port)
        return queries, weights

    def _queries(self, request: str) -> int:
        return int(self._counted(request).headers[bare.TOLD.lower()])

    def _counted(self, request: str) -> Answer:
        wire = base64.b64decode(request).replace(
            b"\r\n", f"\r\n{bare.ASKED}: 1\r\nAccept-Encoding: br, gzip\r\n".encode(), 1
        )
        return asked(base64.b64encode(wire).decode("ascii"), self.port)

    def _ask_for(self, name: str) -> report.Figures:
        if name == NEW:
            return self._ask_for_the_first_time(name)
        return self._measure(in_turns(self.visitors, self.pages[name]))

    def _ask_for_the_first_time(self, name: str) -> report.Figures:
        """Every topic is new to who opens it: each page is asked for once, and nobody has a mark."""
        ReadMark.objects.filter(person__in=[visitor.person.pk for visitor in self.visitors]).delete()
        plans = in_turns(self.visitors, self.pages[name], once=True)
        return self._measure(plans, warm_up=0.0, most=min(len(plan) for plan in plans) * len(plans))

    def _measure(self, plans: list[list[Planned]], *, warm_up: float = WARM_UP, **limits: int) -> report.Figures:
        plan = {"port": self.port, "seconds": self.seconds, "warm_up": warm_up, "visitors": plans, **limits}
        before = self.processes.cpu()
        figures = measured(plan)
        after = self.processes.cpu()
        spent = {name: _spent(before[name], after[name]) * 1000 / figures["answered"] for name in before}
        return figures | {"cpu_web": spent["web"], "cpu_database": spent["database"]}

    def _replies(self) -> dict[str, report.Figures]:
        """Answers by the form, one at a time and from four at once, each counted in the database afterwards."""
        found = {}
        for name, posting in (("reply, one at a time", self.visitors[:1]), ("reply, from four", self.visitors[:4])):
            rounds = []
            for _number in range(self.rounds):
                drain(self.tell)
                rounds.append(self._post(posting))
            found[name] = report.combined(rounds)
        drain(self.tell)
        return found

    def _post(self, posting: list[Visitor]) -> report.Figures:
        plans = [[self.door.posting(visitor, topic) for topic in visitor.unread[:4]] for visitor in posting]
        before = Post.objects.count()
        figures = self._measure(plans, most=MOST_REPLIES)
        kept = Post.objects.count() - before
        if kept != figures["answered"]:
            raise click.ClickException(f"{figures['answered']} answers were acknowledged and {kept} are kept.")
        return figures


def _spent(before: dict[int, float], after: dict[int, float]) -> float:
    """Seconds between two looks; a process that ended in between is left out."""
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())


def _expect(name: str, answer: Answer) -> None:
    """A page of posts has a whole page of them, a page of results for common words has some."""
    shown = answer.body.count(ARTICLE)
    if name.startswith("topic") and shown != PAGE:
        raise click.ClickException(f"The page “{name}” shows {shown} posts instead of {PAGE}.")
    if name in SOMETHING and RESULT not in answer.body:
        raise click.ClickException(f"The page “{name}” shows no result.")


def drain(tell: Callable[[str], object]) -> None:
    """Wait for the worker to do what waits for it, for a while."""
    deadline = time.monotonic() + DRAINS_WITHIN
    waiting = _jobs()
    while waiting and time.monotonic() < deadline:
        time.sleep(0.2)
        waiting = _jobs()
    if waiting:
        tell(f"  the worker has {waiting} jobs left")


def _jobs() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queue_name <> 'house'"
        )
        return cursor.fetchone()[0]
