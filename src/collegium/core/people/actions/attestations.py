"""Each quarter a society confirms who sits where; what silence leads to, step by step."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..models import Attestation, Contact, Organization, ProposedRemoval, Tenure
from ..queries.attesting import asked_societies, attested_tenures, attesters, quarter_of
from ..rules import check_attest, check_chase_attestation, check_keep_roster
from .holders import correct_tenure

# Days from the opening to each consequence of silence.
REMIND, CALL, UNCONFIRMED, READ_ONLY = 14, 28, 42, 60
# How long after a letter no other is written by hand, and after a call no other noted.
LETTERS_REST, CALLS_REST = timedelta(hours=1), timedelta(minutes=5)


@transaction.atomic
def advance_attestations(*, at: datetime) -> int:
    """Ask each member society once a quarter, and take the steps that are due; returns how many were taken.

    May run as often as one likes: each step is taken once. After a pause all steps whose day has come are taken.
    """
    societies = asked_societies(at)
    taken = sum(_ask(society, at=at) for society in societies)
    rows = Attestation.objects.select_for_update(of=("self",), skip_locked=True)
    waiting = rows.filter(attested_at=None, lapsed_at=None, organization__in=societies)
    for attestation in waiting.select_related("organization__entry").annotate(asked_again=_LATER).order_by("pk"):
        taken += _take_due_steps(attestation, at=at)
    return taken


# When the society was asked again, in a later quarter.
_LATER = Subquery(
    Attestation.objects.filter(organization=OuterRef("organization"), quarter__gt=OuterRef("quarter"))
    .order_by("quarter")
    .values("opened_at")[:1]
)


def _ask(society: Organization, *, at: datetime) -> int:
    """Open the quarter's attestation; 0 if it was opened before.

    What an earlier silence leads to on a day to come, it leads to on that day: the letter of now says so.
    """
    today = society.day_of(at)
    days = {"remind_on": REMIND, "call_on": CALL, "unconfirmed_on": UNCONFIRMED, "read_only_on": READ_ONLY}
    due = {name: today + timedelta(days=number) for name, number in days.items()}
    silent = Attestation.objects.filter(organization=society, attested_at=None, lapsed_at=None)
    for name, earlier in (silent.order_by("-quarter").values(*days).first() or {}).items():
        if name != "remind_on" and today <= earlier < due[name]:
            due[name] = earlier
    attestation, made = Attestation.objects.get_or_create(
        organization=society, quarter=quarter_of(today), defaults={"opened_at": at, **due}
    )
    if not made:
        return 0
    _write(attestation, Contact.Way.LETTER, events.ATTESTATION_OPENED, by=None, at=at)
    return 1


def _take_due_steps(attestation: Any, *, at: datetime) -> int:
    """The steps whose day has come; once the society was asked again, only those whose day was before that.

    Its next letter is then what reminds it: a link of the quarter before is none any more.
    """
    organization, asked_again = attestation.organization, attestation.asked_again
    today = organization.day_of(at)
    last = today if asked_again is None else min(today, organization.day_of(asked_again) - timedelta(days=1))
    steps = (
        ("reminded_at", attestation.remind_on, _remind),
        ("call_at", attestation.call_on, _put_on_the_call_list),
        ("unconfirmed_at", attestation.unconfirmed_on, _mark_unconfirmed),
        ("read_only_at", attestation.read_only_on, _close_to_writing),
    )
    due = [
        (name, step)
        for name, day, step in steps[asked_again is not None :]
        if getattr(attestation, name) is None and day <= last
    ]
    for name, step in due:
        setattr(attestation, name, at)
        attestation.save(update_fields=[name])
        step(attestation, at)
    return len(due)


def _remind(attestation: Attestation, at: datetime) -> None:
    _write(attestation, Contact.Way.REMINDER, events.ATTESTATION_REMINDED, by=None, at=at)


def _put_on_the_call_list(attestation: Attestation, at: datetime) -> None:
    _record(events.ATTESTATION_OVERDUE, attestation, by=None, at=at)


def _mark_unconfirmed(attestation: Attestation, at: datetime) -> None:
    """A mark on the society's seats, since the first of such days."""
    Organization.objects.filter(pk=attestation.organization_id, unconfirmed_at=None).update(unconfirmed_at=at)
    _record(events.SEATS_UNCONFIRMED, attestation, by=None, at=at)


