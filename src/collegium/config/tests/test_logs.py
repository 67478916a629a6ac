"""The log tells what happened, and not of whom."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from collegium.config import logs

SAMPLE = """
import logging, structlog, sys
from types import SimpleNamespace as S
from collegium.config import logs
logs.configure({"json": True})
match = S(view_name="people:person", route="people/<handle>")
try:
    raise ValueError("Key (email)=(ines@example.org) already exists.")
except ValueError:
    extra = {"request": S(resolver_match=match)}
    logging.getLogger("django.request").error("Internal Server Error: /people/ines", exc_info=True, extra=extra)
job = {"id": 7, "task_name": "mail.send", "task_kwargs": {"to": "ines@example.org"}}
extra = {"action": "job_success", "job": job}
logging.getLogger("procrastinate.worker").info("Job mail.send[7](to='ines@example.org') ended", extra=extra)
structlog.stdlib.get_logger("collegium.requests").info("request", route="home")
"""


@pytest.fixture(scope="module")
def lines():
    """What a process of its own logs, in production: one object per line."""
    environ = {"PYTHONPATH": str(Path(logs.__file__).parents[2])}
    result = subprocess.run([sys.executable, "-c", SAMPLE], env=environ, capture_output=True, text=True, check=True)
    assert "ines" not in result.stderr
    found = [json.loads(line) for line in result.stderr.splitlines()]
    for line in found:
        assert line.pop("timestamp").endswith("Z")
    return found


def test_a_failed_request_shows_where_and_not_what_was_said(lines):
    failed = lines[0]
    assert [frame.split(" ")[0] for frame in failed.pop("frames")] == ["<string>:8"]
    assert failed == {
        "event": "request failed",
        "level": "error",
        "logger": "django.request",
        "route": "people:person",
        "error": "builtins.ValueError",
    }


def test_a_job_shows_its_name_and_not_its_arguments(lines):
    assert lines[1] == {
        "event": "job_success",
        "level": "info",
        "logger": "procrastinate.worker",
        "job_id": 7,
        "job_task_name": "mail.send",
    }


def test_our_own_lines_have_the_same_shape(lines):
    assert lines[2] == {"event": "request", "level": "info", "logger": "collegium.requests", "route": "home"}


def test_a_demo_logs_for_people():
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    assert set(levels.values()) == {logging.ERROR, logging.WARNING}
