"""How long it takes to ask thousands of societies something: the roll, the letters to them, and the pages that tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from collegium.config.bench.councils import answered, looked, team
from collegium.config.bench.crowds import Work
from collegium.core.access.standard import MEMBERS
from collegium.core.calls.actions import announce_call, draft_call, open_call
from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.mail.models import Delivery
from collegium.core.notices.actions import tell as tell_of
from collegium.core.people.models import Person
from collegium.core.trail.models import Event


def measured(tell: Callable[[str], object]) -> dict[str, Any]:
    """All societies of the council are asked something."""
    tell("Asking them …")
    now, by = timezone.now(), team()
    drafted = draft_call(
        "consultation",
        title="Asked of all",
        raw="What do you say?",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=9),
        time_zone="UTC",
        seen_by=MEMBERS,
        by=by,
        at=now,
    )
    call = announce_call(drafted, by=by, at=now)
    before = Work()
    call = open_call(call, at=now)
    taken = before.since()
    tell_of(Event.objects.get(name="call.opened", entry=call.pk), at=now)
    spent = before.since()
    _answers(call, by)
    return {
        "rows": RollRow.objects.filter(call=call).count(),
        "letters": Delivery.objects.filter(mailing__entry=call.pk).count(),
        "roll": taken.clock,
        "seconds": spent.clock,
        "cpu": spent.own + spent.database,
        "pages": _pages(call, by),
    }


def _pages(call: Call, by: Person) -> dict[str, dict[str, float]]:
    society = RollRow.objects.filter(call=call, organization__slug__startswith="asked-").order_by("pk")[0].organization
    assert society is not None  # a row of societies
    keeper = Person.objects.get(handle=f"liaison-{society.slug}")
    return {
        "desk": looked(keeper, f"/desk/{society.slug}/"),
        "call": looked(keeper, f"/calls/{call.pk}/"),
        "roll": looked(keeper, f"/calls/{call.pk}/roll/"),
        "progress": looked(by, f"/office/calls/{call.pk}/"),
    }


def _answers(call: Call, by: Person) -> None:
    """Two of five have answered."""
    rows = [row for row in RollRow.objects.filter(call=call).order_by("pk") if row.pk % 5 < 2]
    told = {"choice": "answered", "raw": "Yes.", "html": "<p>Yes.</p>", "by": by, "at": call.opens_at}
    answered([Answer(row=row, **told) for row in rows])
