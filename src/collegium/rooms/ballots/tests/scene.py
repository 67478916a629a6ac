"""Ballots for tests: the CEO Council of the cast, with a third society in it, and a ballot in each state."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import RollRow
from collegium.core.groups import actions as groups
from collegium.core.groups.tests.cast import Cast
from collegium.core.notices.actions import tell
from collegium.core.notices.models import Notification
from collegium.core.people.models import Organization, Person
from collegium.core.people.tests.factories import make_organization, make_person, make_tenure
from collegium.core.trail.models import Event
from collegium.rooms.ballots import actions
from collegium.rooms.ballots.actions.preparing import Question
from collegium.rooms.ballots.models import Ballot
from collegium.rooms.ballots.rulesets import RuleSet

DAY = timedelta(days=1)


def ceo(cast: Cast, society: Organization, name: str, **facts: Any) -> Person:
    """A chief executive, confirmed in the council of them."""
    person = make_person(name)
    tenure = make_tenure(person, society, "ceo", **facts)
    groups.confirm_tenure(cast.ceos, tenure=tenure, viewer=cast.viewer("second_staff"), at=cast.at)
    return person


def fill(cast: Cast, number: int) -> list[Person]:
    """So many further societies in the CEO Council, each through its chief executive."""
    found = []
    for n in range(number):
        society = make_organization(f"Society of Shoal {n:02}", slug=f"shoal-{n:02}")
        found.append(ceo(cast, society, f"Chief {n:02}"))
    return found


def question(cast: Cast, **facts: Any) -> Question:
    """A motion put to the CEO Council, which opens a day after the cast's moment, for ten days."""
    rule = facts.pop("rule", {})
    assert cast.ceos.circle is not None
    told: dict[str, Any] = {
        "title": "Shall we adopt the code?",
        "raw": "That the council adopts the *code*.",
        "body": cast.ceos,
        "opens_at": cast.at + DAY,
        "closes_at": cast.at + 11 * DAY,
        "time_zone": "America/New_York",
        "seen_by": cast.ceos.circle.audience_id,
        "ruleset": RuleSet(**rule),
    }
    if facts.get("method", "motion") != "motion":
        told["options"] = (("Ada Birch", "of Lagoon"), ("Bo Cedar", ""), ("Cy Dogwood", ""))
    return Question(**told | facts)


def prepared(cast: Cast, **facts: Any) -> Ballot:
    return actions.prepare_ballot(question(cast, **facts), viewer=cast.viewer("staff"), at=cast.at)


def announced(cast: Cast, **facts: Any) -> Ballot:
    return actions.announce_ballot(prepared(cast, **facts), viewer=cast.viewer("staff"), at=cast.at)


def opened(cast: Cast, **facts: Any) -> tuple[Ballot, datetime]:
    """Open, its roll taken, and a moment while it is."""
    ballot, at = announced(cast, **facts), cast.at + 2 * DAY
    ballot.call = calls.open_call(ballot.call, at=at)
    return fresh(ballot), at


def fresh(ballot: Ballot) -> Ballot:
    return Ballot.objects.loaded().get(pk=ballot.pk)


def row_of(ballot: Ballot, person: Person) -> RollRow:
    """The row somebody was entitled for at the opening."""
    rows = RollRow.objects.select_related("call__entry", "organization__entry", "person")
    return rows.get(call=ballot.call_id, entitled__person=person)


def vote(ballot: Ballot, person: Person, choice: str, at: datetime, **facts: Any) -> Any:
    return actions.cast_ballot(row_of(ballot, person), choice=choice, viewer=Viewer.of(person, at=at), at=at, **facts)


def secretly(ballot: Ballot, person: Person, choice: str, at: datetime, **facts: Any) -> str:
    return actions.cast_secretly(row_of(ballot, person), choice=choice, viewer=Viewer.of(person, at=at), at=at, **facts)


def closed(ballot: Ballot) -> tuple[Ballot, datetime]:
    """Its time over, and counted if nothing hinders it."""
    at = fresh(ballot).call.closes_at
    calls.advance_calls(at=at)
    actions.advance_ballots(at=at)
    return fresh(ballot), at


def certified(cast: Cast, ballot: Ballot) -> tuple[Ballot, datetime]:
    ballot, at = closed(ballot)
    if ballot.is_secret:
        released(cast, ballot, at)
    actions.certify_ballot(ballot, viewer=cast.viewer("staff", at), at=at)
    actions.certify_ballot(ballot, viewer=cast.viewer("chair", at), at=at)
    return fresh(ballot), at


def released(cast: Cast, ballot: Ballot, at: datetime) -> Ballot:
    actions.release_box(ballot, viewer=cast.viewer("staff", at), at=at)
    actions.release_box(ballot, viewer=cast.viewer("chair", at), at=at)
    return fresh(ballot)


def told(name: str, at: datetime) -> list[str]:
    """Who is told of the newest event of this name, each by the name of the notice that reached them."""
    event = Event.objects.filter(name=name).order_by("-pk")[0]
    tell(event, at=at)
    found = Notification.objects.filter(event=event).order_by("person__name")
    return [f"{name.partition('.')[2]}: {person}" for name, person in found.values_list("notice", "person__name")]
