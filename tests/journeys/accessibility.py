"""What axe-core finds on a page, and what does not fit it: light and dark, at a desk and on a telephone."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# What a change of colours can change.
COLORS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}

# What differs each time a page is drawn: tokens against forgery, and where a form leads back to.
TOKEN, LED_TO = r'(?<=name="csrfmiddlewaretoken" value=")[^"]*', r'(?<=name="next" value=")[^"]*|next=[^"&]*'
CHANGING = re.compile(f"{TOKEN}|{LED_TO}")

Fault = tuple[str, ...]

_sound: set[str] = set()


def faults(page: Page) -> list[Fault]:
    """Each as (where, address, what); the page is left as it was. What was found sound is not looked at again."""
    desk = page.viewport_size
    assert desk is not None
    drawn = CHANGING.sub("", page.content())
    if drawn in _sound:
        return []
    page.evaluate(AXE_SCRIPT)
    found = _in_both_schemes(page, "desk")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a size is a dictionary of its own type
    found += _in_both_schemes(page, "phone")
    page.set_viewport_size(desk)
    if not found:
        _sound.add(drawn)
    return found


def _in_both_schemes(page: Page, width: str) -> list[Fault]:
    found = _found(page, f"{width}, light", ALL)
    if overflow(page) > 0:
        found.append((width, page.url, f"{overflow(page)} px too wide: {_widest(page)}"))
    page.emulate_media(color_scheme="dark")
    found += _found(page, f"{width}, dark", COLORS)
    page.emulate_media(color_scheme="light")
    return found


def _found(page: Page, where: str, options: dict[str, Any]) -> list[Fault]:
    violations = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        (where, page.url, violation["id"], node["html"][:200], node.get("failureSummary", "")[:300])
        for violation in violations
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return pixels


def _widest(page: Page) -> str:
    html: str = page.evaluate(
        "() => [...document.body.querySelectorAll('*')]"
        ".reduce((a, b) => b.getBoundingClientRect().right > a.getBoundingClientRect().right ? b : a)"
        ".outerHTML.slice(0, 200)"
    )
    return html
