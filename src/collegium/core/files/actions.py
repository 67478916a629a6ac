"""Uploading a file, attaching it to a part of an entry, erasing it."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.entries.actions import Text, erase_passages, write_passages

from .models import Attachment
from .rules import check_file, clean_name

# How long an upload waits for the form it belongs to.
WAITS = timedelta(days=1)
MOST_PER_PART = 20
# As many forms' worth of files may wait for their forms at once, of one person.
MOST_WAITING = 3 * MOST_PER_PART
# What the name of a file is among the parts of an entry.
PART = "file"


def upload(file: File, *, by: Any, at: datetime) -> Attachment:
    """Keep an uploaded file until a form attaches it; only who uploaded it knows of it.

    Refused by `check_file`, and while too many wait already.
    """
    if Attachment.objects.waiting_of(by).count() >= MOST_WAITING:
        raise Refused(
            _("%(count)s files of yours wait for a text they belong to. Post it, or try again tomorrow.")
            % {"count": MOST_WAITING}
        )
    name = clean_name(file.name or "")
    content_type = check_file(name, file.size, file)  # type: ignore[arg-type]  # a File reads like a stream
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    # A random key: the store's own listing tells nothing, and two files of one name do not meet.
    key = default_storage.save(f"attachments/{at:%Y/%m}/{secrets.token_hex(16)}", file)
    return Attachment.objects.create(
        name=name, content_type=content_type, size=file.size, digest=digest.hexdigest(), file=key, by=by, at=at
    )


@transaction.atomic
def set_aside(ids: Iterable[int], *, part: str, part_id: int, by: Any) -> list[Attachment]:
    """Keep one's own waiting uploads for something not published yet; Refused as by `attach`."""
    found = _own_waiting(ids, by=by)
    for attachment in found:
        attachment.part, attachment.part_id = part, part_id
        attachment.save(update_fields=["part", "part_id"])
    return found


def take_up(part: str, part_id: int) -> list[int]:
    """Let what was set aside wait for its post again; the ids of the uploads."""
    kept = Attachment.objects.select_for_update(of=("self",)).set_aside_for(part, part_id)
    ids = [attachment.pk for attachment in kept.order_by("pk")]
    Attachment.objects.filter(pk__in=ids).update(part="", part_id=0)
    return ids


def discard_set_aside(part: str, part_id: int) -> None:
    """Erase what was set aside for something that will not be published."""
    _erase(Attachment.objects.set_aside_for(part, part_id))


@transaction.atomic
def attach(
    ids: Iterable[int], *, entry: Any, part: str, part_id: int, by: Any, facets: tuple[str, ...] = ()
) -> list[Attachment]:
    """Attach one's own waiting uploads to a part; Refused if one of them is somebody else's, gone or attached.

    Their names are found from then on; `facets` as for a text.
    """
    found = _own_waiting(ids, by=by)
    for attachment in found:
        attachment.entry, attachment.part, attachment.part_id = entry, part, part_id
        attachment.save(update_fields=["entry", "part", "part_id"])
    write_passages([name_text(attachment, facets) for attachment in found])
    return found


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that comes with something brought in from elsewhere: its part, its bytes, and where they are kept.

    The key says where, so that bringing the same in again, after it was broken off, leaves nothing lying about.
    """

    entry_id: int
    part_id: int
    name: str
    content: bytes
    key: str
    by_id: int | None
    at: datetime


def bring(brought: Iterable[Brought], *, part: str) -> list[Attachment]:
    """Attach files that came with something brought in; what `check_file` refuses, the caller has left out."""
    made = []
    for file in brought:
        content_type = check_file(file.name, len(file.content), BytesIO(file.content))
        if default_storage.exists(file.key):
            default_storage.delete(file.key)
        kept = default_storage.save(file.key, ContentFile(file.content))
        digest = hashlib.sha256(file.content).hexdigest()
        made.append(
            Attachment(
                entry_id=file.entry_id,
                part=part,
                part_id=file.part_id,
                name=file.name,
                content_type=content_type,
                size=len(file.content),
                digest=digest,
                file=kept,
                by_id=file.by_id,
                at=file.at,
            )
        )
    Attachment.objects.bulk_create(made)
    write_passages([name_text(attachment) for attachment in made])
    return made


def _own_waiting(ids: Iterable[int], *, by: Any) -> list[Attachment]:
    wanted = sorted(set(ids))
    if len(wanted) > MOST_PER_PART:
        raise Refused(_("At most %(count)s files can be attached.") % {"count": MOST_PER_PART})
    waiting = Attachment.objects.select_for_update(of=("self",)).waiting_of(by)
    found = list(waiting.filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise Refused(_("An uploaded file is no longer there; please choose it again."))
    return found


def name_text(attachment: Attachment, facets: tuple[str, ...] = ()) -> Text:
    """The name of a file as a text that is found: `dues_2026.xlsx` also by `dues`."""
    key, at = attachment.pk, attachment.at
    return Text(attachment.entry_id or 0, PART, key, attachment.name, at, author_id=attachment.by_id, facets=facets)


def discard(attachment_id: int, *, by: Any) -> None:
    """Drop one's own waiting upload; nothing happens if there is none."""
    _erase(Attachment.objects.waiting_of(by).filter(pk=attachment_id))


def erase_part(entry_id: int, part: str, part_id: int) -> None:
    """Erase the files of a part, rows now and bytes once the transaction stands."""
    found = Attachment.objects.of_part(entry_id, part, part_id)
    for attachment in found:
        erase_passages(entry_id, PART, attachment.pk)
    _erase(found)


def erase_forgotten_uploads(*, at: datetime) -> int:
    """Erase uploads that no form has claimed for a day; returns how many."""
    return _erase(Attachment.objects.filter(entry=None, part="", at__lt=at - WAITS))


def _erase(rows: Any) -> int:
    keys = list(rows.values_list("file", flat=True))
    rows.delete()
    transaction.on_commit(lambda: _delete_bytes(keys))
    return len(keys)


def _delete_bytes(keys: list[str]) -> None:
    for key in keys:
        default_storage.delete(key)
