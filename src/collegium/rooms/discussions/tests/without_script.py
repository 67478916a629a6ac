"""A reader without script: finds forms and buttons on a page as it was drawn, and sends them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.test import Client
from django.test.html import Element, parse_html


class Page:
    """A page that was answered, and the forms on it."""

    def __init__(self, client: Client, response: Any, path: str) -> None:
        self.client = client
        self.status = response.status_code
        self.path = path
        self.text = response.content.decode()
        self.root = parse_html(self.text)

    def elements(self, name: str) -> list[Element]:
        """Every element of this name, in the order of the page."""
        return [element for element in _walk(self.root) if element.name == name]

    def says(self, words: str) -> bool:
        return words in self.text

    def links(self) -> list[str]:
        """Where the links of the page lead, in full."""
        return [urljoin(self.path, _of(link, "href")) for link in self.elements("a") if _of(link, "href")]

    def buttons(self) -> list[str]:
        return [_words(button) for button in self.elements("button")]

    def press(self, label: str, **changes: Any) -> Page:
        """Send the form of the button that says this, with these fields changed, and follow where it leads."""
        button = next(button for button in self.elements("button") if _words(button) == label)
        form = self._form_of(button)
        sent = fields_of(form) | changes
        if _of(button, "name"):
            sent[_of(button, "name")] = _of(button, "value")
        target = urljoin(self.path, _of(button, "formaction") or _of(form, "action"))
        return _followed(self.client, self.client.post(target, sent), target)

    def _form_of(self, button: Element) -> Element:
        forms = self.elements("form")
        if _of(button, "form"):
            return next(form for form in forms if _of(form, "id") == _of(button, "form"))
        return next(form for form in forms if any(element is button for element in _walk(form)))

    def open(self, path: str) -> Page:
        """Follow a link."""
        return read(self.client, urljoin(self.path, path))


def read(client: Client, path: str) -> Page:
    """The page at a path, wherever it leads."""
    target = path.partition("#")[0]
    return _followed(client, client.get(target), target)


def _followed(client: Client, response: Any, path: str) -> Page:
    while response.status_code in (302, 303):
        path = urljoin(path, response.headers["Location"]).partition("#")[0]
        response = client.get(path)
    return Page(client, response, path)


def fields_of(form: Element) -> dict[str, Any]:
    """What a browser would send of a form nobody touched."""
    sent: dict[str, Any] = {}
    for element in _walk(form):
        name = _of(element, "name")
        if not name or element.name not in ("input", "textarea", "select"):
            continue
        if element.name == "textarea":
            sent[name] = "".join(str(child) for child in element.children)
        elif _of(element, "type") in ("checkbox", "radio"):
            if "checked" in dict(element.attributes):
                sent.setdefault(name, []).append(_of(element, "value"))
        elif _of(element, "type") != "file":
            sent[name] = _of(element, "value")
    return sent


def _walk(element: Any) -> Any:
    yield element
    for child in getattr(element, "children", ()):
        if isinstance(child, Element):
            yield from _walk(child)


def _of(element: Element, name: str) -> str:
    return str(dict(element.attributes).get(name) or "")


def _words(element: Element) -> str:
    texts = [_words(child) if isinstance(child, Element) else str(child) for child in element.children]
    return " ".join("".join(texts).split())
