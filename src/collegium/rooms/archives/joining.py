"""What becomes of the archives' columns when two accounts are joined."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.core.people.registry import Held

HELD = (
    Held("archives.Archive.opened_by"),
    Held("archives.PastAuthor.person", _("Letters to mailing lists")),
)
