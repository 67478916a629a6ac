"""Secrets Collegium makes for itself and keeps in the data folder, readable by nobody else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FOLDER = "keys"


def kept(data: Path, name: str) -> str:
    """The secret of that name; made once, at random, and the same for every process however many ask at once."""
    path = data / FOLDER / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, path)  # whoever is first wins; a complete file or none
    except FileExistsError:
        pass
    finally:
        draft.unlink()
