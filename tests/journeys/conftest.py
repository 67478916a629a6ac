"""The surroundings of the journeys: a real browser, a real server in this process, and a clock that can be moved."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, sync_playwright

# What is found stands in the failure, also where the steps look for it.
pytest.register_assert_rewrite(*[f"tests.journeys.{name}" for name in ("reader", "keyboard", "when", "then")])


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Stopped after the last journey; its event loop would keep other tests from the database."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    # Playwright keeps an event loop in the tests' own thread, so Django takes the tests for asynchronous code. They are
    # not: nothing else runs in that loop while a test asks the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def scene(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """The cast, the day after everything in it happened. Whatever a browser complains of fails the journey."""
    # This file is read before Django has its settings, so nothing of the house is imported above.
    from django.core.cache import cache

    from collegium.core.groups.tests.cast import build_cast
    from collegium.core.people.tests.factories import AT

    from .scene import Scene

    # Nobody is kept out for what was tried in the journey before.
    cache.clear()
    with time_machine.travel(AT + timedelta(days=1), tick=True) as clock:
        scene = Scene(cast=build_cast(), clock=clock, browser=chromium, address=live_server.url)
        yield scene
        complaints = scene.end()
    assert complaints == []
