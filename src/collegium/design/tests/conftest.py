"""A real browser that is answered by the test itself: no server, no network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Engine
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from collegium.design.house import House
from collegium.design.stylesheet import the_stylesheet

HOUSE = "https://house.test"
CSP = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Stopped after each module: while it runs, its event loop would keep other tests from the database."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


Opened = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    """Open a page made of the given lines, under the policy pages have; errors in its console fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        source: str,
        *,
        values: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        **options: object,
    ) -> Page:
        context = chromium.new_context(**options)  # type: ignore[arg-type]  # the test names them
        contexts.append(context)
        html = drawn_page(source, values or {})
        context.route("**/*", lambda route: answer(route, html, headers or {}))
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{HOUSE}/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def drawn_page(source: str, values: dict[str, object]) -> str:
    if not source.startswith("{% extends"):
        source = (
            '{% extends "design/page.html" %}{% load components i18n %}{% block title %}T{% endblock %}'
            "{% block main %}<h1>T</h1>" + source + "{% endblock %}"
        )
    return Engine.get_default().from_string(source).render(Context({"house": House(name="Council"), **values}))


def answer(route: Route, html: str, headers: dict[str, str]) -> None:
    path = route.request.url.removeprefix(HOUSE).partition("?")[0]
    if path.endswith(".css"):
        route.fulfill(body=the_stylesheet().plain, content_type="text/css")
    elif path.startswith("/static/"):
        name = path.removeprefix("/static/")
        kind = "image/svg+xml" if name.endswith(".svg") else "text/javascript"
        route.fulfill(body=Path(str(finders.find(name))).read_bytes(), content_type=kind)
    else:
        policy = {"Content-Security-Policy": CSP, **headers}
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=policy)
