"""Who may change organizations, seats and persons."""

import zoneinfo
from datetime import date, datetime
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer

from .models import AddressProposal, Attestation, Departure, Mandate, Organization, RosterImport, Standing, Tenure
from .queries.addresses import is_live, live_addresses, spelled
from .queries.keeping import ROSTER_KEEPERS, society_people
from .queries.tenures import present_tenures

DEPENDENT = (Organization.Kind.SUBSPECIALTY, Organization.Kind.FOUNDATION)


@cache
def _time_zones() -> frozenset[str]:
    """Asked of the disk once: it takes some 30 ms."""
    return frozenset(zoneinfo.available_timezones())


def check_time_zone(name: str) -> None:
    """A zone of the IANA database; an unknown one would break every admission that depends on it."""
    if name not in _time_zones():
        raise Refused(_("“%(name)s” is not a time zone.") % {"name": name})


# Beyond these a moment cannot be told in every zone, and nobody means it.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999


def check_told(*moments: date | None) -> None:
    """Moments, and days, that can be told in every zone."""
    if any(moment is not None and not EARLIEST_YEAR <= moment.year <= LATEST_YEAR for moment in moments):
        words = _("Choose a day between the years %(first)d and %(last)d.")
        raise Refused(words % {"first": EARLIEST_YEAR, "last": LATEST_YEAR})


def check_parent(kind: str, parent: Organization | None) -> None:
    """A foundation or designated subspecialty belongs to an organization that has a standing of its own."""
    if kind not in DEPENDENT:
        return
    if parent is None:
        raise Refused(_("Say which society it belongs to: its standing is that society's."))
    if parent.kind in DEPENDENT:
        raise Refused(_("It can belong only to an organization with a standing of its own."))


def check_change_standing(organization: Organization, status: str) -> None:
    """A known status, of an organization that has a standing of its own."""
    if organization.kind in DEPENDENT:
        raise Refused(_("Its standing is that of the society it belongs to."))
    if status not in Standing.Status.values:
        raise Refused(_("There is no such standing."))


def check_office(viewer: Viewer) -> None:
    """Only the council's team."""
    if not viewer.is_among(OFFICE):
        raise Refused(_("Only the council's team can do this."))


def check_keep_registry(by: Any, at: datetime) -> None:
    """The council's team keeps the registry of organizations and persons; without `by` the house itself acts.

    The house acts in commands, presets, imports the operator runs and the demo council, never in a page.
    """
    if by is not None and not Viewer.of(by, at=at).is_among(OFFICE):
        raise Refused(_("Only the council's team keeps the registry of societies and people."))


def check_keep_roster(by: Any, organization: Organization, at: datetime) -> None:
    """Who sits where at a society is kept by its own liaison and chief executive too."""
    if by is None or Viewer.of(by, at=at).is_among(OFFICE):
        return
    keeps = present_tenures(at).filter(
        person=by.pk, person__closed_at=None, seat__organization=organization, seat__function__slug__in=ROSTER_KEEPERS
    )
    if not keeps.exists():
        raise Refused(_("Only the society's liaison or chief executive and the council's team keep its seats."))


def check_start_tenure(person: Any, starts_on: date, last_day: date | None) -> None:
    """Somebody whose account is open, for at least a day."""
    check_told(starts_on, last_day)
    if person.closed_at is not None:
        raise Refused(_("This person closed their account."))
    if last_day is not None and last_day < starts_on:
        raise Refused(_("A tenure cannot end before its first day."))


def check_last_day_of_departure(person: Any, organization: Organization, last_day: date | None, at: datetime) -> None:
    """Whoever leaves takes no seat of the organization for longer; once the last day has passed, they may be back."""
    leaves = _departure(person.pk, organization, at)
    if leaves is not None and (last_day is None or last_day > leaves.last_day):
        words = _("%(name)s leaves on %(day)s: let the tenure end by then, or withdraw the departure first.")
        raise Refused(words % {"name": person.name, "day": date_format(leaves.last_day)})


def _departure(person_id: int, organization: Organization, at: datetime) -> Departure | None:
    """The person's departure from the organization that is under way and not yet past."""
    found = Departure.objects.filter(person=person_id, organization=organization, state=Departure.State.OPEN)
    return found.filter(last_day__gte=organization.day_of(at)).first()


def check_end_tenure(tenure: Tenure, last_day: date) -> None:
    """A tenure ends on or after its first day, and not after a day already recorded as its end."""
    check_told(last_day)
    if last_day < tenure.starts_on:
        raise Refused(_("A tenure cannot end before its first day."))
    if tenure.last_day is not None and last_day > tenure.last_day:
        raise Refused(_("This tenure ends earlier; record a new tenure instead of prolonging it."))


