"""Beginning the work on a position: what it grows from, who leads and drafts it, whom it touches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from collegium.core.access.actions import settle_shared
from collegium.core.access.errors import Refused
from collegium.core.access.models import Audience
from collegium.core.access.viewers import Viewer
from collegium.core.entries.actions import link
from collegium.core.entries.models import Entry, Link
from collegium.core.people.models import Organization, Tenure
from collegium.core.people.queries import member_societies
from collegium.core.trail import actions as trail

from .. import events
from ..course import STATES
from ..guards import SUPERSEDES
from ..models import Drafter, Issue, Position, PositionAffected
from ..rules.issues import check_title
from ..rules.positions import (
    check_declare_interests,
    check_interests,
    check_name_drafter,
    check_open_position,
    check_prepare,
    check_release_drafter,
    check_replace_position,
)

ENTRY_KIND = "position"
BEGINS = "accepted"

# Who is admitted to what only drafters see: those of this position, the council's team, and who chairs positions.
_READERS = """
SELECT t.person_id FROM people_tenure t JOIN people_seat s ON s.id = t.seat_id
JOIN people_organization o ON o.entry_id = s.organization_id WHERE o.kind = 'council'
UNION
SELECT t.person_id FROM positions_committee c JOIN groups_office o ON o.group_id = c.group_id
JOIN people_tenure t ON t.id = o.tenure_id WHERE c.role = 'policy' AND c.ended_at IS NULL
UNION
SELECT t.person_id FROM positions_drafter d JOIN people_tenure t ON t.id = d.tenure_id WHERE d.position_id = %s"""


def settle_readers(position: Position) -> None:
    """Bring in line who reads the drafts of this position; shared by its drafters and the whole team."""
    settle_shared(_READERS, [position.pk])


def lock_position(position: Position) -> Position:
    """The position with its entry, until the transaction ends.

    Nothing else is joined: whoever waited for the lock would be given what it pointed to before.
    """
    rows = Position.objects.select_related(None).select_related("entry")
    locked: Position = rows.select_for_update(of=("self", "entry")).get(pk=position.pk)
    return locked


@transaction.atomic
def open_position(
    *, title: str, kind: str, lead: Organization | None = None, issue: Issue | None = None, viewer: Viewer, at: datetime
) -> Position:
    """Begin the work; seen by the council's team and whom it names. From an issue it takes the societies it touches."""
    title = check_title(title)
    if issue is not None:
        issue = Issue.objects.select_for_update(of=("self", "entry")).get(pk=issue.pk)
    check_open_position(viewer, kind, issue)
    _check_member(lead, at)
    touched = issue.touches.values_list("society_id", flat=True) if issue else ()
    return begin_position(title=title, kind=kind, lead=lead, issue=issue, touched=touched, viewer=viewer, at=at)


def begin_position(
    *,
    title: str,
    kind: str,
    lead: Organization | None,
    issue: Issue | None,
    touched: Iterable[int],
    viewer: Viewer,
    at: datetime,
) -> Position:
    """The position itself, for a deed that has asked the rules."""
    drafting = Audience.objects.create(kind="drafting")
    entry = Entry.objects.create(
        kind=ENTRY_KIND,
        title=title,
        state=BEGINS,
        audience=drafting,
        society=lead,
        author=viewer.person,
        created_at=at,
        touched_at=at,
    )
    position: Position = Position.objects.create(
        entry=entry,
        kind=kind,
        issue=issue,
        drafting_audience=drafting,
        holder=STATES[BEGINS].holder,
        holder_since=at,
    )
    PositionAffected.objects.bulk_create([PositionAffected(position=position, society_id=pk) for pk in touched])
    settle_readers(position)
    trail.record(
        events.POSITION_OPENED, on=position, by=viewer.person, at=at, facts={"issue": issue.pk if issue else None}
    )
    return position


def _check_member(lead: Organization | None, at: datetime) -> None:
    if lead is not None and not member_societies(at).filter(pk=lead.pk).exists():
        raise Refused(_("A member society leads the drafting."))


