"""Which parts of a letter are its text, and which are files that came along."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial

from . import flowed, html, tnef, wrapped_lines
from .headers import one_line, read_head
from .parts import Part, safe_name, text_of
from .phrases import STUB
from .results import Attachment
from .wrapping import SIGNATURES

MAX_TEXT = 400_000
"""So many bytes of one text part are read."""

MAX_ATTACHMENTS = 200
WINMAIL = {"application/ms-tnef", "application/vnd.ms-tnef"}
NAMES = {"text/calendar": "invitation.ics", "message/rfc822": "message.eml", "text/html": "page.html"}
TEXTS = ("text/plain", "text/html")
CALENDAR_LINE = re.compile(r"^(SUMMARY|DESCRIPTION|LOCATION)(?:;[^:\n]*)?:(.*)$", re.MULTILINE)
LINK_ONLY = re.compile(r"\W*https?://\S+\W*")


@dataclass(slots=True)
class Text:
    """A piece of the text as it came: plain (its lines as the person broke them), or HTML."""

    content: str
    is_html: bool


@dataclass(slots=True)
class Body:
    """What was found in the tree."""

    texts: list[Text] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    replies_to_invitation: bool = False


def body_of(root: Part) -> Body:
    """The text and the files of a letter, in its order."""
    body = Body()
    waiting = [partial(_take, body, root)]
    while waiting:
        more = waiting.pop()()
        waiting.extend(reversed(more))
    body.attachments = body.attachments[:MAX_ATTACHMENTS]
    return body


Steps = list[partial["Steps"]]


def _take(body: Body, part: Part, *, related: bool = False) -> Steps:
    """One part: taken up, or its children to be taken next."""
    if part.kind == "multipart/alternative":
        return _alternatives(body, part)
    if part.kind == "multipart/related":
        return [
            partial(_take, body, child, related=number > 0 and child.kind not in TEXTS)
            for number, child in enumerate(part.children)
        ]
    if part.kind.startswith("multipart/"):
        return [partial(_take, body, child) for child in part.children]
    if part.kind in WINMAIL or part.name.lower() == "winmail.dat":
        _open_winmail(body, part)
    elif part.kind in TEXTS and part.disposition != "attachment" and not _is_named(part):
        body.texts.append(_text(body, part))
    elif part.kind not in SIGNATURES:
        _attach(body, part, related=related)
    return []


def _is_named(part: Part) -> bool:
    """A text with a file's name is a file, unless the program calls even its own text so."""
    return bool(part.name) and (part.disposition == "inline" or "name" in part.parameters) and part.depth > 0


def _alternatives(body: Body, part: Part) -> Steps:
    """The plain text if it says what the HTML says, or else the HTML; files beside them are kept."""
    plain = next((one for one in part.children if one.kind == "text/plain"), None)
    rich = next((one for one in part.children if one.kind != "text/plain" and _html_in(one) is not None), None)
    chosen: Part | None = plain or rich
    if plain is not None and rich is not None and _says_less(plain, _html_in(rich)):
        chosen = rich
    steps: Steps = []
    beside = _html_in(rich) if rich is not None and chosen is plain else None
    for child in part.children:
        if child is chosen:
            steps.append(partial(_take_plain, body, child, beside) if beside else partial(_take, body, child))
        elif child.kind not in TEXTS:
            steps.append(partial(_files_of, body, child) if chosen is not None else partial(_take, body, child))
    return steps


def _take_plain(body: Body, part: Part, beside: Part) -> Steps:
    """A plain text with HTML beside it that says which of its lines are one."""
    text = _text(body, part)
    if "flowed" not in part.parameters.get("format", "").lower() and wrapped_lines.is_wrapped(text.content):
        text.content = wrapped_lines.rejoined(text.content, "\n".join(html.seen_text(text_of(beside, MAX_TEXT)[0])))
    body.texts.append(text)
    return []


