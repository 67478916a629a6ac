"""How much a page weighs on its way: the page itself, its styles and its scripts, compressed."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin, urlsplit

from collegium.config.bench.exchange import Answer, written
from collegium.config.bench.serving import asked

STYLES = re.compile(rb'<link[^>]+rel="stylesheet"[^>]*>')
SCRIPTS = re.compile(rb"<script[^>]+src=[^>]*>")
ADDRESS = re.compile(rb'(?:href|src)="([^"]+)"')
ENCODINGS = {"Accept-Encoding": "br, gzip"}


def companions(html: bytes, path: str) -> list[str]:
    """The paths of the styles and scripts a page asks for, each once."""
    tags = [*STYLES.findall(html), *SCRIPTS.findall(html)]
    found = (match[1].decode() for tag in tags if (match := ADDRESS.search(tag)))
    return list(dict.fromkeys(_on_this_host(urljoin(path, address)) for address in found))


def _on_this_host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def compressed(page: Answer, path: str, port: int) -> dict[str, int]:
    """Bytes by what they are: `html`, and each style and script by its path."""
    found = {"html": packed(page)}
    for companion in companions(page.body, path):
        answer = asked(written("GET", companion, host=f"localhost:{port}", headers=ENCODINGS), port)
        found[companion] = packed(answer)
    return found


def packed(answer: Answer) -> int:
    """Bytes of a body as it came, or as a proxy would compress it where it came plain."""
    if answer.headers.get("content-encoding"):
        return len(answer.body)
    return len(gzip.compress(answer.body, 6))
