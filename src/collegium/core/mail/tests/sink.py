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
    """Speaks just enough SMTP. `refusals` maps an SMTP word (RCPT, DATA) to the answer given to it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[tuple[str, EmailMessage]] = []
        self.came = threading.Condition()
        self.refusals: dict[str, str] = {}

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
        self.to = ""
        self._say("220 sink")
        while line := self.rfile.readline():
            word = line.decode().strip().upper()[:4]
            if word == "QUIT":
                return self._say("221 bye")
            self._answer(word, line.decode())
        return None

    def _answer(self, word: str, line: str) -> None:
        if word in self.server.refusals and word != "DATA":
            return self._say(self.server.refusals[word])
        if word == "RCPT":
            self.to = line.partition("<")[2].partition(">")[0]
        if word == "DATA":
            return self._take()
        return self._say("250 ok")

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        if "DATA" in self.server.refusals:
            return self._say(self.server.refusals["DATA"])
        letter: Any = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        with self.server.came:
            self.server.letters.append((self.to, letter))
            self.server.came.notify_all()
        return self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


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
