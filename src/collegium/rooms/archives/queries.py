"""Archives as their page shows them, and whether they are sound."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group

from .models import Archive, PastLetter

# Letters left out, and past authors, on one page.
SHOWN = 200


def archives_of(group: Group, viewer: Viewer) -> list[Archive]:
    """The group's archives the viewer may know of, the newest first."""
    seen = Archive.objects.visible_to(viewer).filter(group=group)
    return list(seen.select_related("group", "opened_by").order_by("-pk"))


def totals(archive: Archive) -> dict[str, Any]:
    """`{posts, topics, authors, first, last, files_left_out}` of an archive."""
    letters = PastLetter.objects.filter(intake__archive=archive)
    found: dict[str, Any] = letters.filter(post__isnull=False).aggregate(
        posts=Count("pk"), topics=Count("post__topic", distinct=True), authors=Count("author", distinct=True)
    )
    return found
