"""A result as it is told: as much as was settled before the opening, each part with its rule in words beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.calls.models import Answer

from ..choices import OBJECTION, RECUSED
from ..counting.stv import UNIT, Step, Tie
from ..models import Ballot, Count, ObjectionAnswer
from .results import result_of

# A breakdown of fewer votes than this would tell how somebody voted.
SMALLEST = 5
ON_A_PAGE = 100
TALLY = (
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
    ("abstained", gettext_lazy("Abstained")),
    ("recused", gettext_lazy("Recused")),
    ("silent", gettext_lazy("Did not vote")),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """`width` and `mark` in percent; the mark is how much was needed."""

    label: str
    kind: str
    number: str
    width: str
    mark: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A part of the rule, in words, and how it came out."""

    words: str
    votes: int
    needed: int
    base: int
    is_met: bool


@dataclass(frozen=True, slots=True)
class Round:
    """A stage of an election: what was done, and what everybody has now."""

    number: int
    words: str
    votes: list[str]
    lost: str


@dataclass(frozen=True, slots=True)
class Objection:
    """Whose, why (as rendered Markdown), what would remedy it, and what became of that."""

    name: str
    html: str
    remedy: str
    row_id: int
    answer: ObjectionAnswer | None = None


@dataclass(frozen=True)
class Told:
    """`bars` and what follows are empty where the numbers are not told; `reason` says why."""

    count: Count
    outcome: str
    elected: list[str]
    bars: list[Bar]
    reckoned: list[Reckoned]
    candidates: list[str]
    rounds: list[Round]
    seats: list[tuple[str, str]]
    # Where they are told a page at a time.
    part: Page[Any] | None = None
    objections: list[Objection] = field(default_factory=list)
    quota: str = ""
    ties: str = ""
    reason: str = ""

    @property
    def outcome_word(self) -> str:
        if self.elected:
            return _("Elected")
        return str(Ballot.Outcome(self.outcome).label)

    @property
    def earlier_url(self) -> str:
        return f"?votes={self.part.previous_page_number()}#votes" if self.part and self.part.has_previous() else ""

    @property
    def later_url(self) -> str:
        return f"?votes={self.part.next_page_number()}#votes" if self.part and self.part.has_next() else ""


def told_of(ballot: Ballot, *, verifies: bool, votes: str | None = None) -> Told:
    """The result for those who verify it, or for everybody else who may know it.

    Who voted how is told whole, or, with the number of a page in `votes`, a page at a time.
    """
    count = result_of(ballot)
    names = {option.pk: option.name for option in ballot.options.all()}
    elected = [names[pk] for pk in count.result.get("elected", ())]
    reason = _withheld(ballot, count, verifies=verifies)
    if reason or not count.result:
        return Told(count, ballot.outcome, elected, [], [], [], [], [], reason=reason)
    result = count.result
    named = _named(ballot, verifies=verifies)
    part = Paginator(named.values_list("pk", flat=True), ON_A_PAGE).get_page(votes) if votes is not None else None
    return Told(
        count,
        ballot.outcome,
        elected,
        bars=list(_bars(ballot, result, names)),
        reckoned=list(_reckoned(ballot, result)),
        candidates=[names[pk] for pk in sorted(names)] if "stages" in result else [],
        rounds=_rounds(result, names),
        seats=_seats(ballot, named.filter(pk__in=list(part)) if part else named, names),
        part=part,
        objections=_objections(ballot, named),
        quota=str(result.get("quota", "")),
        ties=_ties(result),
    )


def _withheld(ballot: Ballot, count: Count, *, verifies: bool) -> str:
    """Why the numbers are not told; nothing where they are."""
    if count.result and ballot.is_secret and gives_away(count.result["tally"], count.result):
        return _(
            "How the votes fell is not told: so few, or all but one alike, would show how somebody voted. This was said"
            " before the ballot opened."
        )
    if ballot.publication == Ballot.Publication.NONE and not verifies:
        return _("It was settled before the ballot opened that only the outcome is told.")
    return ""


def gives_away(tally: dict[str, int], result: dict[str, Any]) -> bool:
    """Whether the numbers show how somebody voted: fewer than five votes, all alike, or all but one alike."""
    votes = [tally["yes"], tally["no"], tally["abstained"]]
    if sum(votes) < SMALLEST:
        return True
    if "stages" in result:
        votes = [number // UNIT for number in result["stages"][0]["votes"].values()]
    if "approvals" in result:
        votes = list(result["approvals"].values())
    return max(votes) >= sum([tally["yes"], tally["no"], tally["abstained"]]) - 1


def _bars(ballot: Ballot, result: dict[str, Any], names: dict[int, str]) -> Iterator[Bar]:
    if ballot.method == Ballot.Method.MOTION:
        yield from _bars_of_motion(result)
        return
    if ballot.method == Ballot.Method.APPROVAL:
        votes, mark = {int(pk): number * UNIT for pk, number in result["approvals"].items()}, 0
    else:
        votes, mark = _last_votes(result), result["quota"] * UNIT
    whole = max([*votes.values(), mark, 1])
    place = {pk: number for number, pk in enumerate(result["elected"], 1)}
    order = sorted(votes, key=lambda pk: (place.get(pk, len(votes) + 1), -votes[pk], pk))
    for pk in order:
        note = _("Elected, place %(n)d") % {"n": place[pk]} if pk in place else ""
        kind = "yes" if pk in place else "silent"
        shown_mark = percent(mark, whole) if mark else ""
        yield Bar(names[pk], kind, written(votes[pk]), percent(votes[pk], whole), shown_mark, note)


def _bars_of_motion(result: dict[str, Any]) -> Iterator[Bar]:
    tally = result["tally"]
    whole = max(sum(tally.values()), 1)
    needed = result["in_favour"]["needed"]
    for name, label in TALLY:
        mark = percent(min(needed, whole), whole) if name == "yes" else ""
        yield Bar(str(label), name, str(tally[name]), percent(tally[name], whole), mark)


def _last_votes(result: dict[str, Any]) -> dict[int, int]:
    """What each had at the end, or when excluded: at the stage before that."""
    found: dict[int, int] = {}
    for stage in result["stages"]:
        gone = set(stage["excluded"])
        found |= {int(pk): votes for pk, votes in stage["votes"].items() if int(pk) not in gone}
    return found


def percent(part: int, whole: int) -> str:
    """With two places, by integers alone."""
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100}.{hundredths % 100:02}"


