"""What stands on a page, for tests to compare: the texts and links of elements, and the parts of an answer."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "input", "br", "hr", "img"}
# Between these words do not part.
WITHIN_A_WORD = {"b", "i", "em", "strong"}


class _Finder(HTMLParser):
    """Collects the text inside elements of one tag and, if it is said, one class."""

    def __init__(self, tag: str, css: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tag, self.css = tag, css
        self.found: list[dict[str, Any]] = []
        self._open: list[tuple[str, dict[str, Any] | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        fits = tag == self.tag and (not self.css or self.css in (given.get("class") or "").split())
        hit = {"attrs": given, "text": ""} if fits else None
        if hit is not None:
            self.found.append(hit)
        if tag not in VOID:
            self._open.append((tag, hit))
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Shapes of icons hold nothing."""

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        while tag in [name for name, _hit in self._open]:
            if self._open.pop()[0] == tag:
                break

    def _part(self, tag: str) -> None:
        if tag not in WITHIN_A_WORD:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for _name, hit in self._open:
            if hit is not None:
                hit["text"] += data


def found(response: Any, selector: str) -> list[dict[str, Any]]:
    """Elements by `tag` or `tag.class`: their attributes and their text with white space evened out."""
    tag, _dot, css = selector.partition(".")
    finder = _Finder(tag, css)
    finder.feed(response.content.decode())
    return [{**hit, "text": " ".join(hit["text"].split())} for hit in finder.found]


def texts(response: Any, selector: str) -> list[str]:
    return [hit["text"] for hit in found(response, selector)]


def attributes(response: Any, selector: str, name: str) -> list[str | None]:
    return [hit["attrs"].get(name) for hit in found(response, selector)]


def bare(response: Any, path: str) -> tuple[Any, ...]:
    """Status, headers and body, without what differs from one request to the next: its number and its address."""
    headers = {name: value for name, value in response.items() if name != "X-Request-ID"}
    return response.status_code, headers, re.sub(re.escape(path), "", response.content.decode())
