"""Small pictures of a post that stand in its letter, where its group wants that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings

from collegium.core.files.models import Attachment
from collegium.core.mail.registry import Picture

LARGEST, MOST = 200_000, 5
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def pictures_of(files: Iterable[Attachment]) -> Iterator[Picture]:
    """The first few that are small enough, read; one the store has lost stays a link."""
    small = [file for file in files if file.content_type in SHOWN and file.size <= LARGEST]
    for file in small[:MOST]:
        try:
            with file.file.open("rb") as stored:
                yield Picture(cid_of(file), file.content_type, stored.read())
        except FileNotFoundError:
            continue


def cid_of(file: Attachment) -> str:
    return f"file-{file.pk}@{settings.MAIL_DOMAIN}"
