"""Markdown to HTML in bounded time: CommonMark with tables, strikethrough and bare addresses; no raw HTML, no pictures.

What would take too long (brackets by the thousand, quotes in quotes in quotes, tables wider than a page) is not refused
and not lost: it comes out as plain paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MAX_NESTING = 16
MAX_ADDRESS = 2_000
MAX_GROWTH = 40
"""No rendering is longer than this many times its source (and a page)."""

HANDLE = re.compile(r"(?<![\w@/.+-])@([A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?)(?![\w@])")
COSTLY = (
    # Each is scanned again from many places: a post that holds so many of them is not a post.
    (re.compile(r"\["), 2_000),
    (re.compile(r"[*_~]"), 6_000),
    (re.compile(r"`"), 4_000),
    (re.compile(r"<"), 4_000),
    (re.compile(r"\|"), 6_000),
    (re.compile(r"\]:"), 300),
    (re.compile(r"://|www\."), 250),
    (re.compile(r"@"), 1_500),
    (re.compile(r"&"), 8_000),
    (re.compile(r"\\"), 8_000),
    (re.compile(r"\.\w|//"), 2_000),
    (re.compile(r"\n"), 6_000),
)
MAX_CELLS = 30_000
"""A table is filled up to the width of its head: so many lines by so many columns and no more."""

DEEP = re.compile(r"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){16}", re.MULTILINE)
BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an @handle leads and how it is written."""

    url: str
    label: str


MentionLinker = Callable[[str], Mention | str | None]


def rendered(raw: str, link_mention: MentionLinker | None) -> str:
    """HTML that is well formed but not yet sanitised."""
    if too_costly(raw):
        return as_plain_paragraphs(raw)
    parser = the_parser()
    tokens = parser.parse(raw, {"link_mention": link_mention})
    if _is_cut_off(tokens):
        return as_plain_paragraphs(raw)
    html = str(parser.renderer.render(tokens, parser.options, {}))
    if len(html) > MAX_GROWTH * len(raw) + 10_000:
        return as_plain_paragraphs(raw)
    return html


def rendered_blocks(raw: str) -> list[tuple[str, str]]:
    """Each paragraph, heading, list or table of a text as it was typed, with its HTML; not yet sanitised.

    Joined by blank lines the sources are the same text again. What stands between two blocks and is drawn nowhere (the
    address of a link) goes with the block before it.
    """
    if too_costly(raw):
        return _plain_blocks(raw)
    parser = the_parser()
    lines = raw.split("\n")
    found: list[tuple[str, str]] = []
    ended = 0
    parsed = parser.parse(raw, {"link_mention": None})
    if _is_cut_off(parsed):
        return _plain_blocks(raw)
    for tokens in _top_level(parsed):
        begins, ends = tokens[0].map or (ended, ended)
        if found:
            found[-1] = (_joined(found[-1][0], lines[ended:begins]), found[-1][1])
        source = _joined("\n".join(lines[:begins]) if not found else "", lines[begins:ends])
        found.append((source, str(parser.renderer.render(tokens, parser.options, {}))))
        ended = ends
    if found:
        found[-1] = (_joined(found[-1][0], lines[ended:]), found[-1][1])
    if sum(len(html) for _source, html in found) > MAX_GROWTH * len(raw) + 10_000:
        return [(source, as_plain_paragraphs(source)) for source, _html in found]
    return found


def _plain_blocks(raw: str) -> list[tuple[str, str]]:
    return [(block.strip("\n"), as_plain_paragraphs(block)) for block in BLANK_LINES.split(raw) if block.strip()]


def _is_cut_off(tokens: Sequence[Token]) -> bool:
    """Whether the parser stopped at `MAX_NESTING`: it leaves out what stands deeper, without a word."""
    return any(token.nesting == 1 and token.level >= MAX_NESTING - 1 for token in tokens)


