"""The ballots of the demo council's chief executives: one open, one secret, a motion and an election decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from collegium.core.access.models import Admission
from collegium.core.access.standard import OFFICE
from collegium.core.access.viewers import Viewer
from collegium.core.calls import actions as calls
from collegium.core.calls.models import Entitlement, RollRow
from collegium.core.groups.models import Group, Office
from collegium.core.people.models import Person
from collegium.core.trail.actions import without_waking

from .. import actions
from ..actions.preparing import Question
from ..choices import OBJECTION
from ..models import Ballot
from ..rulesets import RuleSet

BODY = "ceo-council"
DAY = timedelta(days=1)
ZONE = "America/New_York"

CODE = """\
That the CEO Council adopts the revised *Code for Interactions with Companies*, in the wording circulated on the \
first of the month, and asks each society to say within a year whether it adopts the code verbatim or with variations.

Two societies asked for a longer transition for existing journal contracts; section 7 now gives them two years.
"""
ASSESSMENT = """\
That the annual assessment of member societies rises by 3 percent from the coming fiscal year, and that the smallest \
band, of societies with fewer than 2,000 members, is left as it is.
"""
COMMITTEE = """\
Three seats on the programme committee fall vacant at the end of the month. The nominations committee presents six \
candidates; each has accepted and has filed a disclosure.
"""
ELECT = """\
The CEO Council elects its chair-elect for the coming term. Two colleagues stand. The ballot is secret, as the \
council’s rules of procedure ask for.
"""
REGISTRIES = """\
That member societies with a clinical registry collect the forty items of the common minimum data set from the next \
reporting year, so that results can be compared across specialties.
"""
# Who objects, and what would remedy it; and what the chair answers.
OBJECTED = (
    (
        "Eleven of the forty items are not recorded in ambulatory practice, and our registry has no hospitals.",
        "Mark the items that apply to inpatient care alone, and let other registries leave them out.",
    ),
    (
        "One reporting year is too short for registries that change their software once in two years.",
        "Give registries two reporting years.",
    ),
)
ANSWERED = (
    ("taken-up", "The eleven items are marked in the published data set, and may be left out."),
    ("declined", "The first reports are due in the year after; a registry may ask the team for one year more."),
)
CANDIDATES = (
    ("Odalys Brightwater", "Society of Lagoon Cardiology"),
    ("Fenwick Osei", "College of Harbour Surgery"),
    ("Marit Solheim-Park", "Academy of Reef Dermatology"),
    ("Teodoro Quill", "Society of Tidal Nephrology"),
    ("Imani Larkspur", "College of Breakwater Orthopedics"),
    ("Per Halvorsen-Reyes", "Academy of Dune Psychiatry"),
)
STANDING = (
    ("Saoirse Bellweather", "College of Harbour Surgery"),
    ("Anselm Duarte-Finch", "Academy of Dune Psychiatry"),
)
# How the election fell: each line is ranked by one society in turn, as numbers of candidates.
RANKED = ((1, 3, 2), (2, 1), (3, 5, 1), (1, 4), (5, 3), (4, 1, 6), (1, 2, 3), (3,), (2, 6), (5, 1), (1, 3), (4, 3))
MOTION = ("yes", "yes", "no", "yes", "abstain", "yes", "yes", "no", "yes", "yes", "recused", "yes", "", "yes", "no")
RECUSED = "Our treasurer chairs the committee that proposed it."


def load(at: datetime) -> None:
    """As the council's team, the chair and the societies do it; nobody is told of what happened weeks ago."""
    with without_waking():
        house = _House(at)
        house.decided(_assessment(), began=34, votes=_as_motion)
        house.answered(house.decided(_registries(), began=41, votes=_as_objected))
        house.decided(_committee(), began=48, votes=_as_ranked)
        house.running(_code(), began=5, votes=lambda ballot, n: {"choice": MOTION[n]} if n < 9 else {})
        house.running(_elect(), began=2, votes=None)
        secret = Ballot.objects.get(is_secret=True)
        for row, voter in house.others(secret, at - DAY)[:6]:
            option = secret.options.all()[row.pk % 2].pk
            actions.cast_secretly(row, choice="approved", options=[option], viewer=voter, at=at - DAY)


