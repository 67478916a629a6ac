"""The load generator: a small process of its own that asks this machine's server for pages, and stops by itself.

Run as `python -m collegium.config.bench.load`: it reads a plan as JSON and writes what it measured as JSON.
"""

from __future__ import annotations

import base64
import json
import selectors
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from collegium.config.bench.exchange import BadAnswer, Reader

MOST_REQUESTS = 200_000
LONGEST = 120.0  # seconds
PATIENCE = 20.0  # seconds without any answer

# In a request that is not the same every time: how many were sent before it, and how often it was sent itself.
NUMBER = b"#number###"
TURN = b"#turn#####"


@dataclass
class Request:
    """What is sent, the status that must come back, and where `TURN` counts from."""

    wire: bytes
    status: int = 200
    turn: int = 0
    moves: bool = field(init=False)

    def __post_init__(self) -> None:
        self.moves = NUMBER in self.wire or TURN in self.wire

    def sent(self, number: int) -> bytes:
        """The bytes of this time; both marks are as long as the numbers that replace them."""
        if not self.moves:
            return self.wire
        self.turn += 1
        return self.wire.replace(NUMBER, b"%010d" % number).replace(TURN, b"%010d" % (self.turn - 1))


@dataclass
class Visitor:
    """Asks one request after another, the next when the last is answered, by one connection while that is kept."""

    requests: Sequence[Request]
    port: int
    selector: selectors.BaseSelector
    reader: Reader = field(default_factory=Reader)
    turn: int = 0
    asked_at: float = 0.0
    connection: socket.socket | None = None

    def ask(self, number: int) -> None:
        """Send what comes next; to connect is part of asking."""
        request = self.requests[self.turn % len(self.requests)]
        self.asked_at = time.perf_counter()
        if self.connection is None:
            self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(self.connection, selectors.EVENT_READ, self)
        self.connection.sendall(request.sent(number))

    def hear(self) -> int | None:
        """The size of the answer once it is whole. Raises BadAnswer where it is not the one expected."""
        assert self.connection is not None
        data = self.connection.recv(262_144)
        if not data:
            raise BadAnswer("The server closed a connection.")
        answer = self.reader.feed(data)
        if answer is None:
            return None
        request = self.requests[self.turn % len(self.requests)]
        if answer.status != request.status:
            asked = request.wire.partition(b"\r\n")[0].decode("latin-1")
            said = answer.body[:600].decode("utf-8", "replace")
            raise BadAnswer(f"{asked} was answered with {answer.status} instead of {request.status}: {said}")
        self.turn += 1
        if answer.headers.get("connection", "").lower() == "close":
            self.hang_up()
        return answer.size

    def hang_up(self) -> None:
        if self.connection is not None:
            self.selector.unregister(self.connection)
            self.connection.close()
            self.connection = None


@dataclass
class Tally:
    """What was measured after the warm-up."""

    latencies: list[float] = field(default_factory=list)
    size: int = 0
    sent: int = 0
    answered: int = 0
    seconds: float = 0.0


def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Carry out a plan `{port, seconds, warm_up, most, visitors: [[{wire, status, turn}, …], …]}`, a visitor each.

    Answers `{answered, requests, per_second, p50, p99, bytes}`, times in milliseconds; `answered` counts the warm-up.
    """
    tally = Tally()
    with selectors.DefaultSelector() as selector:
        visitors = [Visitor(_described(requests), int(plan["port"]), selector) for requests in plan["visitors"]]
        try:
            _visit(visitors, selector, tally, plan)
        finally:
            for visitor in visitors:
                visitor.hang_up()
    return summary(tally)


def _described(requests: list[dict[str, Any]]) -> list[Request]:
    return [Request(base64.b64decode(r["wire"]), r["status"], r.get("turn", 0)) for r in requests]


def _visit(visitors: list[Visitor], selector: selectors.BaseSelector, tally: Tally, plan: dict[str, Any]) -> None:
    """Ask until the time or the number is reached, then hear out what is still under way."""
    most = min(int(plan.get("most", MOST_REQUESTS)), MOST_REQUESTS)
    counted_from = time.perf_counter() + float(plan["warm_up"])
    end = min(counted_from + float(plan["seconds"]), time.perf_counter() + LONGEST)
    for visitor in visitors:
        visitor.ask(tally.sent)
        tally.sent += 1
    waiting, last = len(visitors), counted_from
    while waiting:
        ready = selector.select(PATIENCE)
        if not ready:
            raise BadAnswer(f"The server has not answered for {PATIENCE:.0f} s.")
        for key, _events in ready:
            size = key.data.hear()
            if size is None:
                continue
            now = time.perf_counter()
            tally.answered += 1
            if counted_from <= now <= end:
                tally.latencies.append(now - key.data.asked_at)
                tally.size += size
                last = now
            if now < end and tally.sent < most:
                key.data.ask(tally.sent)
                tally.sent += 1
            else:
                waiting -= 1
    tally.seconds = last - counted_from


def summary(tally: Tally) -> dict[str, Any]:
    """Rates and percentiles of a tally. Raises BadAnswer where nothing was measured."""
    if not tally.latencies or tally.seconds <= 0:
        raise BadAnswer("Nothing was answered in the time given.")
    ordered = sorted(tally.latencies)
    return {
        "answered": tally.answered,
        "requests": len(ordered),
        "per_second": round(len(ordered) / tally.seconds, 1),
        "p50": round(percentile(ordered, 50) * 1000, 3),
        "p99": round(percentile(ordered, 99) * 1000, 3),
        "bytes": round(tally.size / len(ordered)),
    }


def percentile(ordered: Sequence[float], share: int) -> float:
    """The smallest value that at least `share` per cent of the ordered values do not exceed (nearest rank)."""
    rank = -(-len(ordered) * share // 100)
    return ordered[max(rank, 1) - 1]


if __name__ == "__main__":
    try:
        print(json.dumps(run(json.load(sys.stdin))))  # noqa: T201 - what the process is for
    except (BadAnswer, OSError) as trouble:
        sys.exit(f"{type(trouble).__name__}: {trouble}")
