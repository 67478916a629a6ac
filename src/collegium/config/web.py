"""The web server: granian with a few processes, each with a few threads and a database connection for each."""

from __future__ import annotations

import os

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from collegium.config.environment import WEB_PROCESSES, WEB_THREADS, Environment


def serve(environment: Environment) -> None:
    """Serve pages until told to stop."""
    os.environ["COLLEGIUM_PROCESS"] = "web"
    os.environ["COLLEGIUM_WEB"] = str(os.getpid())  # whom its processes are not to outlive
    os.environ["COLLEGIUM_ROLE"] = "serve"
    Server(
        "collegium.config.wsgi:application",
        address=environment.bind,
        port=environment.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=WEB_PROCESSES,
        blocking_threads=WEB_THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()
