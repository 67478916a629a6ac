"""Who may raise issues and decide of them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import MEMBERS, OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.models import Tenure
from collegium.core.people.rules import check_office, check_writes
from collegium.rooms.discussions.rules.topics import cleaned

from ..models import Committee, Issue
from ..queries.speaking import is_of_committee, raising_tenures

LONGEST_TITLE, LONGEST_TEXT, LONGEST_REASON = 200, 20_000, 5_000


def check_title(title: str) -> str:
    """The title in one clean line."""
    return cleaned(title, longest=LONGEST_TITLE, multiline=False, empty=_("Give it a title."))


def check_words(words: str) -> str:
    """A text as it is kept; it may be empty."""
    return cleaned(words, longest=LONGEST_TEXT, multiline=True, empty="")


def check_reason(words: str) -> str:
    """Why something was decided, for those who read it."""
    return cleaned(words, longest=LONGEST_REASON, multiline=True, empty=_("Give the reason: it is shown and kept."))


def check_raise_issue(viewer: Viewer, tenure: Tenure | None, group: Group | None) -> None:
    """Somebody with a seat at a member society or of the council's team; for a group one of its officers."""
    if tenure is None or tenure.pk not in {own.pk for own in raising_tenures(viewer)}:
        raise Refused(_("Issues are raised from a seat of yours at a member society."))
    check_writes(viewer, MEMBERS)
    if group is not None and not viewer.belongs_to(group.officers_audience_id):
        raise Refused(_("Only an officer of the group can raise an issue for it."))


def does_triage(viewer: Viewer) -> bool:
    """Whether the viewer decides of issues: the council's team, and the group named for it."""
    return viewer.is_among(OFFICE) or is_of_committee(viewer, Committee.Role.TRIAGE)


def check_triage(viewer: Viewer, issue: Issue) -> None:
    """Who decides of issues, while it waits; not of what one raised oneself."""
    if not does_triage(viewer):
        raise Refused(_("Only the council's team and its triage committee decide of issues."))
    if not issue.waits:
        raise Refused(_("This issue was decided already."))
    if issue.entry.author_id == viewer.person_id:
        raise Refused(_("Somebody else decides of what you raised."))


def check_merge_issue(viewer: Viewer, issue: Issue, into: Issue) -> None:
    """Into another one that was not merged or given up itself."""
    check_triage(viewer, issue)
    if into.pk == issue.pk:
        raise Refused(_("An issue cannot be merged into itself."))
    if into.entry.state in (Issue.State.MERGED, Issue.State.DECLINED, Issue.State.WITHDRAWN):
        raise Refused(_("That issue is no longer open: choose one that goes on."))


def check_refer_issue(viewer: Viewer, issue: Issue, group: Group) -> None:
    """To a group that has officers to hear of it; not twice to the same in a row."""
    check_triage(viewer, issue)
    last = issue.triages.last()
    if last is not None and last.to_group_id == group.pk:
        raise Refused(_("The issue is with this group already."))


def check_withdraw_issue(viewer: Viewer, issue: Issue) -> None:
    """Whoever raised it, while it waits."""
    if issue.entry.author_id is None or issue.entry.author_id != viewer.person_id:
        raise Refused(_("Only whoever raised the issue can withdraw it."))
    if not issue.waits:
        raise Refused(_("This issue was decided already."))


def check_name_committee(viewer: Viewer, role: str) -> None:
    """The council's team, for a part there is."""
    check_office(viewer)
    if role not in Committee.Role.values:
        raise Refused(_("There is no such part of the work."))


def check_end_committee(viewer: Viewer, committee: Committee) -> None:
    """The council's team, once."""
    check_office(viewer)
    if committee.ended_at is not None:
        raise Refused(_("This group is no longer named for it."))