def _html_in(part: Part) -> Part | None:
    return next((one for one in part.walk() if one.kind == "text/html" and one.disposition != "attachment"), None)


def _says_less(plain: Part, rich: Part | None) -> bool:
    """Whether a plain text is empty, or a stub that points to the HTML beside it."""
    words = " ".join(text_of(plain, 2_000)[0].split())
    if not words or rich is None:
        return not words
    if len(words) > 400:
        return False
    stub = STUB.search(words) or LINK_ONLY.fullmatch(words)
    seen = html.seen_text(text_of(rich, MAX_TEXT)[0])
    return len(" ".join(seen)) > (len(words) if stub else 4 * len(words) + 80)


def _files_of(body: Body, part: Part) -> Steps:
    """The files of a branch whose text is not read."""
    for one in part.walk():
        if one.kind not in TEXTS and not one.children and one.kind not in SIGNATURES:
            _attach(body, one, related=one is not part)
    return []


def _text(body: Body, part: Part) -> Text:
    content, guessed = text_of(part, MAX_TEXT)
    if guessed:
        body.problems.append("charset-guessed")
    if len(part.body) > MAX_TEXT and len(part.content) > MAX_TEXT:
        body.problems.append("text-cut")
    if part.kind == "text/html":
        return Text(content, is_html=True)
    if part.parameters.get("format", "").lower() == "flowed":
        content = flowed.unflowed(content, delsp=part.parameters.get("delsp", "").lower() == "yes")
    return Text(content, is_html=False)


def _attach(body: Body, part: Part, *, related: bool) -> None:
    content = part.content
    if not content and not part.name:
        return
    if part.kind == "text/calendar":
        body.replies_to_invitation |= part.parameters.get("method", "").upper() in ("REPLY", "COUNTER")
    number = len(body.attachments) + 1
    name = part.name or _usual_name(part) or f"file-{number}"
    inline = part.disposition != "attachment" and (
        related or part.disposition == "inline" or part.content_id is not None
    )
    kind = part.kind if not part.kind.startswith("multipart/") else "application/octet-stream"
    body.attachments.append(Attachment(name, kind, content, part.content_id, inline))


def _usual_name(part: Part) -> str:
    if part.kind == "message/rfc822":
        subject = safe_name(one_line(read_head(part.content[:20_000].partition(b"\r\n\r\n")[0]).first("subject"))[:80])
        return f"{subject}.eml" if subject else NAMES[part.kind]
    return NAMES.get(part.kind, "")


def _open_winmail(body: Body, part: Part) -> None:
    try:
        found = tnef.opened(part.content)
    except tnef.NotTnef:
        body.problems.append("winmail-unreadable")
        _attach(body, part, related=False)
        return
    body.problems.append("winmail-opened")
    for number, file in enumerate(found.files, 1):
        kind = file.content_type if "/" in file.content_type else "application/octet-stream"
        name = safe_name(file.name) or f"file-{number}"
        body.attachments.append(Attachment(name, kind, file.content, file.content_id or None, bool(file.content_id)))
    if not any(text.content.strip() for text in body.texts) and (found.html or found.text):
        body.texts.append(Text(found.html or found.text, is_html=bool(found.html)))


def invitation_text(attachments: list[Attachment]) -> str:
    """The words of an invitation that came without any beside it."""
    for one in attachments:
        if one.content_type == "text/calendar":
            content = (
                one.content[:50_000]
                .decode("utf-8", "replace")
                .replace("\r\n", "\n")
                .replace("\n ", "")
                .replace("\n\t", "")
            )
            found = dict(reversed(CALENDAR_LINE.findall(content)))
            words = [found.get(name, "") for name in ("SUMMARY", "LOCATION", "DESCRIPTION")]
            return "\n\n".join(
                re.sub(r"\\([,;\\])", r"\1", word.replace("\\n", "\n").replace("\\N", "\n")) for word in words if word
            )
    return ""
