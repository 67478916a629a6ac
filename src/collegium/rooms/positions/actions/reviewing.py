"""Whether the council goes on holding a position: societies are asked, and a new version may be begun."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.entries.models import Link
from collegium.core.people.models import Organization
from collegium.core.people.queries import acting
from collegium.core.trail import actions as trail

from .. import events
from ..course import PUBLISHED, REVIEW, REVIEW_DAYS
from ..guards import SUPERSEDES
from ..models import Block, Position, Review, ReviewDates, Revision, Step
from ..queries.reviewing import review_of
from ..rules.issues import check_reason
from ..rules.publishing import check_begin_version, check_set_dates
from ..wording import LONGEST_TITLE, hash_line
from .positions import begin_position, lock_position
from .publishing import issue_edition
from .texts import take_up

# The end of the day on which it closes, where the council is.
CLOSES = time(23, 59)


def begin_review(position: Position, step: Step) -> Review:
    """Ask all member societies whether they still hold it; part of the step that puts it under review."""
    zone = _zone()
    day = (step.at.astimezone(ZoneInfo(zone)) + timedelta(days=REVIEW_DAYS)).date()
    call = calls.draft_call(
        REVIEW,
        title=_("Review of: %(title)s") % {"title": position.entry.title[:LONGEST_TITLE]},
        raw=_question(position, step),
        opens_at=step.at,
        closes_at=datetime.combine(day, CLOSES, tzinfo=ZoneInfo(zone)),
        time_zone=zone,
        seen_by=MEMBERS,
        by=step.by,
        at=step.at,
        about=position.entry,
    )
    call = calls.open_at_once(call, by=step.by, at=step.at)
    made: Review = Review.objects.create(position=position, begun=step, call=call)
    return made


def _zone() -> str:
    council = Organization.objects.filter(kind=Organization.Kind.COUNCIL).first()
    return council.time_zone if council else "UTC"


def _question(position: Position, step: Step) -> str:
    adopted = position.adopted
    assert adopted is not None  # it was published
    words = _(
        "Does your society still hold with [%(title)s](%(url)s), in the wording of revision %(number)s? The presiding"
        " officer decides once societies had their say.\n\nWhy it is under review: %(reason)s"
    )
    told = {"title": adopted.title, "number": adopted.number, "reason": step.reason}
    said = words % (told | {"url": settings.BASE_URL + position.get_absolute_url()})
    return f"{said}\n\n{hash_line(adopted)}"


def end_review(position: Position, step: Step) -> None:
    """It was decided: nobody answers any more, and what was said stays beside the decision; part of that step."""
    review = review_of(position)
    if review is None:
        return
    review.decided = step
    review.save(update_fields=["decided"])
    call = review.call
    if call.is_over:
        return
    if step.at >= call.closes_at:
        calls.close_call(call, at=step.at)
    else:
        calls.close_early(call, by=step.by, at=step.at)


@transaction.atomic
def set_dates(
    position: Position, *, review_on: date, sunset_on: date, reason: str, viewer: Viewer, at: datetime
) -> ReviewDates:
    """Say when its review is due and until when it is relied on, earlier than usual, and why."""
    locked, reason = lock_position(position), check_reason(reason)
    check_set_dates(viewer, locked, review_on, sunset_on)
    locked.review_on, locked.sunset_on = review_on, sunset_on
    locked.save(update_fields=["review_on", "sunset_on"])
    told: dict[str, Any] = {"review_on": review_on, "sunset_on": sunset_on}
    made: ReviewDates = ReviewDates.objects.create(position=locked, **told, reason=reason, by=acting(viewer), at=at)
    facts = {name: day.isoformat() for name, day in told.items()}
    if locked.entry.state in PUBLISHED and (step := locked.steps.last()) is not None:
        # The paper says until when it is relied on.
        issue_edition(locked, step, at=at)
    trail.record(events.DATES_SET, on=made, by=viewer.person, at=at, facts=facts)
    return made


@transaction.atomic
def begin_version(position: Position, *, viewer: Viewer, at: datetime) -> Position:
    """Begin the position that is to replace this one, with its text as it is in force; it goes the whole way itself.

    The blocks keep their keys, so that what changed can be shown between the two.
    """
    locked = lock_position(position)
    check_begin_version(viewer, locked)
    assert locked.adopted_id is not None  # the rule has asked
    adopted = Revision.objects.get(pk=locked.adopted_id)
    touched = locked.touches.values_list("society_id", flat=True)
    made = begin_position(
        title=adopted.title,
        kind=locked.kind,
        lead=locked.entry.society,
        issue=None,
        touched=touched,
        viewer=viewer,
        at=at,
    )
    # Whoever began it may be no reader of it yet, so it is no link between two things they see.
    Link.objects.create(kind=SUPERSEDES, source=made.entry, target=locked.entry, by=acting(viewer), at=at)
    _copy_text(made, adopted, viewer=viewer, at=at)
    trail.record(events.VERSION_BEGUN, on=locked, by=viewer.person, at=at, facts={"successor": made.pk})
    return made


def _copy_text(position: Position, source: Revision, *, viewer: Viewer, at: datetime) -> None:
    revision: Revision = Revision.objects.create(
        position=position,
        number=1,
        title=source.title,
        change=Revision.Change.FIRST,
        note=_("As it is in force"),
        digest=source.digest,
        by=acting(viewer),
        at=at,
    )
    Block.objects.bulk_create(
        Block(revision=revision, key=block.key, ordinal=block.ordinal, raw=block.raw, html=block.html)
        for block in Block.objects.filter(revision=source).order_by("ordinal")
    )
    take_up(position, revision, at)
