"""Two accounts of one person become one, once both are proved; both rows stay, and nothing is lost."""

from datetime import datetime, timedelta

from django.db import transaction

from collegium.core.access.actions import settle
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.trail import actions as trail

from .. import events
from ..joining import carry, fold_tenures
from ..joining_rules import check_agree, check_ask_to_join, check_begin_joining, check_join, check_withdraw, siblings
from ..models import Joining, Person, Tenure
from ..models.joinings import LASTS
from ..queries.addresses import live_owner, primary_address
from .findable import write_people
from .persons import end_sign_in

# A page that was open when two accounts became one may still have written for the one that was joined.
STRAGGLE = timedelta(days=1)


@transaction.atomic
def ask_to_join(person: Person, *, email: str, by: Person, at: datetime) -> Joining:
    """Ask that the account of whoever signs in with the address be joined to one's own.

    Being signed in proves the one; a link in a letter to the other's own address proves that. What is returned and
    recorded is the same whether or not there is such an account. Asked again, the older link is void.
    """
    email = email.strip().lower()
    _lock(person.pk)
    waiting = Joining.objects.filter(stays=person, state=Joining.State.OPEN)
    check_ask_to_join(person, email, by, waiting.filter(begun_at__gt=at - LASTS).exclude(email=email).count())
    joining, _made = Joining.objects.update_or_create(
        stays=person,
        email=email,
        state=Joining.State.OPEN,
        defaults={
            "other": live_owner(email, at),
            "begun_by": by,
            "begun_at": at,
            "reason": "",
            "stays_agreed_at": at,
            "other_agreed_at": None,
        },
    )
    trail.record(events.JOINING_ASKED, on=joining, by=by, at=at, audience=OFFICE)
    return joining


@transaction.atomic
def begin_joining(stays: Person, *, other: Person, viewer: Viewer, reason: str, at: datetime) -> Joining:
    """The council's team asks both: letters go to either, and nothing happens before both links were followed."""
    found = {person.pk: person for person in _lock(stays.pk, other.pk)}
    stays, other = found[stays.pk], found[other.pk]
    check_begin_joining(viewer, stays, other, reason)
    assert viewer.person is not None  # one of the team
    joining, _made = Joining.objects.update_or_create(
        stays=stays,
        email=primary_address(other, at),
        state=Joining.State.OPEN,
        defaults={
            "other": other,
            "begun_by": viewer.person,
            "begun_at": at,
            "reason": reason.strip(),
            "stays_agreed_at": None,
            "other_agreed_at": None,
        },
    )
    facts = {"stays": stays.pk, "other": other.pk}
    trail.record(events.JOINING_BEGUN, on=joining, by=viewer.person, at=at, audience=OFFICE, facts=facts)
    return joining


@transaction.atomic
def withdraw_joining(joining: Joining, *, viewer: Viewer, at: datetime) -> Joining:
    """Its links lead nowhere any more; both accounts stay as they are."""
    locked = _locked(joining)
    check_withdraw(locked, viewer)
    _close(locked, Joining.State.WITHDRAWN, at=at)
    trail.record(events.JOINING_WITHDRAWN, on=locked, by=viewer.person, at=at, audience=OFFICE)
    return locked


@transaction.atomic
def agree_to_join(joining: Joining, *, side: str, by: Person, at: datetime) -> Joining:
    """The link sent to this side was followed, signed in to the account that stays. The second proof joins the two."""
    if joining.other_id is not None:
        _lock(joining.stays_id, joining.other_id)
    locked = _locked(joining)
    check_agree(locked, by, at)
    assert locked.other is not None  # a letter went to it
    check_join(locked.stays, locked.other, at)
    name = f"{Joining.Side(side).value}_agreed_at"
    if locked.agreed_at(side) is None:
        setattr(locked, name, at)
        locked.save(update_fields=[name])
    if locked.stays_agreed_at is None or locked.other_agreed_at is None:
        trail.record(events.JOINING_AGREED, on=locked, by=by, at=at, audience=OFFICE, facts={"side": side})
        return locked
    return _join(locked, by=by, at=at)


