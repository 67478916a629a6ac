"""The votes of a ballot as they are stored: standing answers of an open one, papers of a secret one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Sum

from collegium.core.calls.models import Answer
from collegium.core.calls.queries import counted

from ..choices import RECUSED
from ..models import Ballot, Paper


@dataclass(frozen=True, slots=True)
class Vote:
    """`mark` tells votes apart: the row of an open one, the key of a secret one."""

    mark: str
    choice: str
    options: tuple[int, ...]
    weight: int

    @property
    def line(self) -> str:
        """As it is hashed."""
        return f"{self.mark} {self.choice} {','.join(map(str, self.options)) or '-'} {self.weight}"


@dataclass(frozen=True, slots=True)
class Votes:
    """What was cast, and in votes how many are on the roll and how many of them recused."""

    cast: tuple[Vote, ...]
    entitled: int
    recused: int

    @property
    def weight(self) -> int:
        return sum(vote.weight for vote in self.cast)


def votes_of(ballot: Ballot) -> Votes:
    """All of them, in the order of their marks."""
    answers = list(_answers(ballot))
    cast = [vote for vote in answers if vote.choice != RECUSED]
    if ballot.is_secret:
        cast += _papers(ballot)
    entitled = counted(ballot.call).aggregate(weight=Sum("weight"))["weight"] or 0
    recused = sum(vote.weight for vote in answers if vote.choice == RECUSED)
    return Votes(tuple(sorted(cast, key=lambda vote: vote.mark)), entitled, recused)


def _answers(ballot: Ballot) -> Iterator[Vote]:
    standing = Answer.objects.filter(row__call=ballot.call_id, row__struck_at=None, ended_at=None)
    for row, choice, facts, weight in standing.values_list("row_id", "choice", "facts", "row__weight"):
        yield Vote(f"row:{row}", choice, tuple(facts.get("options", ())), weight)


def _papers(ballot: Ballot) -> Iterator[Vote]:
    for key, choice, options in Paper.objects.filter(ballot=ballot).values_list("key", "choice", "options"):
        yield Vote(key, choice, tuple(options), 1)