def check_propose_holder(by: Any, organization: Organization, title: str, capacity: str, leadership: str) -> None:
    """With a title, in a capacity and as a leader there is; who may, `check_keep_roster` says."""
    if organization.kind != Organization.Kind.SOCIETY:
        raise Refused(_("Holders are proposed for the seats of member societies."))
    if capacity not in Tenure.Capacity.values:
        raise Refused(_("There is no such capacity."))
    check_correct_tenure(title, leadership)


def check_correct_tenure(title: str, leadership: str) -> None:
    """With a title and as a leader there is, wherever the seat is; who may, `check_keep_roster` says."""
    if leadership not in Tenure.Leadership.values:
        raise Refused(_("There is no such capacity."))
    if not title.strip():
        raise Refused(_("Say which title the person has."))


def check_change_capacity(tenure: Tenure, capacity: str, from_day: date, at: datetime) -> None:
    """To another one, from a day of the tenure after its first, while the person does not leave."""
    if capacity not in Tenure.Capacity.values:
        raise Refused(_("There is no such capacity."))
    if capacity == tenure.capacity:
        raise Refused(_("The person has this capacity already."))
    if from_day <= tenure.starts_on or (tenure.last_day is not None and from_day > tenure.last_day):
        raise Refused(_("A capacity changes on a day of the tenure after its first."))
    leaves = _departure(tenure.person_id, tenure.seat.organization, at)
    if leaves is not None:
        words = _("%(name)s leaves on %(day)s and keeps this capacity until then; withdraw the departure to change it.")
        raise Refused(words % {"name": tenure.person.name, "day": date_format(leaves.last_day)})


def check_take_back_tenure(tenure: Tenure, at: datetime) -> None:
    """Only before its first day: what was, stays in the books."""
    if tenure.starts_on <= tenure.seat.organization.day_of(at):
        raise Refused(_("This tenure has begun: record its end instead."))


def check_begin_departure(person: Any, organization: Organization, last_day: date, at: datetime) -> None:
    """Somebody who holds a seat there, from today on."""
    _check_day_of_departure(organization, last_day, at)
    if not society_people(organization, at).filter(pk=person.pk).exists():
        raise Refused(_("This person holds no seat of the society."))
    if Departure.objects.filter(person=person, organization=organization, state=Departure.State.OPEN).exists():
        raise Refused(_("The departure of this person is under way already."))
    _check_takes_no_seat_after(person, organization, last_day)


def check_change_departure(departure: Departure, at: datetime) -> None:
    """While it is under way and the last day has not passed."""
    if not departure.is_open:
        raise Refused(_("This departure is closed already."))
    if departure.organization.day_of(at) > departure.last_day:
        raise Refused(_("The last day has passed; record a new tenure if the person is back."))


def check_move_departure(departure: Departure, last_day: date, at: datetime) -> None:
    """To a day not yet past, on or after the first day of each seat."""
    check_change_departure(departure, at)
    _check_day_of_departure(departure.organization, last_day, at)
    for leaving in departure.leavings.select_related("tenure"):
        if leaving.tenure.starts_on > leaving.last_day_with(last_day):
            raise Refused(_("A tenure cannot end before its first day."))
    known = departure.leavings.values("tenure")
    _check_takes_no_seat_after(departure.person, departure.organization, last_day, known)


def _check_takes_no_seat_after(person: Any, organization: Organization, last_day: date, but: Any = ()) -> None:
    later = Tenure.objects.filter(seat__organization=organization, person=person, period__startswith__gt=last_day)
    if later.exclude(pk__in=but).exists():
        raise Refused(_("This person takes a seat after that day: take that back, or choose a later day."))


def _check_day_of_departure(organization: Organization, last_day: date, at: datetime) -> None:
    if last_day < organization.day_of(at):
        raise Refused(_("The last day is today or later; an end in the past is recorded on the seat."))


def check_successor(departure: Departure, person: Any, at: datetime) -> None:
    """Another person of the society."""
    if person.pk == departure.person_id:
        raise Refused(_("Whoever leaves cannot follow themselves."))
    if not society_people(departure.organization, at).filter(pk=person.pk).exists():
        raise Refused(_("Only somebody with a seat at the society can follow; propose a new holder first."))


def check_attest(attestation: Attestation, at: datetime) -> None:
    """While nobody has answered and the quarter lasts."""
    if not attestation.is_open:
        raise Refused(_("The seats of this quarter are confirmed already."))
    if attestation.organization.day_of(at) >= attestation.next_quarter:
        raise Refused(_("This quarter is over; the next letter asks anew."))


def check_chase_attestation(viewer: Viewer, attestation: Attestation) -> None:
    """The council's team, while nobody has answered."""
    check_office(viewer)
    if not attestation.is_open:
        raise Refused(_("The seats of this quarter are confirmed already."))


def check_society_writes(organization: Organization) -> None:
    """Not while the society's people read only."""
    if organization.read_only_at is not None:
        raise Refused(reads_only(organization.unconfirmed_at or organization.read_only_at))


