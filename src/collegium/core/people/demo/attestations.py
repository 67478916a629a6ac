"""What the invented societies have confirmed of their seats: most this quarter, some silent, one for two quarters."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

from collegium.core.trail.actions import without_waking

from ..actions import attest
from ..models import Attestation, Contact, Organization
from ..queries.attesting import asked_societies, attesters, quarter_of

DAYS = {"remind_on": 14, "call_on": 28, "unconfirmed_on": 42, "read_only_on": 60}
STEPS = {"reminded_at": 14, "call_at": 28, "unconfirmed_at": 42, "read_only_at": 60}


def load(at: datetime) -> None:
    """As if the letters of the quarters before had gone out; nobody is written to now."""
    silent = tomllib.loads((Path(__file__).parent / "desks.toml").read_text(encoding="utf-8"))["silent"]
    days = {row["society"]: row["asked_days_ago"] for row in silent}
    with without_waking():
        for society in asked_societies(at):
            if society.slug in days:
                _leave_silent(society, days[society.slug], at)
            elif by := attesters(society, at):
                asked = _asked(society, quarter_of(society.day_of(at)), at - timedelta(days=20))
                attest(asked, titles={}, removals=(), by=by[0].person, at=at - timedelta(days=1))


def _leave_silent(society: Organization, days: list[int], at: datetime) -> None:
    """The newest stands for this quarter, each before it for the quarter before."""
    quarter = quarter_of(society.day_of(at))
    for ago in reversed(days):
        attestation = _asked(society, quarter, at - timedelta(days=ago))
        taken = {name: attestation.opened_at + timedelta(days=after) for name, after in STEPS.items() if after <= ago}
        Attestation.objects.filter(pk=attestation.pk).update(**taken)
        marks = {name: taken[name] for name in ("unconfirmed_at", "read_only_at") if name in taken}
        if marks:
            Organization.objects.filter(pk=society.pk).update(**marks)
        quarter = quarter_of(quarter - timedelta(days=1))


def _asked(society: Organization, quarter: date, at: datetime) -> Attestation:
    day = society.day_of(at)
    due = {name: day + timedelta(days=number) for name, number in DAYS.items()}
    made = Attestation.objects.create(organization=society, quarter=quarter, opened_at=at, **due)
    for tenure in attesters(society, at):
        Contact.objects.create(attestation=made, way=Contact.Way.LETTER, person=tenure.person, at=at)
    return made