@transaction.atomic
def name_lead(position: Position, *, lead: Organization, viewer: Viewer, at: datetime) -> Position:
    """This society leads the drafting."""
    locked = lock_position(position)
    check_prepare(viewer, locked)
    _check_member(lead, at)
    if locked.entry.society_id == lead.pk:
        raise Refused(_("This society leads it already."))
    locked.entry.society = lead
    locked.entry.save(update_fields=["society"])
    trail.record(events.POSITION_LED, on=locked, by=viewer.person, at=at, facts={"society": lead.pk})
    return locked


@transaction.atomic
def name_touched(position: Position, *, societies: Iterable[int], viewer: Viewer, at: datetime) -> Position:
    """These member societies are touched by it, and no others."""
    locked = lock_position(position)
    check_prepare(viewer, locked)
    wanted = set(societies)
    before = set(locked.touches.values_list("society_id", flat=True))
    if not wanted or member_societies(at).filter(pk__in=wanted - before).count() < len(wanted - before):
        raise Refused(_("Say which member societies it touches."))
    if wanted == before:
        raise Refused(_("These are the societies it touches already."))
    locked.touches.exclude(society__in=wanted).delete()
    new = [PositionAffected(position=locked, society_id=pk) for pk in sorted(wanted - before)]
    PositionAffected.objects.bulk_create(new)
    trail.record(events.POSITION_TOUCHES, on=locked, by=viewer.person, at=at, facts={"societies": sorted(wanted)})
    return locked


# --- drafters


@transaction.atomic
def name_drafter(position: Position, *, tenure: Tenure, viewer: Viewer, at: datetime) -> Drafter:
    """Somebody drafts it from now on, and reads all its wordings."""
    locked = lock_position(position)
    check_name_drafter(viewer, locked, tenure)
    drafter: Drafter = Drafter.objects.create(
        position=locked, tenure=tenure, period=TimestamptzRange(at, None), named_by=viewer.person
    )
    settle_readers(locked)
    facts = {"drafter": drafter.pk, "person": tenure.person_id}
    trail.record(events.DRAFTER_NAMED, on=locked, by=viewer.person, at=at, facts=facts)
    return drafter


@transaction.atomic
def release_drafter(drafter: Drafter, *, viewer: Viewer, at: datetime) -> Drafter:
    """Somebody no longer drafts it; what they wrote stays."""
    locked = _locked_drafter(drafter)
    check_release_drafter(viewer, locked)
    locked.period = TimestamptzRange(locked.period.lower, max(at, locked.period.lower))
    locked.save(update_fields=["period"])
    settle_readers(locked.position)
    trail.record(events.DRAFTER_RELEASED, on=locked.position, by=viewer.person, at=at, facts={"drafter": locked.pk})
    return locked


@transaction.atomic
def declare_interests(
    drafter: Drafter, *, has_interests: bool, words: str = "", viewer: Viewer, at: datetime
) -> Drafter:
    """A drafter says which interests they have in the matter, or that they have none."""
    words = check_interests(words, has_interests=has_interests)
    locked = _locked_drafter(drafter)
    check_declare_interests(viewer, locked)
    locked.declared_at, locked.has_interests, locked.interests = at, has_interests, words
    locked.save(update_fields=["declared_at", "has_interests", "interests"])
    trail.record(
        events.INTERESTS_DECLARED,
        on=locked.position,
        by=viewer.person,
        at=at,
        acting_for=locked.tenure.seat.organization,
        facts={"drafter": locked.pk, "has_interests": has_interests},
    )
    return locked


def _locked_drafter(drafter: Drafter) -> Drafter:
    rows = Drafter.objects.select_for_update(of=("self",)).select_related(
        "position__entry", "tenure__seat__organization__entry"
    )
    return rows.get(pk=drafter.pk)


@transaction.atomic
def replace_position(position: Position, *, target: Position, viewer: Viewer, at: datetime) -> Link:
    """Say that this adopted position replaces another; the other is said to be superseded by a step of its own."""
    locked, other = lock_position(position), Position.objects.get(pk=target.pk)
    check_replace_position(viewer, locked, other)
    return link(locked.entry, other.entry, kind=SUPERSEDES, viewer=viewer, at=at)
