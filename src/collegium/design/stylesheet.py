"""One stylesheet for every page: the pieces in `styles/` of our apps, layer by layer, with the council's accent.

A piece of style is a file `styles/<layer>/<name>.css` in any app of this distribution; its folder is its layer, so no
file says its own. The joined sheet is made once a process and served under an address that holds its fingerprint: no
build step, one request, the same file in every mode.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from django.apps import apps
from django.conf import settings

from collegium.design.color import Accent, accent_from

LAYERS = ("tokens", "base", "layout", "components", "media")
DEFAULT_ACCENT = "#1f4e79"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")
TIGHT = re.compile(r" ?([{};,]) ?")
OURS = __name__.partition(".")[0]


@dataclass(frozen=True)
class Stylesheet:
    """The joined sheet, ready to be sent in three encodings."""

    text: str
    fingerprint: str
    plain: bytes
    gzipped: bytes
    brotlied: bytes


def the_stylesheet() -> Stylesheet:
    """The sheet of this process; with DEBUG it follows the files."""
    if settings.DEBUG:
        joined_stylesheet.cache_clear()
    return joined_stylesheet(getattr(settings, "ACCENT_COLOR", "") or DEFAULT_ACCENT)


@lru_cache(maxsize=2)
def joined_stylesheet(accent: str) -> Stylesheet:
    """Join all pieces under one accent; raises `AccentError` if the accent is not a colour."""
    layers = "".join(_layer(name) for name in LAYERS)
    text = f"@layer {','.join(LAYERS)};{accent_rules(accent_from(accent))}{layers}"
    plain = text.encode()
    return Stylesheet(
        text=text,
        fingerprint=hashlib.sha256(plain).hexdigest()[:12],
        plain=plain,
        gzipped=gzip.compress(plain, 9, mtime=0),
        brotlied=brotli.compress(plain),
    )


def accent_rules(accent: Accent) -> str:
    """The only rules made from a setting."""
    return (
        "@layer tokens{:root{"
        f"--accent-light:{accent.light};--accent-dark:{accent.dark};"
        f"--accent-wash-light:{accent.light_wash};--accent-wash-dark:{accent.dark_wash}"
        "}}"
    )


def pieces_of(layer: str) -> list[Path]:
    """The files of a layer: apps in the order they are installed, names in alphabetical order."""
    return [
        piece
        for config in apps.get_app_configs()
        if config.name.partition(".")[0] == OURS
        for piece in sorted(Path(config.path, "styles", layer).glob("*.css"))
    ]


def _layer(name: str) -> str:
    rules = "".join(tightened(piece.read_text(encoding="utf-8")) for piece in pieces_of(name))
    return f"@layer {name}{{{rules}}}"


def tightened(css: str) -> str:
    """The rules without comments and idle space."""
    return TIGHT.sub(r"\1", SPACE.sub(" ", COMMENT.sub("", css))).replace(";}", "}").strip()
