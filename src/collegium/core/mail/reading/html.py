"""HTML of mail programs as Markdown: what is seen of it, with its links, lists and tables, and nothing that acts."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from html_to_markdown import ConversionOptions, convert
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from . import containers
from .charsets import cleaned
from .lines import ESCAPE, is_quoted
from .plain import markup_safe

MAX_HTML = 600_000
MAX_ELEMENTS = 20_000
MAX_NESTED = 100

UNSEEN = {
    "script",
    "style",
    "head",
    "title",
    "meta",
    "link",
    "object",
    "embed",
    "iframe",
    "noscript",
    "svg",
    "template",
    "select",
}
PLAIN_ONLY = {
    "mark",
    "u",
    "ins",
    "abbr",
    "form",
    "input",
    "button",
    "label",
    "center",
    "big",
    "small",
    "video",
    "audio",
    "picture",
}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
BLOCKS = frozenset(
    "address article blockquote dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody "
    "td th thead tr ul".split()
)
NO_GAP = re.compile(r"margin\s*:\s*0(?:\D|$)|margin-(?:top|bottom)\s*:\s*0(?:\D|$)", re.IGNORECASE)
SHOWN = ("http://", "https://", "mailto:", "tel:")
PICTOGRAM = re.compile(r"[^\w\s<>]{1,8}|:\w{2,30}:")
OPTIONS = ConversionOptions(
    extract_metadata=False, include_blockquote_citations=False, skip_images=True, compact_tables=True, bullets="-"
)
TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
MANY_BLANK = re.compile(r"\n{3,}")


def markdown_of(html: str) -> str:
    """The text of a letter's HTML as Markdown, with the marks of `lines` in it."""
    body = _body(html[:MAX_HTML])
    if body is None:
        return ""
    _prune(body)
    _flatten(body)
    _escape(body)
    containers.mark(body)
    _reshape(body)
    markdown = convert(tostring(body, encoding="unicode", method="html", with_tail=False), OPTIONS).content or ""
    return _tidy(markdown.replace("\xa0", " ").replace(ESCAPE, "\\"))


def _tidy(markdown: str) -> str:
    """No blanks at the ends of lines, one blank line between paragraphs, and one before a quote."""
    lines: list[str] = []
    for line in TRAILING.sub("", markdown).split("\n"):
        if line.startswith(">") and lines and lines[-1] and not is_quoted(lines[-1]):
            lines.append("")
        lines.append(line)
    return MANY_BLANK.sub("\n\n", "\n".join(lines)).strip("\n")


def seen_text(html: str) -> list[str]:
    """What is seen of it, a line for each line that somebody began."""
    body = _body(html[:MAX_HTML])
    if body is None:
        return []
    _prune(body)
    for element in body.iter():
        if element.tag in BLOCKS or element.tag == "br":
            element.text = ESCAPE + (element.text or "")
            element.tail = ESCAPE + (element.tail or "")
    return [" ".join(line.split()) for line in body.text_content().split(ESCAPE) if line.strip()]


