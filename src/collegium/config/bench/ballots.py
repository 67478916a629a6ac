"""How long it takes to count an election in which thousands of societies vote, and the pages that tell of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from collegium.config.bench.councils import answered, looked, team
from collegium.config.bench.crowds import Work
from collegium.core.access.standard import MEMBERS
from collegium.core.access.viewers import Viewer
from collegium.core.calls.actions import close_call, open_call
from collegium.core.calls.models import Answer, Call, RollRow
from collegium.core.groups.models import Group
from collegium.core.people.models import Person
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.actions.preparing import Question
from collegium.rooms.ballots.choices import RANKED
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.ballots.rulesets import RuleSet

SEATS, CANDIDATES = 9, 24


def measured(tell: Callable[[str], object]) -> dict[str, Any]:
    """All societies of the council elect nine of two dozen by single transferable vote."""
    tell("Letting them vote …")
    now, by = timezone.now(), team()
    ballot = _prepared(by, now)
    actions.announce_ballot(ballot, viewer=Viewer.of(by, at=now), at=now - timedelta(days=9))
    ballot.call = open_call(ballot.call, at=now - timedelta(days=8))
    _vote(ballot, by)
    voter = Person.objects.get(handle="ceo-asked-0")
    own = RollRow.objects.get(call=ballot.call_id, organization__slug="asked-0")
    page, roll = f"/ballots/{ballot.pk}/", f"/ballots/{ballot.pk}/roll/"
    pages = {"vote": looked(voter, f"/ballots/{ballot.pk}/vote/{own.pk}/"), "open": looked(voter, page)}
    later = now + timedelta(hours=1)
    close_call(ballot.call, at=later)
    before = Work()
    count = actions.count_ballot(ballot, at=later)
    spent = before.since()
    pages |= {"result": looked(by, page), "roll": looked(by, roll)}
    return {
        "papers": count.result["papers"],
        "seats": SEATS,
        "elected": len(count.result["elected"]),
        "stages": len(count.result["stages"]),
        "seconds": spent.clock,
        "cpu": spent.own + spent.database,
        "pages": pages,
    }


def _prepared(by: Person, now: datetime) -> Ballot:
    question = Question(
        title="The board of the measured",
        raw="Who shall it be?",
        body=Group.objects.select_related("entry", "circle").order_by("pk")[0],
        opens_at=now - timedelta(days=8),
        # Pages of what is open ask the real clock.
        closes_at=now + timedelta(minutes=30),
        time_zone="UTC",
        seen_by=MEMBERS,
        method=Ballot.Method.STV,
        addressed=Call.Addressed.SOCIETIES,
        ruleset=RuleSet(quorum="none"),
        seats=SEATS,
        options=tuple((f"Candidate {number:02}", "") for number in range(1, CANDIDATES + 1)),
    )
    return actions.prepare_ballot(question, viewer=Viewer.of(by, at=now), at=now - timedelta(days=10))


def _vote(ballot: Ballot, by: Person) -> None:
    """Each ranks three to all of them; some are better known than others."""
    chance, options = random.Random(9), list(ballot.options.values_list("pk", flat=True))  # noqa: S311 - invented
    known = {option: chance.random() + 0.05 for option in options}

    def ranked() -> list[int]:
        order = sorted(options, key=lambda one: -(chance.random() ** (1 / known[one])))
        return order[: chance.randint(3, len(order))]

    rows = list(RollRow.objects.filter(call=ballot.call_id).order_by("pk").values_list("pk", flat=True))
    told = {"choice": RANKED, "by": by, "at": ballot.call.opens_at}
    answered([Answer(row_id=row, facts={"options": ranked()}, **told) for row in rows])
