"""Who may open an archive, claim letters of it, and take what was said in a group away as a file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.rules import check_writes
from collegium.rooms.discussions.rules.topics import cleaned

from .models import Archive, PastAuthor

LONGEST_WORDS = 2000


def runs(viewer: Viewer, group: Group) -> bool:
    """Whether the viewer is one of the group's officers; who only reads along is not."""
    return viewer.belongs_to(group.officers_audience_id)


def check_reason(words: str) -> str:
    """Why, as it is kept and shown to whoever then reads the archive."""
    empty = _("Say what was decided, by whom and when: whoever reads the archive will see it.")
    return cleaned(words, longest=LONGEST_WORDS, multiline=True, empty=empty)


def check_open_archive(viewer: Viewer, archive: Archive) -> None:
    """An officer of the group, once, for the group's circle; and nothing is being brought in just now."""
    check_officer(viewer, archive.group)
    if not archive.is_sealed:
        raise Refused(_("This archive is open already."))
    if archive.group.circle is None:
        raise Refused(_("The group has no members to whom it could be opened."))
    if archive.intakes.filter(ended_at=None).exists():
        raise Refused(_("Bringing it in is not finished: have the import run to its end first."))


def check_claim_letters(viewer: Viewer, author: PastAuthor, keys: list[str]) -> None:
    """Whoever has verified the address the letters were written from, while they are nobody's."""
    if viewer.person is None:
        raise Refused(_("Sign in first."))
    if author.key not in keys:
        raise Refused(_("These letters were written from an address that you have not verified."))
    if author.person_id is not None:
        raise Refused(_("It is known already whose letters these are."))


def check_export_group(viewer: Viewer, group: Group) -> None:
    """An officer of the group."""
    check_officer(viewer, group)


def check_officer(viewer: Viewer, group: Group) -> None:
    if not runs(viewer, group):
        raise Refused(_("Only an officer of the group can do this."))
    check_writes(viewer, group.officers_audience_id)
