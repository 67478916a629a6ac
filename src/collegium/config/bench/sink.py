"""A relay that takes every letter and keeps none, in a process of its own: its work is not the house's."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.sharedctypes import Synchronized
from typing import Any

END = b"\r\n.\r\n"


class Conversation(asyncio.Protocol):
    """Enough of SMTP for one client after the other that follows the rules."""

    def __init__(self, first: Synchronized[float]) -> None:
        self.first = first
        self.waiting = b""
        self.takes_letter = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while self._take():
            pass

    def _take(self) -> bool:
        """The next line, or the next letter; False where it is not whole yet."""
        piece, found, rest = self.waiting.partition(END if self.takes_letter else b"\r\n")
        if not found:
            return False
        self.waiting = rest
        if self.takes_letter:
            self.takes_letter = False
            self.first.value = self.first.value or time.monotonic()
            self.transport.write(b"250 taken\r\n")
        else:
            self._answer(piece[:4].upper())
        return True

    def _answer(self, word: bytes) -> None:
        self.takes_letter = word == b"DATA"
        answers = {
            b"DATA": b"354 go on\r\n",
            b"EHLO": b"250-sink\r\n250-8BITMIME\r\n250 PIPELINING\r\n",
            b"QUIT": b"221 bye\r\n",
        }
        self.transport.write(answers.get(word, b"250 ok\r\n"))
        if word == b"QUIT":
            self.transport.close()


def _serve(port: Synchronized[int], first: Synchronized[float]) -> None:
    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: Conversation(first), "127.0.0.1", 0)
        port.value = server.sockets[0].getsockname()[1]
        await server.serve_forever()

    asyncio.run(forever())


class Sink:
    """Where it listens, and when the first letter had come."""

    def __init__(self, port: int, first: Synchronized[float]) -> None:
        self.port = port
        self._first = first

    @property
    def first_at(self) -> float:
        """On the clock that all processes share (`time.monotonic`)."""
        return self._first.value

    def begin(self) -> None:
        """Forget the first letter."""
        self._first.value = 0.0


@contextmanager
def open_sink() -> Iterator[Sink]:
    """A sink for a time."""
    spawn = multiprocessing.get_context("spawn")
    port: Any = spawn.Value("i", 0)
    first: Any = spawn.Value("d", 0.0)
    process = spawn.Process(target=_serve, args=(port, first), daemon=True)
    process.start()
    try:
        while not port.value:
            time.sleep(0.01)
            if not process.is_alive():
                raise OSError("the relay of the measurement did not start")
        yield Sink(port.value, first)
    finally:
        process.terminate()
        process.join()
