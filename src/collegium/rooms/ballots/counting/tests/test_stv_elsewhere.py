"""The same elections counted by two libraries, each written by others."""

from __future__ import annotations

import random
from collections import Counter

from stvpoll.scottish_stv import calculate_scottish_stv
from votelib.evaluate.core import VotingSystemError
from votelib.evaluate.sequential import TransferableVoteSelector

from collegium.rooms.ballots.counting.stv import Election, Tie, count_stv

ELECTIONS = 1400
MOST_COUNTS = 60
# Three have surpluses at once: we pass on the largest first, as the Order says, and the library all together.
OTHERWISE = {220}


def election(seed: int) -> tuple[list[tuple[int, ...]], list[int], int]:
    """Three to eight candidates of different strength, and papers that rank some of them or all."""
    chance = random.Random(seed)
    number = chance.randint(3, 8)
    seats, candidates = chance.randint(1, number - 1), list(range(1, number + 1))
    strength = [chance.random() + 0.05 for _each in candidates]

    def paper() -> tuple[int, ...]:
        order = sorted(candidates, key=lambda one: -(chance.random() ** (1 / strength[one - 1])))
        return tuple(order[: chance.randint(1, number)])

    return [paper() for _each in range(chance.randint(30, 400))], candidates, seats


def theirs(papers: list[tuple[int, ...]], seats: int) -> list[int] | str:
    """Whom the library elects, or why it does not come to an end."""
    selector = TransferableVoteSelector(transferer="Gregory", quota_function="droop", mandatory_quota=False)
    try:
        elected = selector.nth_count(dict(Counter(papers)), seats, MOST_COUNTS)[1]
    except NotImplementedError:
        return "tie"
    except VotingSystemError:
        return "endless"
    return sorted(elected)


def test_a_thousand_elections_elect_the_same():
    came, otherwise = Counter(), set()
    for seed in range(ELECTIONS):
        papers, candidates, seats = election(seed)
        ours = count_stv(papers, candidates=candidates, seats=seats, lots=candidates)
        found = theirs(papers, seats)
        if isinstance(found, str):
            came[found] += 1
        elif found == sorted(ours.elected):
            came["same"] += 1
        else:
            otherwise.add(seed)
    # It breaks no ties, and with many papers used up it does not end.
    assert came == {"same": 1277, "tie": 92, "endless": 30}
    assert otherwise == OTHERWISE


def test_where_they_differ_several_surpluses_arose_at_once():
    papers, candidates, seats = election(min(OTHERWISE))
    ours: Election = count_stv(papers, candidates=candidates, seats=seats, lots=candidates)
    first = ours.stages[0]
    assert len([one for one in first.elected if first.votes[one] > ours.quota * 100_000]) > 1
    assert {stage.tie for stage in ours.stages} == {Tie.NONE}


def by_the_second(papers: list[tuple[int, ...]], seats: int, lots: list[int]) -> list[int]:
    """Whom the other library elects, in its order.

    It breaks ties as we do: by the last stage that told the tied apart, then by the order of the lots, whose last is
    excluded and whose first is elected. It rounds values to five places where we cut off.
    """
    told = Counter(papers).items()
    found = calculate_scottish_stv(tuple(lots), list(told), seats, random_shuffle=False, pedantic_order=True)
    return list(found.elected_as_tuple())


def test_a_thousand_elections_with_ties_elect_the_same_in_the_same_order():
    came, ties = Counter(), Counter()
    for seed in range(ELECTIONS):
        papers, candidates, seats = election(seed)
        lots = random.Random(-1 - seed).sample(candidates, len(candidates))
        ours = count_stv(papers, candidates=candidates, seats=seats, lots=lots)
        theirs = by_the_second(papers, seats, lots)
        if theirs == list(ours.elected):
            came["same"] += 1
            ties.update({stage.tie for stage in ours.stages} - {Tie.NONE})
        else:
            came["same people" if sorted(theirs) == sorted(ours.elected) else "otherwise"] += 1
            # Of several elected at once it hands the first one's surplus to the others too; the Order, and we, to those
            # who still stand. Never do we differ for another reason.
            assert any(len(stage.elected) > 1 for stage in ours.stages), seed
    assert came == {"same": 1359, "same people": 27, "otherwise": 14}
    assert ties == {Tie.LOT: 74, Tie.HISTORY: 56}
