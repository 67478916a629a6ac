"""Who uses the embedded database: whoever needs it finds it running or starts it; the last one out stops it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from collegium.config.embedded import Cluster


class AlreadyServed(Exception):
    """Another `collegium serve` runs on this data folder."""


@contextmanager
def in_use(cluster: Cluster, *, serving: bool = False) -> Iterator[None]:
    """Hold the database open. A command stops it only if it was the last to need it; `serving` stops it in any case.

    The kernel lets go of the locks of a process that dies, however it dies, so none of them is ever stale.
    """
    place = folder(cluster.data)
    with open_lock(place, "users") as users:
        with _held(place, "change"):
            fcntl.flock(users, fcntl.LOCK_SH)
            start(cluster)
        try:
            yield
        finally:
            with _held(place, "change"):
                if serving or _alone(users):
                    cluster.stop()


def start(cluster: Cluster) -> None:
    """Make the cluster where there is none, and start it where it is not running."""
    if not cluster.running():
        cluster.make()
        cluster.start()


def restart_if_down(cluster: Cluster) -> bool:
    """Start the database again where it broke down; True if that was so."""
    if cluster.running():
        return False
    with _held(folder(cluster.data), "change"):
        start(cluster)
    return True


@contextmanager
def the_only_server(data: Path) -> Iterator[None]:
    """Be the one `collegium serve` of a data folder. Raises AlreadyServed."""
    with open_lock(folder(data), "serve") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServed(
                f"Collegium is being served from {data}: stop that first, or set COLLEGIUM_DATA to another folder."
            ) from None
        yield


@contextmanager
def _held(place: Path, name: str) -> Iterator[None]:
    with open_lock(place, name) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _alone(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def folder(data: Path) -> Path:
    """Where the locks of a data folder are."""
    found = data / "locks"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def open_lock(place: Path, name: str) -> IO[str]:
    """A file to lock: written and read, as the locks of its bytes ask for."""
    return (place / f"{name}.lock").open("a+", encoding="ascii")
