"""Who is told what becomes of an archive."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from collegium.core.access.queries import belonging
from collegium.core.notices.registry import Notice
from collegium.core.trail.models import Event


class ArchiveOpened(Notice):
    """To those it was opened to, once; of single topics nobody is told."""

    name = "archives.ArchiveOpened"
    event = "archive.opened"
    label = gettext_lazy("The archive of a group’s mailing list is opened")
    words = gettext_lazy("%(actor)s opened the archive of the group’s mailing list to its members")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return belonging(event.audience_id, event.at)
