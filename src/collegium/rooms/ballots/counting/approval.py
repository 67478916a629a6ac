"""Approval: each ballot names as many as it likes, who is named most often is elected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .shares import Share


@dataclass(frozen=True, slots=True)
class Approval:
    """Who is elected, most approved first; the approvals of each; whom only the lots told apart at the last place."""

    elected: tuple[int, ...]
    approvals: Mapping[int, int]
    papers: int
    blank: int
    needed: int
    by_lot: tuple[int, ...] = ()


def count_approval(
    ballots: Iterable[Sequence[int]],
    *,
    candidates: Sequence[int],
    seats: int,
    lots: Sequence[int],
    least: Share | None = None,
) -> Approval:
    """Count approvals. `least` is what anybody needs of the papers that are not blank; `lots` is the drawn order.

    ValueError for a ballot that names somebody twice or who does not stand, and for lots that are not of these.
    """
    if seats < 1 or sorted(lots) != sorted(set(candidates)):
        raise ValueError("there must be a place to fill, and the lots are of those who stand")
    papers = [tuple(ballot) for ballot in ballots]
    if any(len(set(paper)) != len(paper) or not set(candidates).issuperset(paper) for paper in papers):
        raise ValueError("a ballot names each candidate once at the most, and nobody else")
    valid = sum(map(bool, papers))
    approvals = dict.fromkeys(candidates, 0) | Counter(one for paper in papers for one in paper)
    needed = max(least.of(valid) if least else 1, 1)
    order = sorted(candidates, key=lambda one: (-approvals[one], list(lots).index(one)))
    enough = [one for one in order if approvals[one] >= needed]
    elected, rest = tuple(enough[:seats]), enough[seats:]
    # Only where the last place fell between equals.
    tied = approvals[elected[-1]] if elected and rest and approvals[rest[0]] == approvals[elected[-1]] else None
    by_lot = tuple(one for one in enough if approvals[one] == tied)
    return Approval(elected, approvals, valid, len(papers) - valid, needed, by_lot)
