"""Who may report a post, whose posts wait, and who decides. As the other rules, none of these asks the database."""

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.rules import check_writes

from ..models import HeldPost, Post, Report
from .topics import check_officer, check_sees, cleaned, is_author

LONGEST_WORDS = 2000


def check_words(words: str, *, empty: str = "") -> str:
    """A few words as they are kept; Refused with `empty`, if it is given, where there are none."""
    return cleaned(words, longest=LONGEST_WORDS, multiline=True, empty=empty)


# --- reports


def check_report_post(viewer: Viewer, post: Post, *, reason: str, words: str) -> None:
    """Whoever reads a standing post of somebody else, with a reason; once, which the books themselves see to."""
    check_sees(viewer, post.topic)
    if viewer.person_id is None:
        raise Refused(_("Sign in first."))
    if is_author(viewer, post):
        raise Refused(_("This is your own post: delete it if it should not stand."))
    if post.deleted_at is not None:
        raise Refused(_("This post was deleted."))
    if reason not in Report.Reason.values:
        raise Refused(_("Choose what is wrong with it."))
    if reason == Report.Reason.OTHER and not words:
        raise Refused(_("Say in a few words what is wrong with it."))


def check_decide_reports(viewer: Viewer, post: Post) -> None:
    """An officer who reads the post and did not write it."""
    check_officer(viewer, post.topic)
    if is_author(viewer, post):
        raise Refused(_("Somebody else decides about your own post."))


# --- held posts


def may_be_held(viewer: Viewer, group: Group) -> bool:
    """Whether what the viewer writes in the group may have to wait; an officer's never does."""
    return group.holding != Group.Holding.NOTHING and not viewer.is_among(group.officers_audience_id)


def check_own_held(viewer: Viewer, held: HeldPost, *, while_in: tuple[str, ...]) -> None:
    """Its author, while it is in one of these states."""
    if viewer.person_id != held.author_id:
        raise Refused(_("Only its author can do this."))
    if held.state not in while_in:
        raise Refused(_("This was decided or withdrawn already."))


def check_edit_held(viewer: Viewer, held: HeldPost) -> None:
    """Its author, while it waits, and while their society's people write."""
    check_own_held(viewer, held, while_in=(HeldPost.State.WAITING,))
    check_writes(viewer, held.audience_id)


def check_decide_held(viewer: Viewer, held: HeldPost) -> None:
    """An officer among those it is meant for, who did not write it, while it waits."""
    if not (viewer.is_among(held.group.officers_audience_id) and viewer.is_among(held.audience_id)):
        raise Refused(_("Only an officer of the group can do this."))
    check_writes(viewer, held.group.officers_audience_id)
    if viewer.person_id == held.author_id:
        raise Refused(_("Somebody else decides about your own post."))
    if held.state != HeldPost.State.WAITING:
        raise Refused(_("This was decided or withdrawn already."))
