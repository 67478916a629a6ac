"""Requests of one web process are worked on one after the other, in the order in which they came.

Threads of a process share one interpreter: two pages that are made at once both take twice as long, and whoever comes
back from the database waits for the other. In turns the first is done in half the time and the second no later. A
process takes a second request at once where the machine has a processor to spare: where its neighbour is idle
(docs/decisions/0026).
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from collegium.config import lease
from collegium.config.environment import WEB_PROCESSES, Environment
from collegium.config.requests import Application

PATIENCE = 0.1  # seconds somebody waits at most while one request has the turn


def in_turns(application: Application, environment: Environment) -> Application:
    """The application in turns, where our processes and our database share no more processors than there are processes.

    With more of them, or with a database elsewhere, one thread computes while another waits for it, as threads do.
    """
    if environment.database is not None or processors() > WEB_PROCESSES:
        return application
    return Turns(application, Places(environment.data, WEB_PROCESSES))


def processors() -> int:
    """How many of the machine's processors we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Places:
    """Which of the web's processes are at work, as locks that the system takes back when a process ends.

    Each holds a byte of the file for as long as it lives, and another while one of its requests has the turn: not for
    a second beside that, nor for what lost its turn or is sent piece by piece. A process makes
    one of these: the locks are its own, and whoever closes the file in it gives up all of them.
    """

    def __init__(self, data: Path, processes: int) -> None:
        self._file = lease.open_lock(lease.folder(data), "turns")
        self._processes = processes
        self._mine = next((n for n in range(processes) if self._take(processes + n)), None)

    def close(self) -> None:
        self._file.close()

    def work(self) -> None:
        """Say that this process works. It waits only while another just looks."""
        if self._mine is not None:
            fcntl.lockf(self._file, fcntl.LOCK_EX, 1, self._mine)

    def rest(self) -> None:
        if self._mine is not None:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, self._mine)

    def others_rest(self) -> bool:
        """Whether none of the other processes works on anything; false for one that came too many."""
        return self._mine is not None and all(self._rests(n) for n in range(self._processes) if n != self._mine)

    def _rests(self, place: int) -> bool:
        found = self._take(place, fcntl.LOCK_SH)
        if found:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)
        return found

    def _take(self, place: int, how: int = fcntl.LOCK_EX) -> bool:
        with suppress(BlockingIOError, PermissionError):  # systems differ in what they say
            fcntl.lockf(self._file, how | fcntl.LOCK_NB, 1, place)
            return True
        return False


class Turns:
    """A WSGI application whose requests take turns within one process.

    A request that has the turn for longer than somebody is patient keeps working, and the turn goes on without it:
    what takes seconds delays whoever comes next by a tenth of a second once, and nobody after.
    """

    def __init__(self, application: Application, places: Places, *, patience: float = PATIENCE) -> None:
        self._application = application
        self._places = places
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
                self._places.work()
                return
            if not self._waiting and self._places.others_rest():
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
            if self._working is None:
                self._places.rest()
            else:
                self._working.release()
