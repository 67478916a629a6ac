"""The door at which our mail server hands letters over, by LMTP (RFC 2033) or SMTP."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone

from .arriving import take_in

log = structlog.get_logger()

# A letter with as many files as a post takes; what is larger is refused before it is sent.
LARGEST = 50_000_000


class Door:
    """What aiosmtpd asks at each step of a letter."""

    def __init__(self) -> None:
        # One connection to the database, kept: keeping a letter takes a few milliseconds, connecting as long again.
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="receiving")

    def close(self) -> None:
        """When no more letters come."""
        self.thread.submit(_disconnect).result()
        self.thread.shutdown()

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Every address of our domain alike: nobody finds out which there are. No other, for we are no relay."""
        if address.rpartition("@")[2].lower() != settings.MAIL_DOMAIN:
            return "550 5.7.1 not a domain of this house"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - likewise
        """Acknowledged once it is kept."""
        keep = partial(_keep, envelope.content, list(envelope.rcpt_tos), (envelope.mail_from or "").strip("<>"))
        try:
            await asyncio.get_running_loop().run_in_executor(self.thread, keep)
        except (DatabaseError, InterfaceError) as trouble:
            log.error("a letter could not be kept", trouble=type(trouble).__name__)
            return "451 4.3.0 not now, bring it again"
        return "250 2.0.0 kept"


def _disconnect() -> None:
    """In the thread whose connection it is."""
    connection.close()


def _keep(raw: bytes, to: list[str], return_path: str) -> None:
    """Over the connection there is; if the database was away meanwhile, over another."""
    keep = partial(take_in, raw, to=to, return_path=return_path, at=timezone.now())
    try:
        keep()
    except (OperationalError, InterfaceError):
        connection.close()
        keep()


def receiver(host: str, port: int, *, protocol: str) -> Controller:
    """A controller to start and stop; it serves in a thread of its own."""
    kind = {"lmtp": LMTP, "smtp": SMTP}[protocol]

    class Receiving(Controller):
        def factory(self) -> SMTP:
            return kind(self.handler, data_size_limit=LARGEST, enable_SMTPUTF8=True, ident="Collegium", loop=self.loop)

    return Receiving(Door(), hostname=host, port=port, server_hostname=settings.MAIL_DOMAIN)
