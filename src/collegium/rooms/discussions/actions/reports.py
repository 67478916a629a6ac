"""Reporting a post to the officers, and what they decide about it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.actions import open_named_audience
from collegium.core.access.errors import Refused
from collegium.core.access.models import Admission
from collegium.core.access.viewers import Viewer
from collegium.core.groups.models import Group
from collegium.core.people.rules import check_office
from collegium.core.trail import actions as trail
from collegium.core.trail.models import Event
from collegium.core.trail.registry import Past

from .. import events
from ..models import Post, Report
from ..queries.moderation import counts_of, deciders
from ..rules import check_decide_reports, check_report_post, check_words
from .posts import delete_post
from .writing import lock_post

# How long the officers are left in peace after a reminder.
NUDGED_FOR = timedelta(days=1)


@transaction.atomic
def report_post(post: Post, *, reason: str, words: str, viewer: Viewer, at: datetime) -> Report:
    """Ask the officers to look at a post; its author does not learn who did."""
    words = check_words(words)
    locked = lock_post(post)
    check_report_post(viewer, locked, reason=reason, words=words)
    if Report.objects.filter(post=locked, by=viewer.person_id).exists():
        raise Refused(_("You have reported this post already."))
    assert viewer.person is not None  # the rule has seen to it
    written = {"reason": reason, "words": words, "at": at}
    report = Report.objects.create(post=locked, group=locked.topic.group, by=viewer.person, **written)
    audience, to_team = _told_about(locked, viewer, at)
    facts = {"number": locked.number, "group": locked.topic.group_id, "report": report.pk, "to_team": to_team}
    # The council's team does not see the topic: what it may know of stands with the group.
    on = locked.topic.group if to_team else report
    trail.record(events.POST_REPORTED, on=on, by=viewer.person, at=at, audience=audience, facts=facts)
    return report


def _told_about(post: Post, viewer: Viewer, at: datetime) -> tuple[int, bool]:
    """The audience of what is recorded about a report, and whether nobody but the council's team can see to it.

    The officers; without its author where that is one of them.
    """
    officers_audience = post.topic.group.officers_audience_id
    officers = deciders(post, at)
    is_by_officer = Admission.objects.valid(at).filter(audience=officers_audience, person=post.author_id).exists()
    audience = open_named_audience([*officers, viewer.person_id or 0]).pk if is_by_officer else officers_audience
    return audience, not officers


@transaction.atomic
def uphold_reports(post: Post, *, words: str, viewer: Viewer, at: datetime) -> Post:
    """Agree with all that is reported of a post and not decided; those who reported it read the words."""
    return _decide(post, events.REPORTS_UPHELD, Report.State.UPHELD, check_words(words), viewer=viewer, at=at)


@transaction.atomic
def dismiss_reports(post: Post, *, words: str, viewer: Viewer, at: datetime) -> Post:
    """Leave a post as it is, with words for those who reported it."""
    words = check_words(words, empty=_("Say why: whoever reported it will read it."))
    return _decide(post, events.REPORTS_DISMISSED, Report.State.DISMISSED, words, viewer=viewer, at=at)


@transaction.atomic
def delete_reported_post(post: Post, *, words: str, reason: str, viewer: Viewer, at: datetime) -> Post:
    """Agree with what is reported of a post, and erase what it said.

    Those who reported it read the words; its author reads the reason, and nothing that says who they are.
    """
    decided = uphold_reports(post, words=words, viewer=viewer, at=at)
    return decided if decided.deleted_at else delete_post(decided, viewer=viewer, at=at, words=reason)


def _decide(post: Post, event: Past, state: str, words: str, *, viewer: Viewer, at: datetime) -> Post:
    locked = lock_post(post)
    check_decide_reports(viewer, locked)
    waiting = Report.objects.select_for_update(of=("self",), no_key=True).open().filter(post=locked)
    ids = [report.pk for report in waiting.order_by("pk")]
    if not ids:
        raise Refused(_("What was reported is decided already."))
    Report.objects.filter(pk__in=ids).update(state=state, answer=words, decided_by=viewer.person, decided_at=at)
    facts = {"number": locked.number, "post": locked.pk, "reports": ids}
    audience, _to_team = _told_about(locked, viewer, at)
    trail.record(event, on=locked, by=viewer.person, at=at, audience=audience, facts=facts)
    return locked


@transaction.atomic
def nudge_officers(group: Group, *, viewer: Viewer, at: datetime) -> Group:
    """The council's team reminds a group's officers of what waits for them; once a day."""
    check_office(viewer)
    locked = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group.pk)
    if not any(counts_of(locked)[name] for name in ("reports", "held")):
        raise Refused(_("Nothing waits in this group."))
    if not Admission.objects.valid(at).filter(audience=locked.officers_audience_id).exists():
        raise Refused(_("This group has no officer: name one first."))
    reminders = Event.objects.filter(entry=locked.pk, name=events.OFFICERS_NUDGED.name)
    if reminders.filter(at__gt=at - NUDGED_FOR).exists():
        raise Refused(_("The officers were reminded within the last day."))
    audience = locked.officers_audience_id
    trail.record(events.OFFICERS_NUDGED, on=locked, by=viewer.person, at=at, audience=audience)
    return locked
