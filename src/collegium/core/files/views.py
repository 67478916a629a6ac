"""The door to attachments: the access check, then the bytes."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.http import content_disposition_header

from collegium.core.access.doors import public
from collegium.core.access.viewers import Viewer

from .models import Attachment
from .registry import readers
from .rules import SHOWN_INLINE

# Whatever a browser makes of the bytes, they may load, run and send nothing.
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@public
def attachment(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """A file, to whoever sees the entry it belongs to, or to who uploaded it while it waits."""
    found = _visible(request.viewer, pk, name)  # type: ignore[attr-defined]  # set by the middleware
    inline = found.content_type in SHOWN_INLINE
    try:
        response = FileResponse(found.file.open("rb"), content_type=_served_as(found.content_type))
    except FileNotFoundError as error:
        raise Http404 from error
    response["Content-Disposition"] = content_disposition_header(not inline, found.name) or "attachment"
    response["Content-Length"] = str(found.size)
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _visible(viewer: Viewer, pk: int, name: str) -> Attachment:
    rows = Attachment.objects.visible_to(viewer)
    if viewer.person_id is not None:
        rows = rows | Attachment.objects.waiting_of(viewer.person)
        for part, ids_read_by in readers.items():
            rows = rows | Attachment.objects.filter(entry=None, part=part, part_id__in=ids_read_by(viewer))
    found: Any = rows.filter(pk=pk, name=name).first()
    if found is None:
        raise Http404
    return found


def _served_as(content_type: str) -> str:
    """Text is declared UTF-8; what could run in a browser is served as bytes."""
    if content_type in SHOWN_INLINE:
        return content_type
    return "text/plain; charset=utf-8" if content_type.startswith("text/") else "application/octet-stream"
