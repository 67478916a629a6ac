"""What the processes of the web know of each other: how much each has to do at the moment."""

from __future__ import annotations

import fcntl
import mmap
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from collegium.config import lease

FRESH = 5.0  # seconds for which counts what a process said of its connections
REQUESTS, CONNECTIONS, COUNTED_AT = range(3)  # what is known of each
NUMBER = 8  # bytes


class Neighbours:
    """Numbers of each process, in a file that all of them have in memory: to say or read one costs next to nothing.

    Each process holds a byte of the file for as long as it lives, by a lock that the system takes back however it
    ends: what a process said that is gone does not count. A process makes one of these, for the locks are its own, and
    whoever closes the file in it gives up its place. One without a place, for all are taken or the folder knows no
    locks, says nothing, and of the others expects that they are busy. Raises OSError where no memory can be shared.
    """

    def __init__(self, data: Path, processes: int) -> None:
        self._processes = processes
        self._file = lease.open_lock(lease.folder(data), "turns")
        try:
            self._memory = self._mapped(processes * 3 * NUMBER)
        except OSError:
            self._file.close()
            raise
        self._numbers = memoryview(self._memory).cast("d")
        self._place: int | None = None
        self._sit_down()

    def close(self) -> None:
        self._numbers.release()
        self._memory.close()
        self._file.close()

    def _mapped(self, size: int) -> mmap.mmap:
        # Written, not only made longer: where the disk is full that is an error here, and no end of the process later.
        os.write(self._file.fileno(), b"\0" * (size - self._file.seek(0, os.SEEK_END)))
        return mmap.mmap(self._file.fileno(), size)

    def tell_requests(self, count: int) -> None:
        """Say how many requests this process has to do with."""
        if self._sit_down():
            self._say(REQUESTS, count)

    def tell_connections(self, count: int) -> None:
        """Say by how many connections this process is asked."""
        if self._sit_down():
            self._say(CONNECTIONS, count)
            self._say(COUNTED_AT, time.monotonic())

    def are_idle(self) -> bool:
        """Whether no other process has anything to do."""
        return self._place is not None and not any(self._of(n, REQUESTS) and self._lives(n) for n in self._others())

    def fewest_connections(self) -> int | None:
        """By how many connections that process is asked which is asked by the fewest; None where that is not known.

        Who has nothing to do says nothing, and is asked by none. Who works and says nothing is stuck.
        """
        counts = [self._connections(n) for n in self._others() if self._lives(n)] if self._place is not None else []
        return min((count for count in counts if count is not None), default=None)

    def _connections(self, place: int) -> int | None:
        if time.monotonic() - self._of(place, COUNTED_AT) < FRESH:
            return int(self._of(place, CONNECTIONS))
        return None if self._of(place, REQUESTS) else 0

    def _others(self) -> Iterator[int]:
        return (n for n in range(self._processes) if n != self._place)

    def _say(self, what: int, number: float) -> None:
        assert self._place is not None
        self._numbers[self._place * 3 + what] = number

    def _of(self, place: int, what: int) -> float:
        return self._numbers[place * 3 + what]

    def _sit_down(self) -> bool:
        """Whether this process has a place: a later process finds one when the one before it has gone."""
        if self._place is None:
            self._place = next((n for n in range(self._processes) if self._take(n, fcntl.LOCK_EX)), None)
            if self._place is not None:
                for what in (REQUESTS, CONNECTIONS, COUNTED_AT):
                    self._say(what, 0)
        return self._place is not None

    def _lives(self, place: int) -> bool:
        is_free = self._take(place, fcntl.LOCK_SH)
        if is_free:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)
        return not is_free

    def _take(self, place: int, how: int) -> bool:
        with suppress(OSError):  # taken, or a file system that knows no locks
            fcntl.lockf(self._file, how | fcntl.LOCK_NB, 1, place)
            return True
        return False
