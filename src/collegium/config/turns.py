"""Requests of one web process are worked on one after the other, in the order in which they came.

Threads of a process share one interpreter: two pages that are made at once both take twice as long, and whoever comes
back from the database waits for the other. In turns the first is done in half the time and the second no later. A
process takes a second request at once where the machine has a processor to spare: where its neighbour is idle
(docs/decisions/0026).
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from collegium.config.connections import EvenConnections
from collegium.config.environment import WEB_PROCESSES, Environment
from collegium.config.neighbours import Neighbours
from collegium.config.requests import Application

PATIENCE = 0.1  # seconds somebody waits at most while one request has the turn


def in_company(application: Application, environment: Environment) -> Application:
    """The application as one of the web's processes serves it: with its share of the connections, and in turns.

    Turns are for where our processes and our database share no more processors than there are processes. With more of
    them, or with a database elsewhere, one thread computes while another waits for it, as threads do.
    """
    try:
        neighbours = Neighbours(environment.data, WEB_PROCESSES)
    except OSError:  # a file system that shares no memory
        return application
    if environment.database is None and processors() <= WEB_PROCESSES:
        application = Turns(application, neighbours)
    return EvenConnections(application, neighbours, environment.port)


def processors() -> int:
    """How many of the machine's processors we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Turns:
    """A WSGI application whose requests take turns within one process.

    A request that has the turn for longer than somebody is patient keeps working, and the turn goes on without it:
    what takes seconds delays whoever comes next by a tenth of a second once, and nobody after.
    """

    def __init__(self, application: Application, neighbours: Neighbours, *, patience: float = PATIENCE) -> None:
        self._application = application
        self._neighbours = neighbours
        self._patience = patience
        self._lock = threading.Lock()
        self._working: threading.Lock | None = None  # whose turn it is
        self._waiting: deque[threading.Lock] = deque()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        gate = threading.Lock()
        self._begin(gate)
        try:
            return self._application(environ, start_response)
        finally:
            self._end(gate)

    @property
    def waiting(self) -> int:
        """How many requests wait for their turn."""
        return len(self._waiting)

    def _begin(self, gate: threading.Lock) -> None:
        """Return when the request of this gate may be worked on."""
        with self._lock:
            if self._working is None:
                self._working = gate
                return
            if not self._waiting and self._neighbours.are_idle():
                return
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=self._patience):
            return
        with self._lock:
            # Unless it was called at this very moment.
            if gate in self._waiting:
                self._waiting.remove(gate)
                self._working = gate

    def _end(self, gate: threading.Lock) -> None:
        """Call who came next. The turn is handed over, not set free: whoever just ended would be first to take it."""
        with self._lock:
            if self._working is not gate:
                return
            self._working = self._waiting.popleft() if self._waiting else None
            if self._working is not None:
                self._working.release()