def _lock(*persons: int) -> list[Person]:
    return list(Person.objects.select_for_update(of=("self",)).filter(pk__in=persons).order_by("pk"))


def _locked(joining: Joining) -> Joining:
    rows = Joining.objects.select_for_update(of=("self",)).select_related("stays", "other")
    return rows.get(pk=joining.pk)


def _close(joining: Joining, state: str, *, at: datetime) -> None:
    joining.state, joining.closed_at = state, at
    joining.save(update_fields=["state", "closed_at"])


def _join(joining: Joining, *, by: Person, at: datetime) -> Joining:
    """All that refers to the other refers to the one that stays; the other's row is closed and leads there."""
    stays, other = joining.stays, joining.other
    assert other is not None  # asked by whoever calls
    # The letters are written with the event, while each address is still its account's.
    facts = {"stays": stays.pk, "other": other.pk}
    trail.record(events.ACCOUNTS_JOINED, on=joining, by=by, at=at, audience=OFFICE, facts=facts)
    end_sign_in(other)
    _take_profile(stays, other)
    _move(stays, other, at=at)
    other.closed_at, other.merged_into = at, stays
    other.about, other.phone, other.expertise = "", "", []
    other.save(update_fields=["closed_at", "merged_into", "about", "phone", "expertise"])
    void = Joining.objects.filter(siblings(joining))
    void.update(state=Joining.State.WITHDRAWN, closed_at=at)
    _close(joining, Joining.State.DONE, at=at)
    settle([stays.pk, other.pk])
    write_people([stays.pk, other.pk], at=at)
    return joining


def _move(stays: Person, other: Person, *, at: datetime) -> int:
    """Column by column; where both held one seat on the same days, the two tenures become one."""
    theirs = Tenure.objects.filter(person=other)
    seats = set(theirs.values_list("seat", flat=True))
    own = set(Tenure.objects.filter(person=stays).values_list("pk", flat=True))
    moved = carry(Person, stays=stays.pk, other=other.pk, at=at)
    fold_tenures(stays.pk, seats=seats, own=own, at=at)
    return moved


def _take_profile(stays: Person, other: Person) -> None:
    """What the one that stays says of itself stands; what it leaves open is taken from the other."""
    for field in ("credentials", "about"):
        setattr(stays, field, getattr(stays, field) or getattr(other, field))
    if not stays.phone:
        stays.phone, stays.phone_seen_by = other.phone, other.phone_seen_by
    stays.expertise = [*stays.expertise, *(one for one in other.expertise if one not in stays.expertise)]
    stays.joined_at = min(stays.joined_at, other.joined_at)
    for field, chosen in (("welcomed_at", min), ("looked_at", max), ("last_login", max)):
        known = [value for value in (getattr(stays, field), getattr(other, field)) if value is not None]
        setattr(stays, field, chosen(known, default=None))
    stays.save(
        update_fields=[
            "credentials",
            "about",
            "phone",
            "phone_seen_by",
            "expertise",
            "joined_at",
            "welcomed_at",
            "looked_at",
            "last_login",
        ]
    )


@transaction.atomic
def let_joinings_lapse(*, at: datetime) -> int:
    """Those whose links are too old; the address that was typed is forgotten. Returns how many."""
    old = Joining.objects.filter(state=Joining.State.OPEN, begun_at__lte=at - LASTS)
    return old.update(state=Joining.State.LAPSED, closed_at=at, email="")


def carry_stragglers(*, at: datetime) -> int:
    """What came to refer to a joined account while it was joined follows it; returns how many rows did."""
    fresh = Person.objects.filter(merged_into__isnull=False, closed_at__gt=at - STRAGGLE).select_related("merged_into")
    return sum(_carry_after(person, at=at) for person in fresh.order_by("pk"))


@transaction.atomic
def _carry_after(other: Person, *, at: datetime) -> int:
    assert other.merged_into is not None  # looked for by it
    _lock(other.pk, other.merged_into.pk)
    moved = _move(other.merged_into, other, at=at)
    if moved:
        settle([other.merged_into.pk, other.pk])
    return moved
