"""What the markup of mail programs says of a text: here begins the history, here a signature, here who wrote what."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from .lines import ATTRIBUTION, HISTORY, SIGNATURE, bare
from .phrases import FORWARDED

# Gmail and those who copy it, Thunderbird, Proton, Zoho, Superhuman.
ATTRIBUTIONS = re.compile(r"(?:^|\s)(?:gmail_attr|moz-cite-prefix|zmail_extra_hdr|sh-quoted-attribution)(?:\s|$)")

# Containers without quote marks, from which on all is history. Outlook of all kinds, Yahoo, GMX, Spark, Front.
HISTORY_IDS = re.compile(
    r"(?:x_)*(?:appendonsend|divrplyfwdmsg|mail-editor-reference-message-container"
    r"|ms-outlook-mobile-body-separator-line"
    r"|olk_src_body_section|isreplycontent|replysplit)|(?:ydp\w*)?yahoo_quoted_?\d*"
)
HISTORY_CLASSES = re.compile(
    r"(?:^|\s)(?:\w*yahoo_quoted|(?:x_)?ms-outlook-mobile-reference-message|yj6qo|sh-quoted-content|quotedtext)(?:\s|$)"
)
HISTORY_NAMES = {"quote", "messagereplysection", "appendonsend"}

SIGNATURE_IDS = re.compile(
    r"(?:x_)*(?:signature|ms-outlook-mobile-signature|applemailsignature|ymail_android_signature\w*)"
)
SIGNATURE_CLASSES = re.compile(
    r"(?:^|\s)(?:gmail_signature|moz-signature|(?:\w*)yahoo-signature|(?:\w*)ymail_android_signature|applemailsignature"
    r"|protonmail_signature_block(?!-empty)|ms-outlook-mobile-signature|tutanota_signature)(?:\s|$)"
)


def mark(body: HtmlElement) -> None:
    """Put the marks as lines of their own before what they are about; a quote that is a letter handed on is opened."""
    for element in list(body.iter("div", "blockquote", "p", "pre", "span", "table", "hr", "section")):
        if element.tag == "blockquote" and FORWARDED.match(bare(_first_line(element))):
            element.drop_tag()
        elif found := _mark_for(element):
            _before(element, found)


def _mark_for(element: HtmlElement) -> str:
    """The mark for this element, or nothing."""
    attributes = element.attrib
    if not attributes:
        return ""
    own_id, classes = attributes.get("id", "").lower(), attributes.get("class", "").lower()
    name = attributes.get("name", "").lower()
    if classes and ATTRIBUTIONS.search(classes):
        return "" if FORWARDED.match(bare(_first_line(element))) else ATTRIBUTION
    if HISTORY_IDS.fullmatch(own_id) or HISTORY_CLASSES.search(classes) or name in HISTORY_NAMES:
        return HISTORY
    if SIGNATURE_IDS.fullmatch(own_id) or SIGNATURE_CLASSES.search(classes):
        return SIGNATURE if element.text_content().strip() else ""
    return ""


def _before(element: HtmlElement, found: str) -> None:
    parent = element.getparent()
    if parent is None:
        return
    line = element.makeelement("p")
    line.text = found
    element.addprevious(line)


def _first_line(element: HtmlElement) -> str:
    for text in element.itertext():
        if text.strip():
            return str(text).strip().partition("\n")[0]
    return ""
