"""What becomes of groups' columns when two accounts are joined; no key turned by oneself survives it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.people.models import Person
from collegium.core.people.registry import Held, drop

from .models import Acceptance, Application, Confirmation, JoinRequest, Membership, Office, Suspension
from .models.memberships import until

OPEN = Q(period__upper_inf=True)


def obstacles(stays: Person, other: Person, at: datetime) -> Iterator[str]:
    """A suspension that the one gave the other must end before both are one: nobody suspends themselves."""
    both = [stays.pk, other.pk]
    if Suspension.objects.filter(person__in=both, given_by__in=both, period__contains=at).exists():
        yield _("One of the two accounts suspended the other from a group. That suspension has to end first.")


def _no_key_of_ones_own(stays: int, other: int, _at: datetime) -> None:
    """What the one account confirmed for the other waits for somebody else's key."""
    both = [stays, other]
    Confirmation.objects.filter(tenure__person__in=both, by__in=both).delete()
    for model in (Membership, Office):
        mine = model.objects.filter(OPEN, tenure__person__in=both, confirmed_by__in=both)
        mine.update(confirmed_by=None, confirmed_at=None)
    asked = Application.objects.filter(state=Application.State.COUNCIL, person__in=both, confirmed_by__in=both)
    asked.update(state=Application.State.SOCIETY, confirmed_by=None, confirmed_at=None)


def _lasting(theirs: Any, mine: Any, at: datetime) -> bool:
    """Of two memberships or offices one goes on: the confirmed one, then the one that reads further back."""
    goes = theirs if _rank(mine) <= _rank(theirs) else mine
    type(goes).objects.filter(pk=goes.pk).update(period=until(goes.period, at))
    return True


def _rank(row: Any) -> tuple[bool, int]:
    return row.confirmed_at is None, row.from_circle.number


def _withdraw(theirs: JoinRequest, _mine: Any, at: datetime) -> bool:
    """Asked twice, with the same seat: once is enough."""
    JoinRequest.objects.filter(pk=theirs.pk).update(state=JoinRequest.State.WITHDRAWN, decided_at=at)
    return True


def _stop_asking(theirs: Any, _mine: Any, at: datetime) -> bool:
    type(theirs).objects.filter(pk=theirs.pk).update(ended_at=at)
    return True


def _earlier(theirs: Acceptance | Confirmation, mine: Any, at: datetime) -> bool:
    """Bound, or confirmed, since the first of the two."""
    if theirs.at < mine.at:
        type(mine).objects.filter(pk=mine.pk).update(at=theirs.at)
    return drop(theirs, mine, at)


PERSONS = (
    Held("groups.Confirmation.by", first=_no_key_of_ones_own),
    Held("groups.Charter.by"),
    Held("groups.Application.person", gettext_lazy("Applications to groups")),
    Held("groups.Application.confirmed_by", unlike="decided_by"),
    Held("groups.Application.decided_by", unlike="confirmed_by"),
    Held("groups.Circle.proposed_by", unlike="confirmed_by"),
    Held("groups.Circle.confirmed_by", unlike="proposed_by"),
    Held("groups.Membership.given_by", unlike="confirmed_by"),
    Held("groups.Membership.confirmed_by", unlike="given_by"),
    Held("groups.Office.given_by", unlike="confirmed_by"),
    Held("groups.Office.confirmed_by", unlike="given_by"),
    Held("groups.JoinRequest.decided_by"),
    Held("groups.Suspension.person", gettext_lazy("Suspensions from groups"), unlike="given_by"),
    Held("groups.Suspension.given_by", unlike="person"),
    Held("groups.Suspension.lifted_by"),
    Held(
        "groups.Reading.person",
        gettext_lazy("Readings for the council’s team"),
        once=("group",),
        only=Q(period=None, ended_at=None),
        twin=_stop_asking,
        unlike="confirmed_by",
    ),
    Held("groups.Reading.confirmed_by", unlike="person"),
    Held("groups.Reading.ended_by"),
    Held("groups.UndertakingVersion.published_by"),
    Held("groups.Need.given_by"),
)

TENURES = (
    Held("groups.Application.tenure"),
    Held("groups.Membership.tenure", gettext_lazy("Invitations to groups"), once=("group",), only=OPEN, twin=_lasting),
    Held("groups.Office.tenure", gettext_lazy("Offices in groups"), once=("group", "role"), only=OPEN, twin=_lasting),
    Held("groups.Confirmation.tenure", once=("group",), twin=_earlier),
    Held(
        "groups.JoinRequest.tenure",
        gettext_lazy("Requests to join groups"),
        once=("group",),
        only=Q(state="waiting"),
        twin=_withdraw,
    ),
    Held("groups.Deferral.tenure", once=("need",)),
    Held("groups.Acceptance.tenure", gettext_lazy("Undertakings accepted"), once=("version",), twin=_earlier),
)

HELD = (*PERSONS, *TENURES)