def _top_level(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that stands in no other."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _joined(before: str, lines: Sequence[str]) -> str:
    """Two pieces of a text with a blank line between them; without what is blank."""
    after = "\n".join(lines).strip("\n").rstrip()
    return "\n\n".join(piece for piece in (before.strip("\n").rstrip(), after) if piece.strip())


def too_costly(raw: str) -> bool:
    """Whether a text holds so many marks that reading them as marks would take long; one linear look."""
    if DEEP.search(raw) or any(_more_than(pattern, raw, limit) for pattern, limit in COSTLY):
        return True
    lines = raw.split("\n")
    return len(lines) * max(line.count("|") for line in lines) > MAX_CELLS


def _more_than(pattern: re.Pattern[str], raw: str, limit: int) -> bool:
    return any(number >= limit for number, _ in enumerate(pattern.finditer(raw)))


def as_plain_paragraphs(raw: str) -> str:
    """The text as it was typed: nothing is read as a mark, nothing is left out."""
    blocks = (block.strip("\n") for block in BLANK_LINES.split(raw))
    return "".join("<p>" + escape(block).replace("\n", "<br>\n") + "</p>\n" for block in blocks if block.strip())


@lru_cache(maxsize=1)
def the_parser() -> MarkdownIt:
    """One parser a process; it keeps nothing of what it parsed."""
    parser = MarkdownIt(
        "commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": MAX_NESTING, "typographer": False}
    )
    parser.enable(["table", "strikethrough", "linkify"])
    parser.core.ruler.push("house", _house_rules)
    usual = parser.validateLink
    parser.validateLink = lambda url: len(url) <= MAX_ADDRESS and usual(url)  # type: ignore[method-assign]  # its own hook
    parser.add_render_rule("table_open", lambda *args: '<div class="scroll" tabindex="0"><table>\n')
    parser.add_render_rule("table_close", lambda *args: "</table></div>\n")
    return parser


def _house_rules(state: StateCore) -> None:
    ranks: list[str] = []
    for token in state.tokens:
        if token.type == "heading_open":
            ranks = [rank for rank in ranks if rank < token.tag] + [token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(2 + len(ranks), 6)}"
        elif token.type in ("th_open", "td_open"):
            _align_by_class(token)
        elif token.type == "inline" and token.children:
            token.children = list(_inline(token.children, state.env.get("link_mention")))


def _align_by_class(token: Token) -> None:
    style = str(token.attrs.pop("style", ""))
    if style.endswith((":right", ":center")):
        token.attrs["class"] = style.rpartition(":")[2]


def _inline(children: Sequence[Token], link_mention: MentionLinker | None) -> Iterator[Token]:
    inside_link = 0
    for token in children:
        inside_link += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "link_open" and str(token.attrs.get("href", "")).startswith(("http:", "https:")):
            token.attrs["class"] = "external"
            yield token
        elif token.type == "image":
            yield from _picture_as_link(token, inside_link=bool(inside_link))
        elif token.type == "text" and link_mention is not None and not inside_link and "@" in token.content:
            yield from _mentions(token.content, link_mention)
        else:
            yield token


def _picture_as_link(token: Token, *, inside_link: bool) -> Iterator[Token]:
    address = str(token.attrs.get("src", ""))
    words = token.content or address
    if inside_link or not address:
        yield _text(words)
    else:
        yield from _link(address, words, "external picture")


def _mentions(content: str, link_mention: MentionLinker) -> Iterator[Token]:
    at = 0
    for match in HANDLE.finditer(content):
        found = link_mention(match[1])
        if found is None:
            continue
        mention = found if isinstance(found, Mention) else Mention(found, match[0])
        yield _text(content[at : match.start()])
        yield from _link(mention.url, mention.label, "mention")
        at = match.end()
    yield _text(content[at:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(address: str, words: str, css_class: str) -> Iterator[Token]:
    attrs: dict[str, Any] = {"href": address, "class": css_class}
    yield Token("link_open", "a", 1, attrs=attrs)
    yield _text(words)
    yield Token("link_close", "a", -1)
