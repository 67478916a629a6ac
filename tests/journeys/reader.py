"""Somebody at a browser. Each page that opens is looked over: accessibility, width, and what the console says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Response, Route, expect

from .accessibility import Fault, faults

# Milliseconds: far more than a page takes, for machines that have much else to do.
PATIENCE = 30_000

expect.set_options(timeout=PATIENCE)


class Reader:
    """Goes by links, buttons and labels, as people do."""

    def __init__(self, context: BrowserContext, *, eyes: BrowserContext | None = None) -> None:
        """`eyes` look a page over where the reader's own browser runs no scripts, axe-core being one."""
        self.context = context
        self.eyes = eyes
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.status = 0
        self._refused: set[str] = set()
        self.page.on("response", self._answered)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    # --- going about

    def open(self, path: str, *, status: int = 200) -> None:
        """Go to an address, which answers with this status."""
        self._go(lambda: self.page.goto(path), status)

    def follow(self, name: str, *, within: str = "body", status: int = 200) -> None:
        """Click the link that says this."""
        self._go(self.page.locator(within).get_by_role("link", name=name, exact=True).first.click, status)

    def press(self, name: str, *, within: str = "body", status: int = 200) -> None:
        """Press the button that says this; it leads to a page."""
        self._go(self.button(name, within=within).click, status)

    def reload(self) -> None:
        self._go(self.page.reload, 200)

    def arrive(self, deed: Callable[[], Any], *, status: int = 200) -> None:
        """Do something that leads to another page, which is looked over."""
        self._go(deed, status)

    def _go(self, deed: Callable[[], Any], status: int) -> None:
        with self.page.expect_navigation():
            deed()
        assert (self.status, self.page.url) == (status, self.page.url)
        self.look_over()

    def look_over(self) -> None:
        """Nothing is wrong with the page, light or dark, at a desk or on a telephone."""
        found = faults(self.page) if self.eyes is None else self._faults_through_other_eyes(self.eyes)
        assert found == [], "\n".join(map(str, found))

    def _faults_through_other_eyes(self, eyes: BrowserContext) -> list[Fault]:
        page, url, html = eyes.new_page(), self.page.url.partition("#")[0], self.page.content()

        def shown(route: Route) -> None:
            if route.request.is_navigation_request():
                route.fulfill(body=html, content_type="text/html; charset=utf-8")
            else:
                # A page that asks again by itself stays as it is while it is looked over: the eyes do run scripts.
                route.fulfill(status=204)

        page.route(url, shown)
        page.goto(url)
        found = faults(page)
        page.close()
        return found

    # --- what is on the page

    def button(self, name: str, *, within: str = "body") -> Locator:
        return self.page.locator(within).get_by_role("button", name=name, exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def says(self, words: str, *, within: str = "#main") -> None:
        """These words stand on the page and can be seen."""
        expect(self.page.locator(within).get_by_text(words).first).to_be_visible()

    def does_not_say(self, words: str) -> None:
        expect(self.page.get_by_text(words)).to_have_count(0)

    @property
    def title(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        """Where the reader is, without the place on the page."""
        return "/" + self.page.url.split("/", 3)[3].partition("#")[0]

    def links(self) -> list[str]:
        """Pages of this house that the page leads to, without queries and places on a page."""
        found = self.page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
        here = self.page.url.split("/", 3)[2]
        own = [url.split("/", 3)[3] for url in found if url.split("/", 3)[2:3] == [here]]
        inside = {"/" + path.partition("#")[0].partition("?")[0] for path in own}
        return sorted(inside)

    # --- what the browser says of it

    def _answered(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() and response.frame == self.page.main_frame
        if is_page:
            self.status = response.status
        if is_page and response.status < 500:
            # A page may refuse; the journey says which does.
            self._refused.add(response.url)
        elif response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def _heard(self, message: ConsoleMessage) -> None:
        of_a_page = message.location.get("url") in self._refused and "Failed to load resource" in message.text
        if message.type in ("error", "warning") and not of_a_page:
            self.complaints.append(f"{self.page.url}: {message.text}")
