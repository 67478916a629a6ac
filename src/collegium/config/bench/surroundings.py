"""The installation that is measured: a data folder of its own, production settings, everything from nowhere else."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from collegium.config import keys, lease

SETTINGS = "collegium.config.bench.settings"
# What the surroundings say of another installation.
FOREIGN = (
    "DATABASE_URL DATABASE_OWNER_URL FILES_URL TRUSTED_PROXIES ALLOWED_HOSTS BIND DEBUG ACCENT_COLOR COUNCIL_TIME_ZONE "
    "COLLEGIUM_PROCESS"
).split()


def folder(environ: MutableMapping[str, str]) -> Path:
    """Where the corpora of this machine are kept."""
    data = environ.get("COLLEGIUM_DATA")
    return (Path(data) / "bench" if data else Path("var/bench")).absolute()


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Measure one at a time. Raises ClickException where another measurement is under way."""
    place.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    with lease.open_lock(place, "bench") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException(f"Another measurement is under way in {place}.") from None
        yield


def enter(environ: MutableMapping[str, str], *, data: Path, port: int) -> None:
    """Make this process, and those it starts, work on the measured installation, as the owner of its tables."""
    for name in FOREIGN:
        environ.pop(name, None)
    data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    environ.update(
        COLLEGIUM_MODE="production",
        COLLEGIUM_DATA=str(data),
        COLLEGIUM_ROLE="owner",
        DJANGO_SETTINGS_MODULE=SETTINGS,
        SECRET_KEY=keys.kept(data, "secret"),
        BASE_URL=f"http://localhost:{port}",
        PORT=str(port),
        SMTP_URL="smtp://localhost:9",  # nothing that is measured sends a letter
    )


def free_port() -> int:
    return free_ports(1)[0]


def free_ports(number: int) -> list[int]:
    """Different ones: asked for one after the other, the system may name the same again."""
    with ExitStack() as held:
        attempts = [held.enter_context(socket.socket()) for _number in range(number)]
        for attempt in attempts:
            attempt.bind(("127.0.0.1", 0))
        return [int(attempt.getsockname()[1]) for attempt in attempts]