def _body(html: str) -> HtmlElement | None:
    if not html.strip():
        return None
    try:
        root = document_fromstring(html, parser=HTMLParser(encoding=None, remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    body = root.find(".//body")
    return root if body is None else body


def _prune(body: HtmlElement) -> None:
    """Take away what is not seen; links that would act become words."""
    for picture in list(body.iter("img")):
        _picture(picture)
    for number, element in enumerate(list(body.iter())):
        tag = element.tag
        if (
            not isinstance(tag, str)
            or tag in UNSEEN
            or HIDDEN.search(element.get("style", ""))
            or number > MAX_ELEMENTS
        ):
            _remove(element)
        elif tag in PLAIN_ONLY or ":" in tag:
            element.drop_tag() if element.getparent() is not None else None
        elif tag == "a":
            _link(element)


def _remove(element: HtmlElement) -> None:
    """Take the element away with all in it; what stood after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _picture(element: HtmlElement) -> None:
    """A picture is an attachment or watches the reader; a smiley is a word."""
    alternative = (element.get("alt") or "").strip()
    parent = element.getparent()
    if parent is None:
        return
    link = next((one for one in element.iterancestors() if one.tag == "a"), None)
    speaks = PICTOGRAM.fullmatch(alternative) or (link is not None and alternative and not link.text_content().strip())
    element.tail = ((alternative[:200] if speaks else "") + (element.tail or "")) or None
    element.drop_tree()


def _link(element: HtmlElement) -> None:
    address = _true_address((element.get("href") or "").strip())
    if not address.lower().startswith(SHOWN) or not element.text_content().strip():
        element.drop_tag()
        return
    for name in list(element.attrib):
        del element.attrib[name]
    element.set("href", re.sub(r"\s", "%20", address))


def _true_address(address: str) -> str:
    """Where a link leads that a guard of Outlook's was put before."""
    if ".safelinks.protection.outlook.com/" not in address[:120]:
        return address
    try:
        return parse_qs(urlsplit(address).query).get("url", [address])[0]
    except ValueError:
        return address


# --- shapes


def _reshape(body: HtmlElement) -> None:
    _lists_of_word(body)
    for table in list(body.iter("table")):
        if not _is_of_data(table):
            _unroll(table)
    for element in list(body.iter("div", "p")):
        if _is_a_line(element):
            _as_line(element)


def _is_of_data(table: HtmlElement) -> bool:
    """Whether a table holds rows and columns of words; most in letters only lay things out."""
    rows = table.findall(".//tr")
    if len(rows) < 2 or table.find(".//table") is not None or table.find(".//blockquote") is not None:
        return False
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    widest = max((len(row) for row in rows), default=0)
    blocks = any(cell.find(".//ul") is not None or len(cell.findall(".//p")) > 2 for cell in cells)
    filled = sum(1 for cell in cells if cell.text_content().strip())
    return widest > 1 and not blocks and filled * 2 > len(cells)


def _unroll(table: HtmlElement) -> None:
    inner = [one for one in table.iter("tr", "td", "th", "tbody", "thead", "tfoot") if _nearest_table(one) is table]
    for element in [*inner, table]:
        element.tag = "div"
        element.attrib.pop("style", None)


def _nearest_table(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("table"), None)


def _is_a_line(element: HtmlElement) -> bool:
    """Whether it stands close to its neighbours: one press of Return in the program it was written with."""
    if element.getparent() is None or element.getparent().tag in ("li", "td", "th") or _block_inside(element):
        return False
    if element.tag == "div":
        return True
    return "msonormal" in element.get("class", "").lower() or bool(NO_GAP.search(element.get("style", "")))


def _block_inside(element: HtmlElement) -> bool:
    return any(inner is not element and inner.tag in BLOCKS for inner in element.iter())


def _as_line(element: HtmlElement) -> None:
    """The line's words and a break; an empty line is a break alone."""
    document = element.makeelement
    parent, before = element.getparent(), element.getprevious()
    begins = (before is not None and (before.tail or "").strip()) or (before is None and (parent.text or "").strip())
    inline_before = before is not None and before.tag not in BLOCKS and before.tag != "br"
    if begins or inline_before:
        element.addprevious(document("br"))
    last = element[-1] if len(element) else None
    ends_with_break = last is not None and last.tag == "br" and not (last.tail or "").strip()
    if not ends_with_break:
        element.append(document("br"))
    element.drop_tag()


def _lists_of_word(body: HtmlElement) -> None:
    """Paragraphs that Word drew as items of a list become such."""
    holder = None
    for element in list(body.iter("p", "li")):
        if element.tag != "p" or "mso-list" not in element.get("style", "").lower():
            holder = None
            continue
        marker = _marker_of(element)
        if holder is None or element.getprevious() is not holder:
            holder = element.makeelement("ol" if marker[:1].isdigit() else "ul")
            element.addprevious(holder)
        element.tag = "li"
        element.attrib.clear()
        holder.append(element)


def _marker_of(element: HtmlElement) -> str:
    """The bullet or number that stands as words before an item; taken away."""
    text = (element.text or "").replace(ESCAPE, "")
    if found := re.match(r"\s*([·•o§\-]|\d{1,3}[.)])[\s\xa0]+", text):
        element.text = text[found.end() :]
        return found[1]
    for inner in element.iter("span"):
        words = inner.text_content().replace(ESCAPE, "").strip("\xa0 \n\t")
        if re.fullmatch(r"[·•o§\-]|\d{1,3}[.)]", words):
            inner.drop_tree()
            return words
    return ""


def _flatten(body: HtmlElement) -> None:
    """No deeper than a letter is: what is nested further says its words where it stands."""
    for element in list(body.iter()):
        if element is not body and sum(1 for _one in element.iterancestors()) > MAX_NESTED:
            element.drop_tag()


def _escape(body: HtmlElement) -> None:
    """Words in which no mark of Markdown is one by accident; in code everything is meant."""
    code = {inner for element in body.iter("pre", "code") for inner in element.iter()}
    for element in body.iter():
        if element.text and element.tag != "a" and element not in code:
            element.text = markup_safe(cleaned(element.text))
        if element.tail and (element not in code or element.getparent() not in code):
            element.tail = markup_safe(cleaned(element.tail))