def _close_to_writing(attestation: Attestation, at: datetime) -> None:
    """Its people read, and write nothing."""
    Organization.objects.filter(pk=attestation.organization_id, read_only_at=None).update(read_only_at=at)
    _record(events.SOCIETY_READS_ONLY, attestation, by=None, at=at)


def _write(attestation: Attestation, way: str, event: Any, *, by: Any, at: datetime) -> None:
    """Note to whom the letters go that the event makes be written."""
    for tenure in attesters(attestation.organization, at):
        Contact.objects.create(attestation=attestation, way=way, person=tenure.person, by=by, at=at)
    _record(event, attestation, by=by, at=at)


@transaction.atomic
def attest(
    attestation: Attestation, *, titles: Mapping[int, str], removals: Collection[int], by: Any, at: datetime
) -> Attestation:
    """The society confirms its seats: titles by tenure count at once, removals are proposed, silence is forgiven."""
    locked = _locked(attestation)
    check_keep_roster(by, locked.organization, at)
    check_attest(locked, at)
    for tenure in attested_tenures(locked.organization, at):
        title = titles.get(tenure.pk, tenure.title)
        if tenure.pk in removals:
            ProposedRemoval.objects.get_or_create(attestation=locked, tenure=tenure, defaults={"by": by, "at": at})
        elif title != tenure.title:
            correct_tenure(tenure, title=title, leadership=tenure.leadership, by=by, at=at)
    locked.attested_at, locked.attested_by = at, by
    locked.save(update_fields=["attested_at", "attested_by"])
    silent = Attestation.objects.filter(organization=locked.organization_id, attested_at=None, lapsed_at=None)
    silent.update(lapsed_at=at)
    Organization.objects.filter(pk=locked.organization_id).update(unconfirmed_at=None, read_only_at=None)
    _record(events.ROSTER_ATTESTED, locked, by=by, at=at)
    return locked


@transaction.atomic
def keep_tenure(removal: ProposedRemoval, *, by: Any, at: datetime) -> Tenure:
    """Said in error: the person holds the seat."""
    organization = removal.tenure.seat.organization
    check_keep_roster(by, organization, at)
    tenure = removal.tenure
    _record(events.REMOVAL_DECLINED, removal.attestation, by=by, at=at)
    ProposedRemoval.objects.filter(tenure=tenure).delete()
    return tenure


@transaction.atomic
def resend_attestation(attestation: Attestation, *, viewer: Viewer, at: datetime) -> Attestation:
    """The council's team has the letter written again."""
    locked = _locked(attestation)
    check_chase_attestation(viewer, locked)
    if _lately(locked, Contact.Way.REMINDER, LETTERS_REST, at):
        raise Refused(_("A letter went out within the last hour."))
    _write(locked, Contact.Way.REMINDER, events.ATTESTATION_RESENT, by=viewer.person, at=at)
    return locked


@transaction.atomic
def note_call(attestation: Attestation, *, viewer: Viewer, at: datetime) -> Contact:
    """The council's team has called the society."""
    locked = _locked(attestation)
    check_chase_attestation(viewer, locked)
    if _lately(locked, Contact.Way.CALL, CALLS_REST, at):
        raise Refused(_("This call is noted already."))
    _record(events.SOCIETY_CALLED, locked, by=viewer.person, at=at)
    return Contact.objects.create(attestation=locked, way=Contact.Way.CALL, by=viewer.person, at=at)


def _lately(attestation: Attestation, way: str, rest: timedelta, at: datetime) -> bool:
    """Whether the society was turned to in this way just now: a second click asks for the same."""
    return Contact.objects.filter(attestation=attestation, way=way, at__gt=at - rest).exists()


def _locked(attestation: Attestation) -> Attestation:
    rows = Attestation.objects.select_for_update(of=("self",)).select_related("organization__entry")
    return rows.get(pk=attestation.pk)


def _record(event: Any, attestation: Attestation, *, by: Any, at: datetime) -> None:
    organization = attestation.organization
    facts = {"quarter": attestation.quarter.isoformat()}
    trail.record(
        event, on=attestation, by=by, at=at, audience=organization.audience_id, acting_for=organization, facts=facts
    )
