"""Starting `collegium serve` on the measured installation, asking it for single pages, weighing its processes."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from collegium.config import lifeline
from collegium.config.bench.exchange import Answer, BadAnswer, Reader

STARTS_WITHIN = 60.0
ENDS_WITHIN = 30.0


@contextmanager
def served(port: int, log: Path, **more: str) -> Iterator[int]:
    """Serve as `collegium serve` does, its lines into a file; gives the supervisor's process id."""
    environ = {name: value for name, value in os.environ.items() if name != "COLLEGIUM_ROLE"} | more
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "collegium", "serve"],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=partial(lifeline.die_with, os.getpid(), signal.SIGTERM),  # noqa: PLW1509 - no other thread runs here
        )
        try:
            _wait_until_healthy(process, port, log)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until database and worker are well. Raises ClickException where the server ends or takes too long."""
    wire = f"GET /healthz HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    deadline = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if exchange(wire, port).status == 200:
                return
        except (OSError, BadAnswer):
            pass
        time.sleep(0.1)
    last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
    raise click.ClickException(f"The server did not open:\n{last}")


def exchange(wire: bytes, port: int) -> Answer:
    """One answer to one request, over a connection of its own."""
    reader = Reader()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(wire)
        while data := connection.recv(262_144):
            answer = reader.feed(data)
            if answer is not None:
                return answer
    raise BadAnswer("The server closed the connection.")


def asked(request: str, port: int, *, status: int = 200) -> Answer:
    """The answer to a written request. Raises ClickException where it is another than expected."""
    wire = base64.b64decode(request)
    answer = exchange(wire, port)
    if answer.status != status:
        line = wire.partition(b"\r\n")[0].decode("latin-1")
        said = answer.body[:600].decode("utf-8", "replace")
        raise click.ClickException(f"{line} was answered with {answer.status} instead of {status}: {said}")
    return answer


def measured(plan: dict[str, Any]) -> dict[str, Any]:
    """What the load generator measured. Raises ClickException with its reason where a request was not answered well."""
    result = subprocess.run(
        [sys.executable, "-m", "collegium.config.bench.load"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if result.returncode:
        raise click.ClickException(f"The measurement failed: {result.stderr.strip()}")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


# --- what the processes take


class Processes:
    """The server's processes, as the system sees them."""

    def __init__(self, supervisor: int, database: int) -> None:
        self.supervisor = supervisor
        self.database = database

    def memory(self) -> dict[str, float]:
        """Proportional set size in MiB of `web`, `worker` and `supervisor`, each with all its processes."""
        parts = self._parts()
        return {name: round(sum(map(_pss, pids)) / 1024, 1) for name, pids in parts.items() if name != "database"}

    def cpu(self) -> dict[str, dict[int, float]]:
        """Seconds of processor time so far of each process of `web` and of the `database`."""
        parts = self._parts()
        return {name: {pid: seconds(pid) for pid in parts.get(name, [])} for name in ("web", "database")}

    def _parts(self) -> dict[str, list[int]]:
        children = _children()
        found = {"supervisor": [self.supervisor], "database": [self.database, *_below(self.database, children)]}
        for child in children.get(self.supervisor, []):
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            name = next((word.decode() for word in words if word in (b"web", b"worker")), "other")
            found.setdefault(name, []).extend([child, *_below(child, children)])
        return found


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        found.setdefault(int(_stat(path)[1]), []).append(int(path.parent.name))
    return found


def _stat(path: Path) -> list[str]:
    """State, parent and what follows; the name in brackets before them may hold anything. Zeros for who has ended."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ["0"] * 20


def _below(pid: int, children: dict[int, list[int]]) -> Iterator[int]:
    for child in children.get(pid, []):
        yield child
        yield from _below(child, children)


def seconds(pid: int) -> float:
    """Processor time of a process so far; 0 where the system does not say."""
    user, system = _stat(Path(f"/proc/{pid}/stat"))[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def seconds_with_ended(pid: int) -> float:
    """Processor time so far of a process, of those it started, and of those of them that have ended."""
    while True:
        ended, running = _of_ended(pid), sum(map(seconds, _below(pid, _children())))
        # One that ended meanwhile was counted twice, or not at all.
        if _of_ended(pid) == ended:
            return ended + seconds(pid) + running


def _of_ended(pid: int) -> float:
    return sum(int(ticks) for ticks in _stat(Path(f"/proc/{pid}/stat"))[13:15]) / os.sysconf("SC_CLK_TCK")


def _pss(pid: int) -> int:
    """Kilobytes, each shared page counted by its share; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
