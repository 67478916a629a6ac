"""The processes of the web are asked by about as many connections each.

The system gives every new connection to one of them by chance, and there it stays: of eight, six may be at one process,
and those wait three times as long as the other two. A process with more than another ends some of its own with their
answers, as HTTP/1.1 lets a server do (RFC 9112, 9.6), and whoever asks again is given to either by chance
(docs/decisions/0027).
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from collegium.config.neighbours import Neighbours
from collegium.config.requests import Application

OFTEN = 0.1  # seconds from one count to the next, at least; and at most a fiftieth of the time is spent on counting
RECENT = 1000  # milliseconds: a connection that was silent for longer asks for nothing now
OPEN_FILES = Path("/proc/self/fd")

# The first bytes of Linux's tcp_info (include/uapi/linux/tcp.h): the state, and for how long no data has come.
STATE, ESTABLISHED = 0, 1
LAST_DATA_RECEIVED = slice(52, 56)


class EvenConnections:
    """A WSGI application that shares the connections by which it is asked with its neighbours.

    Only for a server of our own: to others an application may not speak of the connection (PEP 3333).
    """

    def __init__(
        self, application: Application, neighbours: Neighbours, port: int, *, often: float = OFTEN, recent: int = RECENT
    ) -> None:
        self._application = application
        self._neighbours = neighbours
        self._port = port
        self._often, self._recent = often, recent
        self._next_count = 0.0
        self._too_many = 0
        self._requests = 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self._has_to_do(1)
        try:
            self._count()
            return self._application(environ, self._last(start_response) if self._too_many > 0 else start_response)
        finally:
            self._has_to_do(-1)

    def _last(self, start_response: Callable[..., Any]) -> Callable[..., Any]:
        """What begins an answer that is the last of its connection."""
        self._too_many -= 1
        return lambda status, headers, *more: start_response(status, [*headers, ("Connection", "close")], *more)

    def _has_to_do(self, more: int) -> None:
        with self._lock:
            self._requests += more
            self._neighbours.tell_requests(self._requests)

    def _count(self) -> None:
        began = time.monotonic()
        if began < self._next_count:
            return
        self._next_count, self._too_many = began + self._often, 0
        with suppress(OSError):  # no more files can be opened: no request fails for that
            self._share()
        self._next_count += 50 * (time.monotonic() - began)

    def _share(self) -> None:
        ours = sum(silent < self._recent for silent in silences(self._port))
        self._neighbours.tell_connections(ours)
        fewest = self._neighbours.fewest_connections()
        self._too_many = 0 if fewest is None else (ours - fewest) // 2


def silences(port: int) -> list[int]:
    """Of each connection to our port that this process holds, for how many milliseconds nothing has come.

    Empty where the system does not tell: only Linux does.
    """
    if not hasattr(socket, "TCP_INFO") or not OPEN_FILES.is_dir():
        return []
    found = []
    for path in OPEN_FILES.iterdir():
        # Which of our files are connections only trying tells.
        with suppress(OSError), borrowed(int(path.name)) as connection:
            told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, LAST_DATA_RECEIVED.stop)
            if told[STATE] == ESTABLISHED and connection.getsockname()[1] == port:
                found.append(int.from_bytes(told[LAST_DATA_RECEIVED], sys.byteorder))
    return found


@contextmanager
def borrowed(descriptor: int) -> Iterator[socket.socket]:
    """A socket that somebody else has open, and will close. Raises OSError where it is none."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=descriptor)
    try:
        yield found
    finally:
        found.detach()
