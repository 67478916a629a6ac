"""Processes of `serve` that a test kills and starts again, on the test's own database."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from collegium.config.tests.conftest import SOURCE

PATIENCE = 60
A_MOMENT = 0.05


class Killed:
    """One process at a time that does a deed of `serve`, begun again whenever it was killed.

    Each is forked off a process in which everything is imported: a test that kills often waits for that once.
    """

    def __init__(self, deed: str, **environ: str) -> None:
        self.kills = 0
        self.log = Path(settings.DATA) / f"killed-{deed}-{os.getpid()}.log"
        with self.log.open("wb") as log:
            self.parent = subprocess.Popen(
                [sys.executable, "-m", "collegium.config.tests.forking", deed],
                env={
                    "PATH": os.environ["PATH"],
                    "PYTHONPATH": str(SOURCE),
                    "COLLEGIUM_MODE": "demo",
                    "COLLEGIUM_ROLE": "serve",
                    "COLLEGIUM_DATA": str(settings.DATA),
                    "DATABASE_URL": database(),
                    "MAIL_DOMAIN": "peers.example",
                }
                | environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.start()

    def _ask(self) -> int:
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        self.parent.stdin.write("\n")
        self.parent.stdin.flush()
        answer = self.parent.stdout.readline()
        assert answer, self.said()
        return int(answer)

    def start(self) -> None:
        """Once, or after it was killed."""
        self.process = self._ask()

    def kill(self) -> None:
        """At once, whatever it is doing."""
        os.kill(self.process, signal.SIGKILL)
        assert self._ask() == -signal.SIGKILL, self.said()
        self.kills += 1

    def again(self) -> None:
        self.kill()
        self.start()

    def end(self) -> None:
        """As `serve` ends it."""
        os.kill(self.process, signal.SIGTERM)
        assert self._ask() == 0, self.said()

    def close(self) -> None:
        """Whatever happened: nothing of it runs on."""
        with suppress(ProcessLookupError):
            os.killpg(self.parent.pid, signal.SIGKILL)
        self.parent.communicate()
        self.log.unlink(missing_ok=True)

    def said(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


@contextmanager
def killed(deed: str, **environ: str) -> Iterator[Killed]:
    """The process, ended whatever happens."""
    found = Killed(deed, **environ)
    try:
        yield found
    finally:
        found.close()


def database() -> str:
    """Where the test's own database is."""
    where: Any = connection.settings_dict
    return (
        f"postgresql://{where['USER']}:{where['PASSWORD']}@/{where['NAME']}?host={where['HOST']}&port={where['PORT']}"
    )


class Carrier:
    """A mail server that brings letters to the house's door, and each again until the house has said that it has it."""

    def __init__(self, house: Killed, port: int) -> None:
        self.house = house
        self.port = port
        self.client: smtplib.LMTP | None = None

    def bring(self, sender: str, to: str, raw: bytes, *, meanwhile: Callable[[], None] | None = None) -> None:
        """Until it is acknowledged; `meanwhile` happens once, when the letter is handed over and nothing said yet."""
        while True:
            client = self._connected()
            try:
                client.mail(sender)
                client.rcpt(to)
                client.putcmd("DATA")
                client.getreply()
                client.send(raw.replace(b"\n", b"\r\n") + b"\r\n.\r\n")
                if meanwhile is not None:
                    happens, meanwhile = meanwhile, None
                    happens()
                code, _words = client.getreply()
            except (smtplib.SMTPException, OSError):
                self.hang_up()
                continue
            assert code == 250, code
            return

    def _connected(self) -> smtplib.LMTP:
        for _attempt in range(int(PATIENCE / A_MOMENT)):
            if self.client is not None:
                return self.client
            try:
                self.client = smtplib.LMTP("127.0.0.1", self.port, timeout=PATIENCE)
                self.client.ehlo_or_helo_if_needed()
            except (smtplib.SMTPException, OSError):
                self.hang_up()
                threading.Event().wait(A_MOMENT)  # a process that starts calls nobody
        raise AssertionError(self.house.said())

    def hang_up(self) -> None:
        if self.client is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.client.close()
        self.client = None