class _House:
    """Who does what in the demo."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.body = Group.objects.select_related("circle", "entry").get(slug=BODY)
        chair = Office.objects.filter(group=self.body, role=Office.Role.CHAIR).select_related("tenure__person")[0]
        self.chair: Person = chair.tenure.person
        # Whoever has been in the council's team longest.
        team = Admission.objects.filter(audience=OFFICE).select_related("person").order_by("period", "person")
        self.staff: Person = team[0].person

    def question(self, **facts: Any) -> Question:
        assert self.body.circle is not None  # a body has members
        return Question(body=self.body, time_zone=ZONE, seen_by=self.body.circle.audience_id, **facts)

    def running(self, facts: dict[str, Any], *, began: int, votes: Any, lasts: int = 14) -> Ballot:
        opens = self.at - began * DAY
        announced = opens - 8 * DAY
        question = self.question(**facts, opens_at=opens, closes_at=opens + lasts * DAY)
        ballot = actions.call_ballot(question, by=self.staff, at=announced)
        actions.announce_ballot(ballot, viewer=Viewer.of(self.staff, at=announced), at=announced)
        ballot = Ballot.objects.loaded().get(pk=ballot.pk)
        ballot.call = calls.open_call(ballot.call, at=opens)
        if votes is not None:
            moment = opens + DAY
            voting = self.rows(ballot, moment) if began > lasts else self.others(ballot, moment)
            for n, (row, voter) in enumerate(voting):
                if told := votes(ballot, n):
                    actions.cast_ballot(row, **told, viewer=voter, at=moment + n * timedelta(hours=1))
        return ballot

    def rows(self, ballot: Ballot, at: datetime) -> list[tuple[RollRow, Viewer]]:
        """Each row with its primary voter, who still sits there at the moment."""
        first = Entitlement.objects.filter(row__call=ballot.call_id, rank=0).select_related(
            "person", "row__call__entry"
        )
        found = first.select_related("row__organization__entry").order_by("row__organization__entry__title")
        return [(one.row, Viewer.of(one.person, at=at)) for one in found if one.person.closed_at is None]

    def others(self, ballot: Ballot, at: datetime) -> list[tuple[RollRow, Viewer]]:
        """The same without the officers, who have still to vote in what is open."""
        officers = Office.objects.filter(group=self.body).values_list("tenure__person", flat=True)
        return [(row, voter) for row, voter in self.rows(ballot, at) if voter.person_id not in set(officers)]

    def decided(self, facts: dict[str, Any], *, began: int, votes: Callable[..., Any]) -> Ballot:
        ballot = self.running(facts, began=began, votes=votes)
        end = ballot.call.closes_at
        calls.close_call(ballot.call, at=end)
        actions.count_ballot(ballot, at=end)
        for number, person in enumerate((self.staff, self.chair), 1):
            moment = end + number * timedelta(hours=3)
            actions.certify_ballot(ballot, viewer=Viewer.of(person, at=moment), at=moment)
        moment = end + DAY
        actions.publish_ballot(ballot, viewer=Viewer.of(self.staff, at=moment), at=moment)
        return ballot

    def answered(self, ballot: Ballot) -> None:
        """The chair says what becomes of the objections to it, in their order."""
        moment = ballot.call.closes_at + 2 * DAY
        rows = RollRow.objects.filter(call=ballot.call_id, answers__choice=OBJECTION, answers__ended_at=None)
        for row, (outcome, reason) in zip(rows.order_by("pk"), ANSWERED, strict=False):
            viewer = Viewer.of(self.chair, at=moment)
            actions.answer_objection(ballot, row=row, outcome=outcome, reason=reason, viewer=viewer, at=moment)


def _as_motion(ballot: Ballot, n: int) -> dict[str, Any]:
    choice = MOTION[n % len(MOTION)]
    return {"choice": choice, "raw": RECUSED if choice == "recused" else ""} if choice else {}


def _as_objected(ballot: Ballot, n: int) -> dict[str, Any]:
    if n < len(OBJECTED):
        raw, remedy = OBJECTED[n]
        return {"choice": OBJECTION, "raw": raw, "remedy": remedy}
    return {"choice": "abstain" if n % 7 == 6 else "yes"}


def _as_ranked(ballot: Ballot, n: int) -> dict[str, Any]:
    options = list(ballot.options.values_list("pk", flat=True))
    if n % 11 == 10:
        return {"choice": "blank"}
    return {"choice": "ranked", "options": [options[place - 1] for place in RANKED[n % len(RANKED)]]}


def _assessment() -> dict[str, Any]:
    rule = RuleSet(threshold="two_thirds", notice_days=7)
    return {
        "title": "Raise the annual assessment by 3 percent",
        "raw": ASSESSMENT,
        "ruleset": rule,
        "publication": Ballot.Publication.BY_SOCIETY,
    }


def _registries() -> dict[str, Any]:
    rule = RuleSet(threshold="two_thirds", notice_days=7, takes_objections=True)
    return {
        "title": "A common minimum data set for clinical registries",
        "raw": REGISTRIES,
        "ruleset": rule,
        "publication": Ballot.Publication.BY_SOCIETY,
    }


def _committee() -> dict[str, Any]:
    return {
        "title": "Three members of the programme committee",
        "raw": COMMITTEE,
        "method": Ballot.Method.STV,
        "seats": 3,
        "options": CANDIDATES,
        "ruleset": RuleSet(notice_days=7),
    }


def _code() -> dict[str, Any]:
    rule = RuleSet(threshold="two_thirds", notice_days=7, takes_objections=True, closes_early=True)
    return {"title": "Adopt the revised Code for Interactions with Companies", "raw": CODE, "ruleset": rule}


def _elect() -> dict[str, Any]:
    return {
        "title": "Chair-elect of the CEO Council",
        "raw": ELECT,
        "method": Ballot.Method.APPROVAL,
        "seats": 1,
        "options": STANDING,
        "is_secret": True,
        "ruleset": RuleSet(notice_days=7),
    }
