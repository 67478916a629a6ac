"""Applications: with which roles one may apply, who of a society confirms one, which is one's own."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from collegium.core.access.queries import with_grounds
from collegium.core.people.models import Function, Organization, Tenure
from collegium.core.people.queries import live_owner, present_tenures

from ..models import Application, Group

LIAISON, CEO = "liaison", "ceo"

_STANDING = """
SELECT organization_id FROM standings
WHERE status = ANY(%s::text[]) AND kind = ANY(%s::text[]) AND period @> %s::timestamptz"""


def roles_of(group: Group) -> QuerySet[Function]:
    """The functions the group's present policy names."""
    assert group.circle is not None  # a founded group has a circle
    return Function.objects.filter(slug__in=group.circle.functions).order_by("name")


def societies_of(group: Group, at: datetime) -> QuerySet[Organization]:
    """The organizations whose people the group's present policy can admit, by name."""
    assert group.circle is not None  # a founded group has a circle
    circle = group.circle
    parameters = [circle.standings, circle.organization_kinds, at]
    admitted = RawSQL(f"{with_grounds('standings')} {_STANDING}", parameters)  # noqa: S611 - constants, with parameters
    return Organization.objects.filter(pk__in=admitted).order_by("entry__title")


def applicant(application: Application, at: datetime) -> int | None:
    """Whose account it is by now that an application was made from, or whose address it gives."""
    if application.person_id is not None:
        return application.person_id
    owner = live_owner(application.email, at)
    return owner.pk if owner else None


def key_holders(application: Application, at: datetime) -> list[Tenure]:
    """Who can confirm the role for the society: its liaisons, else its chief executive; never the applicant."""
    asked = _of_the_society(application, at)
    liaisons = list(asked.filter(seat__function__slug=LIAISON))
    return liaisons or list(asked.filter(seat__function__slug=CEO))


def _of_the_society(application: Application, at: datetime) -> QuerySet[Tenure]:
    found = present_tenures(at).filter(seat__organization=application.society_id, person__closed_at=None)
    return found.exclude(person=applicant(application, at)).select_related("person").order_by("pk")


def key_holder(application: Application, tenure_id: int, at: datetime) -> Tenure | None:
    """The tenure with which somebody was asked, while it lasts."""
    may = Q(seat__function__slug=LIAISON) | Q(seat__function__slug=CEO)
    return _of_the_society(application, at).filter(may, pk=tenure_id).first()


def with_all(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Everything a page says of an application."""
    return applications.select_related(
        "group__entry",
        "group__circle",
        "society__entry",
        "function",
        "person",
        "confirmed_by",
        "decided_by",
        "tenure__person",
    )


def application_of(pk: int) -> Application | None:
    """With everything a page says of it; None if it is not there any more."""
    return with_all(Application.objects.filter(pk=pk)).first()


def verified_beside(application: Application) -> Application | None:
    """Of those that lapse together the one that was verified, from the same address to the same group: the newest."""
    if application.state != Application.State.LAPSED:
        return None
    same = Application.objects.filter(group=application.group_id, email=application.email)
    return same.filter(verified_at__gte=application.asked_at).order_by("-verified_at", "-pk").first()