def written(votes: int) -> str:
    """Hundred-thousandths as a decimal number, without zeros at its end."""
    rest = f"{votes % UNIT:05}".rstrip("0")
    return f"{votes // UNIT}.{rest}" if rest else str(votes // UNIT)


def _reckoned(ballot: Ballot, result: dict[str, Any]) -> Iterator[Reckoned]:
    rule = ballot.ruleset
    if found := result.get("quorum"):
        yield _reckoning(rule.quorum_words(), found)
    if found := result.get("quorum_otherwise"):
        yield _reckoning(
            _("The same quorum over the other base, because somebody is recused; shown, not counted."), found
        )
    if found := result.get("in_favour"):
        yield _reckoning(rule.threshold_words(), found)
    if found := result.get("against"):
        yield _reckoning(_("Votes against, of those who voted yes or no: at most so many."), found)


def _reckoning(words: str, found: dict[str, Any]) -> Reckoned:
    return Reckoned(words, found["votes"], found["needed"], found["base"], found["is_met"])


def _rounds(result: dict[str, Any], names: dict[int, str]) -> list[Round]:
    return [
        Round(
            number,
            _words(stage, names),
            [written(stage["votes"][str(pk)]) if str(pk) in stage["votes"] else "–" for pk in sorted(names)],
            written(stage["lost"]),
        )
        for number, stage in enumerate(result.get("stages", ()), 1)
    ]


def _words(stage: dict[str, Any], names: dict[int, str]) -> str:
    name = names.get(stage["candidate"], "")
    words = {
        Step.FIRST: _("First preferences."),
        Step.SURPLUS: _("Surplus of %(name)s goes on.") % {"name": name},
        Step.EXCLUSION: _("%(name)s is excluded; these votes go on.") % {"name": name},
        Step.FILLING: _("As many remain as there are places."),
    }
    told = [words[Step(stage["step"])]]
    if stage["elected"]:
        told.append(_("Elected: %(names)s.") % {"names": ", ".join(names[pk] for pk in stage["elected"])})
    if stage["tie"] == Tie.HISTORY:
        told.append(_("Equal votes: an earlier round decided."))
    if stage["tie"] == Tie.LOT:
        told.append(_("Equal votes throughout: the lots drawn before the opening decided."))
    return " ".join(told)


def _ties(result: dict[str, Any]) -> str:
    if result.get("casting"):
        return _("As many were for it as against it: the chair decided by the casting vote.")
    if result.get("by_lot"):
        return _("The last place fell between equals: the lots drawn before the opening decided.")
    return ""


def _seats(ballot: Ballot, named: QuerySet[Answer], names: dict[int, str]) -> list[tuple[str, str]]:
    """Who voted how."""
    return [(str(one.row.addressee), _said(ballot, one, names)) for one in named]


def _objections(ballot: Ballot, named: QuerySet[Answer]) -> list[Objection]:
    """What those say who object, and what became of it."""
    found = list(named.filter(choice=OBJECTION))
    if not found:
        return []
    answered = {one.row_id: one for one in ObjectionAnswer.objects.filter(ballot=ballot).select_related("by")}
    return [
        Objection(str(one.row.addressee), one.html, one.facts.get("remedy", ""), one.row_id, answered.get(one.row_id))
        for one in found
    ]


def _named(ballot: Ballot, *, verifies: bool) -> QuerySet[Answer]:
    """The votes with their names, where those are published, or for those who verify an open ballot."""
    if ballot.is_secret or not (verifies or ballot.publication == Ballot.Publication.BY_SOCIETY):
        return Answer.objects.none()
    standing = Answer.objects.filter(row__call=ballot.call_id, row__struck_at=None, ended_at=None)
    found = standing.select_related("row__organization__entry", "row__person")
    return found.order_by("row__organization__entry__title", "row__person__name", "pk")


def _said(ballot: Ballot, answer: Answer, names: dict[int, str]) -> str:
    options = [names[pk] for pk in answer.facts.get("options", ())]
    choice = ballot.call.kind_of.choice(answer.choice)
    word = str(choice.given) if choice else answer.choice
    if answer.choice == RECUSED or not options:
        return word
    joiner = " › " if ballot.method == Ballot.Method.STV else ", "
    return joiner.join(options)
