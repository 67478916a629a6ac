"""Counting the stored votes: the same votes under the same rule give the same result and the same hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from ..choices import ABSTAIN, BLANK, NO, OBJECTION, YES
from ..counting.approval import count_approval
from ..counting.motions import Outcome, Quorum, Reckoning, Tally, count_motion, reckon_quorum, turned
from ..counting.stv import Election, count_stv
from ..models import Ballot, CastingVote
from .votes import Vote, Votes, votes_of


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count gave, as it is stored."""

    outcome: str
    result: dict[str, Any]
    papers_hash: str
    digest: str


def count(ballot: Ballot) -> Counted:
    """Count what is stored. ValueError where the votes cannot be: more than there are entitled, or of no option."""
    votes = votes_of(ballot)
    outcome, result = _COUNTS[Ballot.Method(ballot.method)](ballot, votes)
    lines = "\n".join(vote.line for vote in votes.cast)
    papers_hash = hashlib.sha256(lines.encode()).hexdigest()
    whole = [papers_hash, ballot.rule, ballot.seats, ballot.lots, outcome, result]
    digest = hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
    return Counted(outcome, result, papers_hash, digest)


def _motion(ballot: Ballot, votes: Votes) -> tuple[str, dict[str, Any]]:
    tally = _tally(votes, yes=(YES,), no=(NO, OBJECTION), abstained=(ABSTAIN,))
    objections = _weight(votes.cast, (OBJECTION,))
    found = count_motion(tally, ballot.ruleset.as_rule(), objections=objections)
    outcome = str(found.outcome)
    result: dict[str, Any] = {
        "tally": asdict(tally),
        "in_favour": _reckoned(found.in_favour),
        "quorum": _reckoned(found.quorum),
        "quorum_otherwise": _reckoned(found.quorum_otherwise),
        "against": _reckoned(found.against),
        "objections": objections,
    }
    casting = CastingVote.objects.filter(ballot=ballot).first()
    if found.outcome is Outcome.TIED and casting is not None:
        result["casting"] = casting.choice
        outcome = Ballot.Outcome.PASSED.value if casting.choice == YES else Ballot.Outcome.FAILED.value
    return outcome, result


def _approval(ballot: Ballot, votes: Votes) -> tuple[str, dict[str, Any]]:
    found = count_approval(_sheets(votes), candidates=sorted(ballot.lots), seats=ballot.seats, lots=ballot.lots)
    result = {
        "elected": list(found.elected),
        "approvals": _by_option(found.approvals),
        "papers": found.papers,
        "blank": found.blank,
        "needed": found.needed,
        "by_lot": list(found.by_lot),
    }
    return _elected(ballot, votes, result)


def _stv(ballot: Ballot, votes: Votes) -> tuple[str, dict[str, Any]]:
    found = count_stv(_sheets(votes), candidates=sorted(ballot.lots), seats=ballot.seats, lots=ballot.lots)
    result = {
        # A place is filled by votes: of those without any nobody is elected by being left over.
        "elected": list(found.elected) if found.papers else [],
        "quota": found.quota,
        "papers": found.papers,
        "blank": found.blank,
        "stages": _stages(found),
    }
    return _elected(ballot, votes, result)


def _elected(ballot: Ballot, votes: Votes, result: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Quorum first; then whoever the count has elected."""
    tally = _tally(votes, yes=("ranked", "approved"), no=(), abstained=(BLANK,))
    quorum = ballot.ruleset.as_quorum()
    reckoned = reckon_quorum(tally, quorum) if quorum else None
    result |= {"tally": asdict(tally), "quorum": _reckoned(reckoned), "quorum_otherwise": _other(tally, quorum)}
    if not tally.cast:
        return Ballot.Outcome.NO_RESULT.value, result | {"elected": []}
    if reckoned and not reckoned.is_met:
        return Ballot.Outcome.NO_QUORUM.value, result | {"elected": []}
    return (Ballot.Outcome.PASSED if result["elected"] else Ballot.Outcome.NO_RESULT).value, result


def _other(tally: Tally, quorum: Quorum | None) -> dict[str, Any] | None:
    return _reckoned(reckon_quorum(tally, turned(quorum))) if quorum and tally.recused else None


def _tally(votes: Votes, **names: tuple[str, ...]) -> Tally:
    """ValueError if more was cast than there are on the roll."""
    found = {name: _weight(votes.cast, choices) for name, choices in names.items()}
    silent = votes.entitled - votes.recused - votes.weight
    return Tally(**found, recused=votes.recused, silent=silent)


def _weight(cast: tuple[Vote, ...], choices: tuple[str, ...]) -> int:
    return sum(vote.weight for vote in cast if vote.choice in choices)


def _sheets(votes: Votes) -> list[tuple[int, ...]]:
    """A vote of weight three counts as three papers alike."""
    return [vote.options for vote in votes.cast for _each in range(vote.weight)]


def _reckoned(reckoning: Reckoning | None) -> dict[str, Any] | None:
    return asdict(reckoning) if reckoning else None


def _by_option(votes: Any) -> dict[str, int]:
    return {str(option): number for option, number in sorted(votes.items())}


def _stages(election: Election) -> list[dict[str, Any]]:
    return [
        {
            "step": str(stage.step),
            "votes": _by_option(stage.votes),
            "lost": stage.lost,
            "candidate": stage.candidate,
            "elected": list(stage.elected),
            "excluded": list(stage.excluded),
            "tie": str(stage.tie),
        }
        for stage in election.stages
    ]


_COUNTS = {Ballot.Method.MOTION: _motion, Ballot.Method.APPROVAL: _approval, Ballot.Method.STV: _stv}
