"""A reader without a mouse: goes from stop to stop, and sees at each where they are."""

from __future__ import annotations

from typing import Any

from .reader import Reader

FARTHEST = 150

# Where the focus is: what the stop is called, in which part of the page, whether it comes after the stop before it, and
# whether one sees it: in the window, not behind anything, with a ring around it.
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const label = at.labels && at.labels[0];
  const spoken = (label || at).cloneNode(true);
  spoken.querySelectorAll("[aria-hidden=true]").forEach((part) => part.remove());
  const name = (at.getAttribute("aria-label") || spoken.textContent).replace(/\\s+/g, " ").trim();
  const part = at.closest(".skip, .demo-strip, .masthead, .main, .margin, .colophon");
  const inWindow = (x, y) => x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
  const isOnTop = (box) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const top = inWindow(x, y) && document.elementFromPoint(x, y);
    return Boolean(top) && (at.contains(top) || (label && label.contains(top)));
  };
  const style = getComputedStyle(at);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const before = window.stopBefore;
  return {
    name,
    part: part ? part.classList[0] : "",
    isSeen: ring && [...at.getClientRects()].some(isOnTop),
    isAfter: Boolean(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING),
    html: at.outerHTML.slice(0, 160),
  };
}"""


class Keyboard:
    """Tab, Enter, Escape and letters."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def tab(self) -> dict[str, Any] | None:
        """Go one stop on; None after the last. Each is seen, and comes after the one before it."""
        self.reader.page.evaluate("window.stopBefore = document.activeElement")
        self.press("Tab")
        stop: dict[str, Any] | None = self.reader.page.evaluate(STOP)
        if stop is not None:
            assert (stop["html"], stop["isSeen"], stop["isAfter"]) == (stop["html"], True, True)
        return stop

    def tab_to(self, name: str) -> None:
        """Go on until the stop of this name."""
        passed = []
        for _stop in range(FARTHEST):
            stop = self.tab()
            if stop is None:
                break
            if stop["name"] == name:
                return
            passed.append(stop["name"])
        raise AssertionError(f"no stop called {name!r} among {passed}")

    def parts_in_order(self) -> list[str]:
        """From the top of the page to its end: the parts one passes."""
        parts: list[str] = []
        for _stop in range(FARTHEST):
            stop = self.tab()
            if stop is None:
                return parts
            parts += [stop["part"]] if parts[-1:] != [stop["part"]] else []
        raise AssertionError(f"the page has no end after {parts}")

    def press(self, key: str) -> None:
        self.reader.page.keyboard.press(key)

    def enter(self) -> None:
        """Press Enter where it leads to another page."""
        self.reader.arrive(lambda: self.press("Enter"))

    def type(self, text: str) -> None:
        self.reader.page.keyboard.type(text)
