"""Who is told what becomes of issues."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from collegium.core.access.queries import belonging
from collegium.core.access.standard import OFFICE
from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.trail.models import Event

from ..models import Affected, Committee, Triage
from ..queries.audiences import people_of


class IssueRaised(Notice):
    """To those who decide of it."""

    name = "positions.IssueRaised"
    event = "issue.raised"
    label = gettext_lazy("An issue waits for triage")
    words = gettext_lazy("%(actor)s raised an issue that waits for triage")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        team = set(belonging(OFFICE, event.at))
        for committee in Committee.objects.filter(role="triage", ended_at=None).select_related("group"):
            team |= set(belonging(committee.group.officers_audience_id, event.at))
        return team


class IssueTouches(Notice):
    """To the chief executives and delegates of the societies it touches."""

    name = "positions.IssueTouches"
    event = "issue.raised"
    label = gettext_lazy("An issue touches my society")
    words = gettext_lazy("%(actor)s raised an issue that touches your society")
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return people_of(event.facts["societies"], event.at)


class IssueDecided(Notice):
    """To whoever raised it."""

    name = "positions.IssueDecided"
    event = "issue.accepted"
    also = ("issue.declined", "issue.merged", "issue.referred")
    label = gettext_lazy("Something is decided of an issue I raised")
    words = gettext_lazy("%(actor)s decided of the issue you raised; the reason stands on its page")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        author = event.entry.author_id if event.entry else None
        return [author] if author else []


class IssueReferred(Notice):
    """To the officers of the group that is asked."""

    name = "positions.IssueReferred"
    event = "issue.referred"
    label = gettext_lazy("An issue is referred to a group I help to run")
    words = gettext_lazy("%(actor)s referred an issue to your group")
    is_direct = True
    by_letter = ByLetter.SENT

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        triage = Triage.objects.select_related("to_group").get(pk=event.facts["triage"])
        return belonging(triage.to_group.officers_audience_id if triage.to_group else None, event.at)


class IssueTouchingDecided(Notice):
    """To the societies it touches."""

    name = "positions.IssueTouchingDecided"
    event = "issue.accepted"
    also = ("issue.declined", "issue.merged", "issue.referred", "issue.withdrawn")
    label = gettext_lazy("Something is decided of an issue that touches my society")
    words = gettext_lazy("%(actor)s decided of an issue that touches your society")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        societies = Affected.objects.filter(issue=event.entry_id).values_list("society_id", flat=True)
        return people_of(societies, event.at)
