"""The nouns of positions."""

from .comments import Comment, Consultation, Disposition
from .issues import Affected, Committee, Issue, IssueAnswer, Triage
from .positions import Drafter, Position, PositionAffected, Step, Window
from .support import MinorityStatement, MinorityVoice, Terms, WindowCall
from .texts import Block, Revision

__all__ = [
    "Affected",
    "Block",
    "Comment",
    "Committee",
    "Consultation",
    "Disposition",
    "Drafter",
    "Issue",
    "IssueAnswer",
    "MinorityStatement",
    "MinorityVoice",
    "Position",
    "PositionAffected",
    "Revision",
    "Step",
    "Terms",
    "Triage",
    "Window",
    "WindowCall",
]
