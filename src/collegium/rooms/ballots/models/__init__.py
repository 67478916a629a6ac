"""Ballots, what is asked in them, the votes nobody's name is on, and what came of them."""

from .ballots import Ballot, Option, Pause, Teller
from .objections import ObjectionAnswer
from .outcomes import CastingVote, Certification, Contest, Count, Recusal, Release
from .papers import BoxPaper, Paper, ToldMark

__all__ = [
    "Ballot",
    "BoxPaper",
    "CastingVote",
    "Certification",
    "Contest",
    "Count",
    "ObjectionAnswer",
    "Option",
    "Paper",
    "Pause",
    "Recusal",
    "Release",
    "Teller",
    "ToldMark",
]
