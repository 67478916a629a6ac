"""Reading attachments."""

from collections.abc import Iterable
from typing import Any

from .models import Attachment


def waiting(ids: Iterable[int], *, of: Any) -> list[Attachment]:
    """Those of the person's own uploads with these ids that no form has claimed yet, in order."""
    return list(Attachment.objects.waiting_of(of).filter(pk__in=list(ids)).order_by("pk"))


def set_aside(part: str, part_id: int) -> list[Attachment]:
    """What is kept for a part that is not published yet, in order."""
    return list(Attachment.objects.set_aside_for(part, part_id).order_by("pk"))
