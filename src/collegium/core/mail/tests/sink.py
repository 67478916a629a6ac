"""A mail relay of the tests: a real socket on this machine that takes letters, or refuses them."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from collegium.config.locators import MailRelay


class Sink(socketserver.ThreadingTCPServer):
    """Speaks just enough SMTP. `refusals` maps an SMTP word (RCPT, DATA) to the answer given to it.

    Where it `pipelines` it answers nothing of a transaction before it has heard DATA, and takes that word as it comes:
    `of_nobody` counts the letters without a reader that followed.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[tuple[str, EmailMessage]] = []
        self.came = threading.Condition()
        self.refusals: dict[str, str] = {}
        self.pipelines = False
        self.of_nobody = 0

    def wait_for(self, number: int, *, patience: float = 60) -> list[tuple[str, EmailMessage]]:
        """All letters once there are so many; for relays that deliver in their own time."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.letters) >= number, patience), f"{len(self.letters)} letters"
            return list(self.letters)

    @property
    def relay(self) -> MailRelay:
        return MailRelay("127.0.0.1", self.server_address[1], "", "", "none", 5, "Council <office@council.example>")


class Conversation(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.to, self.begun, self.held = "", False, b""
        self._say("220 sink")
        while line := self.rfile.readline():
            word = line.decode().strip().upper()[:4]
            said = self._say("221 bye") if word == "QUIT" else self._answer(word, line.decode())
            if said.startswith(("221", "421")):
                break

    def _answer(self, word: str, line: str) -> str:
        if word == "EHLO" and self.server.pipelines:
            return self._say("250-sink\r\n250 PIPELINING")
        if word == "MAIL":
            self.to, self.begun = "", word not in self.server.refusals
        if word in self.server.refusals and word != "DATA":
            return self._say(self.server.refusals[word], later=True)
        if word == "RCPT" and self.begun:
            self.to = line.partition("<")[2].partition(">")[0]
        if word == "DATA":
            self._take()
            return ""
        return self._say("250 ok", later=word in ("MAIL", "RCPT"))

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        if not self.to:
            assert not lines, "a letter was said to nobody"
            self.server.of_nobody += 1
            self._say("554 5.5.1 no reader")
            return
        if "DATA" in self.server.refusals:
            self._say(self.server.refusals["DATA"])
            return
        letter: Any = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        with self.server.came:
            self.server.letters.append((self.to, letter))
            self.server.came.notify_all()
        self._say("250 taken")

    def _say(self, words: str, *, later: bool = False) -> str:
        self.held += words.encode() + b"\r\n"
        if not (later and self.server.pipelines) or words.startswith("421"):
            self.wfile.write(self.held)
            self.held = b""
        return words


@contextmanager
def sink() -> Iterator[Sink]:
    """A relay for the time of a test."""
    server = Sink()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
