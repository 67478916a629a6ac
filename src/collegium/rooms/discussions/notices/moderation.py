"""Who is told what waits for an officer, what was decided, and where a topic goes on."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.queries import belonging
from collegium.core.access.standard import OFFICE
from collegium.core.groups.queries import running
from collegium.core.notices.queries import following
from collegium.core.notices.registry import ByLetter, Notice
from collegium.core.trail.models import Event

from ..models import Continuation, HeldPost, Report
from ..queries.moderation import deciders


class _Direct(Notice):
    is_direct = True
    by_letter = ByLetter.SENT


class PostReported(_Direct):
    """To the officers who can decide about it; where there are none, to the council's team."""

    name = "discussions.PostReported"
    event = "post.reported"
    label = gettext_lazy("A post is reported in a group I help to run")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        report = Report.objects.filter(pk=event.facts["report"]).select_related(
            "post__topic__entry", "post__topic__group"
        )
        waits = report.open().first()
        if waits is None:
            return []
        if event.facts["to_team"]:
            return belonging(OFFICE, event.at)
        return deciders(waits.post, event.at)

    @classmethod
    def sentence(cls, event: Event) -> str:
        if event.facts["to_team"]:
            return _("A report waits in a group without an officer who can decide it")
        return _("A post was reported and waits for an officer")

    @classmethod
    def part(cls, event: Event) -> tuple[str, int]:
        return ("report", event.facts["group"])


class _ReportsDecided(_Direct):
    """To those who reported the post."""

    label = gettext_lazy("What I reported is decided")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return Report.objects.filter(pk__in=event.facts["reports"]).values_list("by", flat=True)

    @classmethod
    def part(cls, event: Event) -> tuple[str, int]:
        return ("own_report", event.facts["post"])


class ReportsUpheld(_ReportsDecided):
    """To those who reported the post."""

    name = "discussions.ReportsUpheld"
    event = "post.reports_upheld"
    words = gettext_lazy("An officer agrees with what you reported")


class ReportsDismissed(_ReportsDecided):
    """To those who reported the post; the officer's words stand on its page."""

    name = "discussions.ReportsDismissed"
    event = "post.reports_dismissed"
    words = gettext_lazy("An officer looked at what you reported and leaves the post as it is")


class _AboutHeld(_Direct):
    @classmethod
    def part(cls, event: Event) -> tuple[str, int]:
        assert event.thing_id is not None  # it happened to a held post
        return ("held", event.thing_id)


class PostHeld(_AboutHeld):
    """To the officers, while it waits."""

    name = "discussions.PostHeld"
    event = "held_post.held"
    label = gettext_lazy("A post waits for an officer in a group I help to run")
    words = gettext_lazy("%(actor)s wrote something that waits for an officer")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        waits = HeldPost.objects.waiting().filter(pk=cls.part(event)[1]).first()
        return running(waits.group_id, event.at) if waits else []


class _HeldDecided(_AboutHeld):
    label = gettext_lazy("What I wrote is released or refused by an officer")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return HeldPost.objects.filter(pk=cls.part(event)[1]).values_list("author", flat=True)


class HeldReleased(_HeldDecided):
    """To its author."""

    name = "discussions.HeldReleased"
    event = "held_post.released"
    words = gettext_lazy("What you wrote is published")


class HeldRefused(_HeldDecided):
    """To its author, who reads why on its page."""

    name = "discussions.HeldRefused"
    event = "held_post.refused"
    words = gettext_lazy("An officer did not publish what you wrote; the reason is on its page")


class OfficersNudged(_Direct):
    """To the officers."""

    name = "discussions.OfficersNudged"
    event = "moderation.nudged"
    label = gettext_lazy("The council's team reminds me of what waits in a group I help to run")
    words = gettext_lazy("The council's team asks you to look at what waits for an officer")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return running(event.entry_id, event.at)

    @classmethod
    def part(cls, event: Event) -> tuple[str, int]:
        assert event.entry_id is not None  # it happened to a group
        return ("report", event.entry_id)


class TopicMoved(Notice):
    """To whoever follows the topic and still reads it."""

    name = "discussions.TopicMoved"
    event = "topic.moved"
    label = gettext_lazy("A topic I follow is moved")
    words = gettext_lazy("%(actor)s moved a topic you follow")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return following(event.entry_id)


class _AboutContinuation(_Direct):
    @classmethod
    def part(cls, event: Event) -> tuple[str, int]:
        return ("continuation", event.facts["continuation"])

    @classmethod
    def _two(cls, event: Event) -> Continuation:
        return Continuation.objects.get(pk=event.facts["continuation"])


class ContinuationProposed(_AboutContinuation):
    """To the author of the opening post."""

    name = "discussions.ContinuationProposed"
    event = "continuation.proposed"
    label = gettext_lazy("Somebody would continue a topic of mine in another group")
    words = gettext_lazy("%(actor)s would continue your topic in another group, if you agree")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return [cls._two(event).author_id]


class _ContinuationAnswered(_AboutContinuation):
    label = gettext_lazy("My proposal to continue a topic elsewhere is answered")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return [cls._two(event).proposed_by_id]


class ContinuationAgreed(_ContinuationAnswered):
    """To whoever proposed it."""

    name = "discussions.ContinuationAgreed"
    event = "continuation.agreed"
    words = gettext_lazy("Your proposal was agreed to: the topic goes on in the other group")


class ContinuationDeclined(_ContinuationAnswered):
    """To whoever proposed it."""

    name = "discussions.ContinuationDeclined"
    event = "continuation.declined"
    words = gettext_lazy("Whoever opened the topic would rather not continue it in the other group")
