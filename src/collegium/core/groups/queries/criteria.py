"""Whom a policy admits, criterion by criterion: what holds, what does not, what a society has yet to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from collegium.core.people.models import Organization, Standing, Tenure

from ..models import Application, JoinRequest

PASSES, FAILS, TO_CONFIRM = "passes", "fails", "to_confirm"

# What an organization is to the council on the day it is where the standing is carried: a foundation's or designated
# subspecialty's is its parent's. `{organization}` is a column with its id; takes the moment.
STANDING = """
(SELECT st.status FROM people_organization own
JOIN people_organization carrier
    ON carrier.entry_id = CASE WHEN own.kind IN ('subspecialty', 'foundation') THEN own.parent_id ELSE own.entry_id END
JOIN people_standing st ON st.organization_id = carrier.entry_id
WHERE own.entry_id = {organization} AND st.period @> (%s::timestamptz AT TIME ZONE carrier.time_zone)::date)"""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing the policy asks; `found` is what the request has, in words."""

    name: str
    label: str
    found: str
    verdict: str

    @property
    def passes(self) -> bool:
        return self.verdict == PASSES

    @property
    def fails(self) -> bool:
        return self.verdict == FAILS


def standing_of(organization: str, at: datetime) -> RawSQL:
    """An annotation: the standing of the organization whose id stands in this column of the query."""
    return RawSQL(STANDING.format(organization=organization), [at])  # noqa: S611 - a constant with one parameter


def criteria(policy: Mapping[str, list[str]], claim: Mapping[str, Any]) -> list[Criterion]:
    """Each criterion of the policy, judged for a claim.

    A claim has `function` (slug), `function_name`, `capacity`, `leadership`, `kind` and `standing` of the organization,
    and `is_confirmed`: whether the society stands by the first three.
    """
    capacity, leadership = Tenure.Capacity(claim["capacity"]), Tenure.Leadership(claim["leadership"])
    standing = Standing.Status(claim["standing"]).label if claim["standing"] else _("none")
    known = bool(claim["is_confirmed"])
    kind = Organization.Kind(claim["kind"])
    return [
        Criterion(name, str(label), str(found), _verdict(fits, is_known))
        for name, label, found, fits, is_known in (
            ("function", _("Function"), claim["function_name"], claim["function"] in policy["functions"], known),
            ("capacity", _("Capacity"), capacity.label, capacity.value in policy["capacities"], known),
            ("leadership", _("Staff or volunteer"), leadership.label, leadership.value in policy["leaderships"], known),
            ("kind", _("Kind of organization"), kind.label, kind.value in policy["organization_kinds"], True),
            ("standing", _("Standing"), standing, claim["standing"] in policy["standings"], True),
        )
    ]


def _verdict(fits: bool, is_known: bool) -> str:
    if not fits:
        return FAILS
    return PASSES if is_known else TO_CONFIRM


def criteria_of_application(application: Application, at: datetime) -> list[Criterion]:
    """Judged by the group's present policy and the society's present standing."""
    claim = {
        "function": application.function.slug,
        "function_name": application.function.name,
        "capacity": application.capacity,
        "leadership": application.leadership,
        "kind": application.society.kind,
        "standing": _standing(application.society, at),
        "is_confirmed": application.confirmed_at is not None,
    }
    return criteria(_policy(application), claim)


def criteria_of_request(request: JoinRequest, at: datetime) -> list[Criterion]:
    """The same for somebody who holds the seat they ask with."""
    tenure = request.tenure
    claim = {
        "function": tenure.seat.function.slug,
        "function_name": tenure.seat.function.name,
        "capacity": tenure.capacity,
        "leadership": tenure.leadership,
        "kind": tenure.seat.organization.kind,
        "standing": _standing(tenure.seat.organization, at),
        "is_confirmed": True,
    }
    return criteria(_policy(request), claim)


def _policy(thing: Application | JoinRequest) -> dict[str, list[str]]:
    assert thing.group.circle is not None  # a founded group has a circle
    return thing.group.circle.policy


def _standing(organization: Organization, at: datetime) -> str | None:
    column = '"people_organization"."entry_id"'
    found = Organization.objects.filter(pk=organization.pk).annotate(standing=standing_of(column, at))
    return found.values_list("standing", flat=True).first()
