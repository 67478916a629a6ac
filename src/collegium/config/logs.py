"""Logs: JSON lines in production, readable lines in a demo; which page and how long, never who or from where."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

# Of the framework only what went wrong; of the queue the fate of each job, in a demo only the bad ones.
QUIET = {"django.request": "ERROR", "django.security": "ERROR", "procrastinate.blueprints": "WARNING"}
QUIET |= {"fido2": "WARNING"}  # its lines hold the numbers of passkeys
QUIET |= {"mail.log": "WARNING", "mail.debug": "WARNING"}  # who writes to whom
QUIET |= {
    "procrastinate.periodic": "WARNING",
    "procrastinate.worker.worker": "WARNING",
    "procrastinate.jobs": "WARNING",
}
QUIET_IN_DEMO = {"procrastinate": "WARNING"}
FIELDS_OF_A_JOB = ("id", "task_name", "queue", "status", "attempts")

Event = MutableMapping[str, Any]


def configure(options: dict[str, Any]) -> None:
    """Send every logger's lines to standard error in one shape. `json`: one object per line."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    ending = [frames_without_messages, _renderer(json=True)] if options["json"] else [_renderer(json=False)]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, job_by_name, request_by_route],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name, level in {**QUIET, **({} if options["json"] else QUIET_IN_DEMO)}.items():
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def line_writer(name: str, *, json: bool) -> Any:
    """A logger for a line with every request: the same shape as the others', by a shorter way."""
    return structlog.wrap_logger(
        structlog.WriteLogger(sys.stderr),
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _renderer(json=json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    ).bind(logger=name)


def _renderer(*, json: bool) -> Any:
    if json:
        return structlog.processors.JSONRenderer(default=str)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)


def job_by_name(_logger: Any, _method: str, event: Event) -> Event:
    """The queue's own lines hold a job's arguments; ours hold its name, number and fate."""
    record = event.get("_record")
    if record is None or not record.name.startswith("procrastinate"):
        return event
    job = getattr(record, "job", None) or {}
    event["event"] = getattr(record, "action", None) or "procrastinate"
    event.update({f"job_{field}": job[field] for field in FIELDS_OF_A_JOB if field in job})
    return event


def request_by_route(_logger: Any, _method: str, event: Event) -> Event:
    """The framework's lines about a request hold its path; ours hold its route."""
    record = event.get("_record")
    if record is None or not hasattr(record, "request"):
        return event
    event["event"] = "request failed"
    event["route"] = route(record.request)
    return event


def frames_without_messages(_logger: Any, _method: str, event: Event) -> Event:
    """Where an error arose and of which kind; its message may quote what somebody wrote, so it is left out."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if not found or found[0] is None:
        return event
    event["error"] = f"{found[0].__module__}.{found[0].__qualname__}"
    event["frames"] = _frames(found[2])
    return event


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def route(request: Any) -> str:
    """The name of the page a request asks for; its path may hold a number, an address or a search."""
    match = getattr(request, "resolver_match", None)
    return (match.view_name or match.route) if match else ""
