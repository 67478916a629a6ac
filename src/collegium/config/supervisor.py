"""`collegium serve`: one process that starts database, web and worker, restarts what crashes and stops all cleanly."""

from __future__ import annotations

import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial

import click

from collegium.config import embedded, lease, lifeline
from collegium.config.binaries import DatabaseTrouble
from collegium.config.embedded import Cluster
from collegium.config.environment import Environment

GRACE = 15.0  # seconds for a child to end what it is doing
LONGEST_PAUSE = 30.0
STEADY = 60.0  # a child that ran this long starts with a short pause again


def supervise(environment: Environment, *, load_demo: bool = False) -> int:
    """Serve until Ctrl-C or SIGTERM; returns the exit code."""
    _refuse_taken_port(environment)
    cluster = embedded.cluster(environment.data) if environment.database is None else None
    environment.data.mkdir(parents=True, exist_ok=True)
    holding = lease.in_use(cluster, serving=True) if cluster else nullcontext()
    with lease.the_only_server(environment.data), signals() as wake:
        if cluster and cluster.home.parent != environment.data:
            click.echo(f"The database lies in {cluster.home}: its own user cannot reach {environment.data}.")
        with holding:
            for word in ["prepare", "demo"] if load_demo else ["prepare"]:
                code = _run(word, wake)
                if code or wake.asked:
                    return 0 if wake.asked else code
            return House(environment, cluster, wake).serve()


def _run(word: str, wake: Wake) -> int:
    """Run one of our own commands to its end, or until we are asked to stop."""
    child = Child(word)
    child.start()
    assert child.process is not None
    while child.process.poll() is None:
        if wake.asked:
            child.process.terminate()
            return child.process.wait()
        wake.wait(1.0)
    return child.process.returncode


@dataclass
class Wake:
    """What signals asked for, and a socket that becomes readable when one comes."""

    reader: socket.socket
    asked: int = 0  # how often we were asked to stop

    def wait(self, seconds: float) -> None:
        if select.select([self.reader], [], [], seconds)[0]:
            self.reader.recv(4096)


@contextmanager
def signals() -> Iterator[Wake]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into a wish to stop, and a child's end into a wake-up."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    wake = Wake(reader)

    def ask(_number: int, _frame: object) -> None:
        wake.asked += 1

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    descriptor = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    try:
        yield wake
    finally:
        signal.set_wakeup_fd(descriptor)
        for number, handler in before.items():
            signal.signal(number, handler)
        reader.close()
        writer.close()


@dataclass
class Child:
    """One of our processes: what it is, whether it runs, and when it may be started again."""

    word: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = field(default=0.5)
    due: float = 0.0

    def start(self) -> None:
        # In a session of its own, so that Ctrl-C reaches only the supervisor; it tells the others.
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "collegium", self.word],
            start_new_session=True,
            preexec_fn=partial(lifeline.die_with, os.getpid(), signal.SIGTERM),  # noqa: PLW1509 - no other thread runs here
        )
        self.started = time.monotonic()

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def schedule(self) -> None:
        """Note when to start again: soon after a steady run, later and later after quick ends."""
        now = time.monotonic()
        self.pause = 0.5 if now - self.started > STEADY else min(self.pause * 2, LONGEST_PAUSE)
        self.due = now + self.pause
        self.process = None


class House:
    """The children of one `serve`, watched until somebody asks to stop."""

    def __init__(self, environment: Environment, cluster: Cluster | None, wake: Wake) -> None:
        self.environment = environment
        self.cluster = cluster
        self.wake = wake
        self.children = [Child("web"), Child("worker"), Child("letters")]
        self.open = False

    def serve(self) -> int:
        try:
            while not self.wake.asked:
                self._look_after_database()
                for child in self.children:
                    self._look_after(child)
                self._announce()
                self.wake.wait(1.0 if self.open else 0.05)
        finally:
            self._stop()
        return 0

    def _look_after_database(self) -> None:
        if self.cluster is None:
            return
        try:
            if lease.restart_if_down(self.cluster):
                click.echo("The database had stopped and was started again.", err=True)
        except DatabaseTrouble as trouble:
            click.echo(f"The database does not start: {trouble}", err=True)
            self.wake.wait(5.0)

    def _look_after(self, child: Child) -> None:
        if child.ended():
            assert child.process is not None
            code = child.process.returncode
            child.schedule()
            click.echo(f"The {child.word} ended ({code}) and starts again in {child.pause:g} s.", err=True)
        if child.process is None and time.monotonic() >= child.due:
            child.start()

    def _announce(self) -> None:
        """Say the address once pages are answered."""
        if self.open or not _answers(self.environment):
            return
        self.open = True
        click.echo(f"\nCollegium is open at {self.environment.base_url}   (Ctrl-C stops it)\n")

    def _stop(self) -> None:
        """End the children together; a second Ctrl-C, or the end of their grace, ends them at once."""
        running = [child.process for child in self.children if child.process]
        for process in running:
            process.terminate()
        asked, deadline = self.wake.asked, time.monotonic() + GRACE
        while any(process.poll() is None for process in running):
            if self.wake.asked > asked or time.monotonic() > deadline:
                for process in running:
                    _kill_session(process)
            self.wake.wait(0.2)
        for process in running:
            _kill_session(process)  # what a killed child may have left behind


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _answers(environment: Environment) -> bool:
    """Whether the web answers, whatever it says."""
    connection = http.client.HTTPConnection(environment.bind, environment.port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _refuse_taken_port(environment: Environment) -> None:
    family = socket.AF_INET6 if ":" in environment.bind else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((environment.bind, environment.port))
        except OSError as error:
            raise click.ClickException(
                f"{environment.bind}:{environment.port} cannot be used ({error.strerror}): set PORT to another number."
            ) from None
