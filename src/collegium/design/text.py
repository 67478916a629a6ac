"""What people write: cleaned, rendered from Markdown, sanitised once, and read back as plain text."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from collegium.design.markdown import HANDLE, Mention, MentionLinker, rendered, rendered_blocks

__all__ = [
    "MAX_BYTES",
    "Mention",
    "clean_text",
    "excerpt",
    "handles_in",
    "plain_text",
    "render_blocks",
    "render_markdown",
]

MAX_BYTES = 100_000
"""The longest Markdown text that is rendered, in bytes."""

TAGS = {
    "p",
    "br",
    "hr",
    "h3",
    "h4",
    "h5",
    "h6",
    "em",
    "strong",
    "s",
    "blockquote",
    "ul",
    "ol",
    "li",
    "code",
    "pre",
    "a",
}
TABLE_TAGS = {"div", "table", "thead", "tbody", "tr", "th", "td"}
SANITIZER = nh3.Cleaner(
    tags=TAGS | TABLE_TAGS,
    clean_content_tags={"script", "style"},
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    tag_attribute_values={"div": {"tabindex": {"0"}}},
    allowed_classes={
        "a": {"external", "picture", "mention"},
        "div": {"scroll"},
        "th": {"right", "center"},
        "td": {"right", "center"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="nofollow ugc noopener",
    strip_comments=True,
)
ENDS_A_LINE = {"p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "li", "pre", "tr", "ul", "ol", "table"}
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202d\u202e]")
DIRECTION_MARKS = re.compile("[\u202a-\u202c\u2066-\u2069]")
MANY_NEWLINES = re.compile(r"\n{3,}")
SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")


def clean_text(value: str, *, max_length: int, multiline: bool = True) -> str:
    """The text in one spelling (NFC, plain newlines, no space around it), safe to keep in the database.

    Raises ValueError with a reason a person can act on for a text that is too long, or that holds characters nobody
    can see: NUL and other control characters, broken halves of characters, and marks that reverse the reading.
    A single line (`multiline=False`) has no line breaks; tabs become spaces in it, and it stands among other words, so
    it brings no reading direction of its own.
    """
    if len(value) > max_length:
        reason = _("This is too long: %(length)s characters, and there is room for %(room)s.")
        raise ValueError(reason % {"length": f"{len(value):,}", "room": f"{max_length:,}"})
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not multiline:
        if "\n" in text:
            raise ValueError(_("This must be a single line."))
        text = DIRECTION_MARKS.sub("", text).replace("\t", " ")
    if unseen := UNSEEN.search(text):
        raise ValueError(_reason_against(unseen[0]))
    text = unicodedata.normalize("NFC", text).strip()
    if len(text) > max_length:
        raise ValueError(_("This is too long."))
    return text


def _reason_against(character: str) -> str:
    if character == "\x00":
        return _("This contains a NUL character, which cannot be kept. Paste it again as plain text.")
    if "\ud800" <= character <= "\udfff":
        return _("This contains a broken character. Paste it again as plain text.")
    reason = _("This contains an invisible control character (%(code)s). Paste it again as plain text.")
    return reason % {"code": f"U+{ord(character):04X}"}


def render_markdown(raw: str, *, link_mention: MentionLinker | None = None) -> SafeString:
    """Sanitised HTML for a Markdown text, the same for every reader.

    `link_mention` gets each @handle outside code and links, and answers with a `Mention`, an address, or None to leave
    it as text. Raises ValueError for more than `MAX_BYTES`; for anything shorter it never raises.
    """
    text = _within_bounds(raw)
    return mark_safe(SANITIZER.clean(rendered(text, link_mention)).strip())  # noqa: S308 - an allow-list made it


def _within_bounds(raw: str) -> str:
    text = raw.replace("\r\n", "\n").replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if len(text.encode()) > MAX_BYTES:
        raise ValueError(_("This text is too long to be shown."))
    return text


def render_blocks(raw: str) -> list[tuple[str, SafeString]]:
    """A Markdown text block by block: each as it was typed, with its sanitised HTML; headings keep their rank.

    Raises ValueError for more than `MAX_BYTES`; for anything shorter it never raises. Nobody is mentioned in it.
    """
    blocks = rendered_blocks(_within_bounds(raw))
    return [(source, mark_safe(SANITIZER.clean(html).strip())) for source, html in blocks]  # noqa: S308 - an allow-list


def handles_in(raw: str) -> list[str]:
    """Each @handle of a text once, in order, to be looked up in one query before rendering; those in code too."""
    return list(dict.fromkeys(match[1] for match in HANDLE.finditer(raw)))


def plain_text(html: str) -> str:
    """The words of a rendering, one block a line, for finding and for letters."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (SPACES.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))
    return MANY_NEWLINES.sub("\n\n", "\n".join(lines)).strip()


def excerpt(html: str, *, length: int = 200) -> str:
    """The beginning of a rendering in one line, cut between words."""
    words = " ".join(plain_text(html).split())
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    head, _space, _tail = cut.rpartition(" ")
    return (head if len(head) > length // 2 else cut).rstrip(" ,;:.–—-") + "…"


class _Words(HTMLParser):
    """Collects words; blocks end lines, cells are parted by a space, scripts and styles say nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.inside = {"script": 0, "style": 0, "pre": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.inside:
            self.inside[tag] += 1
        elif tag in ("br", "hr"):
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside[tag] = max(0, self.inside[tag] - 1)
        if tag in ENDS_A_LINE:
            self.parts.append("\n")

    def handle_data(self, words: str) -> None:
        if self.inside["pre"]:
            self.parts.append(words)
        elif not self.inside["script"] and not self.inside["style"]:
            self.parts.append(words.replace("\n", " "))