def check_writes(viewer: Viewer, audience_id: int) -> None:
    """Not in what one belongs to only through societies whose people read only."""
    if since := viewer.silent_since.get(audience_id):
        raise Refused(reads_only(since))


def reads_only(since: datetime) -> str:
    """Why the people of a silent society write nothing, and what lifts it."""
    words = _(
        "Your society has not confirmed its seats since %(day)s: its people read, but write nothing. Its liaison or "
        "chief executive can confirm them at the desk in a minute, and it counts at once."
    )
    return words % {"day": date_format(since)}


def check_give_mandate(tenure: Tenure, starts_on: date, last_day: date | None) -> None:
    """For at least a day, beginning on a day of the tenure."""
    check_told(starts_on, last_day)
    if last_day is not None and last_day < starts_on:
        raise Refused(_("A mandate cannot end before its first day."))
    if starts_on < tenure.starts_on or (tenure.last_day is not None and starts_on > tenure.last_day):
        raise Refused(_("A mandate begins on a day on which its holder has the seat."))


def check_end_mandate(mandate: Mandate, last_day: date) -> None:
    """On or after its first day, and not after a day already said to be its last."""
    check_told(last_day)
    if last_day < mandate.period.lower:
        raise Refused(_("A mandate cannot end before its first day."))
    if mandate.period.upper is not None and last_day >= mandate.period.upper:
        raise Refused(_("This mandate ends earlier; give a new one instead of prolonging it."))


def check_choose_primary_address(address: EmailAddress, person: Any, at: datetime) -> None:
    """One's own, verified, and still signing in."""
    _check_own(address, person)
    if not address.verified:
        raise Refused(_("Verify this address first: letters go only where a code has arrived."))
    if not is_live(address, at):
        raise Refused(_("This address ended with your tenure there; it receives nothing any more."))


def check_remove_address(address: EmailAddress, person: Any, at: datetime) -> None:
    """One's own; never the last that signs in, and not the one letters go to while there is a choice."""
    _check_own(address, person)
    others = live_addresses(at).filter(user=person.pk, verified=True).exclude(pk=address.pk)
    if not others.exists():
        raise Refused(_("This is your last address: without one you could not sign in. Add another first."))
    if address.primary and is_live(address, at):
        raise Refused(_("Letters go to this address. Make another one the primary address first."))


def _check_own(address: EmailAddress, person: Any) -> None:
    if address.user_id != person.pk:
        raise Refused(_("Only its owner can change an address."))


def check_propose_address(person: Any, email: str, by: Any, at: datetime) -> None:
    """A colleague or one of the council's team proposes a well-formed address for somebody else who has an account."""
    if by.pk == person.pk:
        raise Refused(_("Add an address of your own on your account's page."))
    if person.closed_at is not None:
        raise Refused(_("This person closed their account."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_("“%(email)s” is not an address.") % {"email": email}) from error
    if EmailAddress.objects.filter(spelled(email), user=person.pk).exists():
        raise Refused(_("It is an address of this person already."))
    places = present_tenures(at).filter(person=by.pk).values("seat__organization")
    is_team = places.filter(seat__organization__kind=Organization.Kind.COUNCIL).exists()
    if not is_team and not present_tenures(at).filter(person=person.pk, seat__organization__in=places).exists():
        raise Refused(_("Only a colleague or the council's team can propose an address."))


def check_confirm_address(proposal: AddressProposal, person: Any) -> None:
    """Only the owner confirms, and only what still waits."""
    if proposal.person_id != person.pk:
        raise Refused(_("Only its owner can confirm an address."))
    if proposal.state not in (AddressProposal.State.PROPOSED, AddressProposal.State.DELAYED):
        raise Refused(_("This proposal was already answered."))


def check_override_address(viewer: Viewer, proposal: AddressProposal, reason: str) -> None:
    """The council's team, with a reason, and not whoever proposed the address or owns it."""
    check_office(viewer)
    if not reason.strip():
        raise Refused(_("Give the reason: the person will read it at the old address."))
    if viewer.person_id == proposal.person_id:
        raise Refused(_("You cannot let through an address of your own."))
    if viewer.person_id == proposal.proposed_by_id:
        raise Refused(_("Somebody else of the team has to let through what you proposed."))
    if proposal.state != AddressProposal.State.PROPOSED:
        raise Refused(_("This proposal was already answered."))


def check_confirm_roster(roster: RosterImport) -> None:
    """Once it was looked through, while there is something to do."""
    if roster.state != RosterImport.State.READY:
        raise Refused(_("This roster does not wait for a confirmation."))
    if not roster.lines.filter(outcome__in=["new", "changed"]).exists():
        raise Refused(_("This roster changes nothing."))


def check_abandon_roster(roster: RosterImport) -> None:
    """While something of it is still to be done."""
    waiting = (RosterImport.State.READING, RosterImport.State.READY, RosterImport.State.APPLYING)
    if roster.state not in waiting:
        raise Refused(_("This roster was carried out or abandoned already."))
