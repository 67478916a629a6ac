"""Which files are taken, and how they may be shown."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import BinaryIO

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused

# What a browser may show in place; everything else is handed over as a download. SVG can hold script: download.
SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}

# By ending, because the names of office formats say more than their first bytes (all are ZIP or OLE containers).
TYPES = {
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".gif": "image/gif",
    ".ics": "text/calendar",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rtf": "application/rtf",
    ".svg": "image/svg+xml",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".webp": "image/webp",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
# Types whose first bytes must say the same: what is shown inline is never trusted by its name alone.
_LOOKED_INTO = SHOWN_INLINE
_FIRST_BYTES = 4096


def check_file(name: str, size: int, stream: BinaryIO) -> str:
    """The content type the file will be served with; Refused if it is empty, too large or of a type not taken."""
    limit = settings.ATTACHMENT_BYTES
    if size == 0:
        raise Refused(_("“%(name)s” is empty.") % {"name": name})
    if size > limit:
        raise Refused(_("“%(name)s” is larger than %(limit)s MB.") % {"name": name, "limit": limit // 1_000_000})
    content_type = TYPES.get(PurePath(name).suffix.lower())
    if content_type is None:
        raise Refused(_("“%(name)s” is of a kind that cannot be attached.") % {"name": name})
    if content_type in _LOOKED_INTO and content_type not in _types_by_first_bytes(stream):
        raise Refused(_("“%(name)s” is not what its name says.") % {"name": name})
    return content_type


def _types_by_first_bytes(stream: BinaryIO) -> Iterable[str]:
    head = stream.read(_FIRST_BYTES)
    stream.seek(0)
    try:
        return {match.mime_type for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return set()


def clean_name(name: str) -> str:
    """The last part of the name without control characters, cut to 150 characters with its ending kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in last if c.isprintable()).strip(" .") or "file"
    path = PurePath(visible)
    return path.stem[: 150 - len(path.suffix)] + path.suffix[:149]
