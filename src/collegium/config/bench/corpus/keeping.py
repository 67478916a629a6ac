"""Keeping a corpus from run to run, as long as the same one would be made. Asked before Django is there."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from collegium.config import embedded
from collegium.config.bench.corpus.scale import Scale

MARK = "corpus.json"
SOURCE = Path(__file__).parents[3]
# What decides on the corpus besides its numbers: this code, the tables, and how texts and articles are drawn.
DECIDING = (
    "config/bench/corpus/*.py",
    "**/migrations/*.py",
    "core/people/presets/*.toml",
    "design/text.py",
    "design/markdown.py",
    "rooms/discussions/drawing.py",
    "rooms/discussions/templates/discussions/post_article.html",
)


def fingerprint(scale: Scale) -> str:
    """The same as long as the same corpus would be made."""
    digest = hashlib.sha256(json.dumps(asdict(scale), sort_keys=True).encode())
    for path in sorted({path for pattern in DECIDING for path in SOURCE.glob(pattern)}):
        digest.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return digest.hexdigest()


def kept(data: Path, scale: Scale) -> dict[str, int] | None:
    """Where the rows of this corpus end if the data folder holds it, complete; otherwise None."""
    try:
        found: dict[str, Any] = json.loads((data / MARK).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return found["ends"] if found.get("fingerprint") == fingerprint(scale) else None


def keep(data: Path, scale: Scale, ends: dict[str, int]) -> None:
    """Note that the corpus is complete, and where its rows end."""
    (data / MARK).write_text(json.dumps({"fingerprint": fingerprint(scale), "ends": ends}), encoding="ascii")


def forget(data: Path) -> None:
    """Remove a corpus that is another one, or half made, with its cluster."""
    if not data.exists():
        return
    cluster = embedded.cluster(data)
    cluster.stop("immediate")
    for folder in (cluster.home, data):
        shutil.rmtree(folder, ignore_errors=True)
