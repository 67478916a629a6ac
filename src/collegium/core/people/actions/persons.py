"""Registering persons, their profile, closing an account."""

from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from collegium.core.access.actions import settle
from collegium.core.access.errors import Refused
from collegium.core.access.standard import OFFICE
from collegium.core.trail import actions as trail

from .. import events
from ..models import Function, Organization, Person
from ..rules import check_keep_registry, check_time_zone
from .addresses import add_first_address, drop_addresses
from .findable import write_people
from .seats import open_seat, start_tenure

PROFILE_FIELDS = (
    "name",
    "credentials",
    "time_zone",
    "about",
    "expertise",
    "phone",
    "phone_seen_by",
    "address_seen_by",
)
COUNCIL_TEAM = "council-team"


@transaction.atomic
def register_person(name: str, *, email: str, by: Any, at: datetime, handle: str = "", **profile: Any) -> Person:
    """Make a person known, with a first address that becomes theirs by the first code sent to it."""
    check_keep_registry(by, at)
    return make_known(name, email=email, by=by, at=at, handle=handle, **profile)


def make_known(name: str, *, email: str, by: Any, at: datetime, handle: str = "", **profile: Any) -> Person:
    """Part of each deed that registers a person; whether `by` may is asked there."""
    check_time_zone(profile.get("time_zone", "UTC"))
    if handle and Person.objects.filter(handle=handle).exists():
        raise Refused(_("Somebody else has this handle."))
    person = Person.objects.create_user(handle or free_handle(name), name=name, joined_at=at, **profile)
    add_first_address(person, email=email, at=at)
    trail.record(events.PERSON_REGISTERED, on=person, by=by, at=at, audience=OFFICE)
    return person


def free_handle(name: str) -> str:
    """A handle made of the name that nobody has: `ines-okafor`, `ines-okafor-2`."""
    stem = slugify(name)[:50] or "person"
    taken = set(Person.objects.filter(handle__startswith=stem).values_list("handle", flat=True))
    return next(handle for n in range(1, len(taken) + 2) if (handle := stem if n == 1 else f"{stem}-{n}") not in taken)


@transaction.atomic
def change_profile(person: Person, *, by: Person, at: datetime, **fields: Any) -> Person:
    """Change one's own profile; Refused for anybody else's."""
    if by.pk != person.pk:
        raise Refused(_("Only the person can change this."))
    unknown = set(fields) - set(PROFILE_FIELDS)
    if unknown:
        raise ValueError(f"not fields of a profile: {sorted(unknown)}")
    check_time_zone(fields.get("time_zone", person.time_zone))
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    for field, value in fields.items():
        setattr(locked, field, value)
    locked.save(update_fields=list(fields))
    write_people([locked.pk], at=at)
    # Which fields changed is a fact; what they say is not.
    trail.record(events.PROFILE_CHANGED, on=locked, by=by, at=at, audience=OFFICE, facts={"fields": sorted(fields)})
    return locked


@transaction.atomic
def welcome_person(person: Person, *, by: Person, at: datetime, **fields: Any) -> Person:
    """Go through the first-sign-in page: one's profile as said there, and the page is not shown again."""
    changed = change_profile(person, by=by, at=at, **fields)
    if changed.welcomed_at is None:
        changed.welcomed_at = at
        changed.save(update_fields=["welcomed_at"])
        trail.record(events.PERSON_WELCOMED, on=changed, by=by, at=at, audience=OFFICE)
    return changed


@transaction.atomic
def close_account(person: Person, *, by: Person, at: datetime) -> Person:
    """Close one's own account: nobody signs in as this person again; what they wrote keeps their name.

    Tenures stay: whether a society's seat is vacant is for the society to say.
    """
    if by.pk != person.pk:
        raise Refused(_("Only the person can close an account."))
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if locked.closed_at is not None:
        raise Refused(_("This account is closed already."))
    locked.closed_at = at
    locked.about, locked.phone, locked.expertise = "", "", []
    locked.save(update_fields=["closed_at", "about", "phone", "expertise"])
    drop_addresses(locked)
    end_sign_in(locked)
    trail.record(events.ACCOUNT_CLOSED, on=locked, by=by, at=at, audience=OFFICE)
    settle([locked.pk])
    write_people([locked.pk], at=at)
    return locked


def end_sign_in(person: Person) -> None:
    """Sessions, passkeys and authenticator apps of a closed account."""
    for session in UserSession.objects.filter(user=person):
        session.end()
    Authenticator.objects.filter(user=person).delete()


@transaction.atomic
def create_staff(name: str, *, email: str, on: date, at: datetime, title: str = "", by: Any = None) -> Person:
    """Register a member of the council's team; Refused until the council itself is registered."""
    council = Organization.objects.filter(kind=Organization.Kind.COUNCIL).first()
    function = Function.objects.filter(slug=COUNCIL_TEAM).first()
    if council is None or function is None:
        raise Refused(_("There is no council yet: run “collegium seed” first."))
    person = register_person(name, email=email, by=by, at=at, time_zone=council.time_zone)
    title = title or _("Council staff")
    start_tenure(open_seat(council, function), person=person, title=title, starts_on=on, by=by, at=at)
    return person
