"""Two sessions that meet at a chosen point: one waits for the other by the database's own locks, never by the clock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

LONG = 60


class Other:
    """A deed in another session. `hold` runs it and keeps its transaction open until `let_go`."""

    def __init__(self, deed: Callable[[], Any]) -> None:
        self.deed = deed
        self.result: Any = None
        self.problem: Exception | None = None
        self.begun, self.done, self.may_end = threading.Event(), threading.Event(), threading.Event()
        self.session = 0
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    self.session = cursor.fetchone()[0]
                self.begun.set()
                self.result = self.deed()
                self.done.set()
                assert self.may_end.wait(LONG)
        except Exception as problem:  # told to the test that waits
            self.problem = problem
        finally:
            self.begun.set()
            self.done.set()
            connection.close()

    def hold(self) -> Other:
        """Run the deed and stay in its transaction."""
        self.thread.start()
        assert self.done.wait(LONG)
        return self

    def start(self) -> Other:
        """Run the deed and end; returns when the session waits for a lock or has finished."""
        self.may_end.set()
        self.thread.start()
        assert self.begun.wait(LONG)
        while not self.done.is_set() and not self._waits():
            pass
        return self

    def _waits(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE pid = %s AND NOT granted)", [self.session])
            return bool(cursor.fetchone()[0])

    @property
    def is_waiting(self) -> bool:
        return not self.done.is_set()

    def let_go(self) -> Any:
        """End the transaction, and give what the deed gave or raise what it raised."""
        self.may_end.set()
        self.thread.join(LONG)
        assert not self.thread.is_alive()
        if self.problem is not None:
            raise self.problem
        return self.result
