"""The nouns of positions."""

from .comments import Comment, Consultation, Disposition
from .issues import Affected, Committee, Issue, IssueAnswer, Triage
from .positions import Drafter, Position, PositionAffected, Step, Window
from .publishing import Edition, Embargo, Supporter, SupportList
from .reviewing import Annulment, Review, ReviewDates
from .support import MinorityStatement, MinorityVoice, Terms, WindowCall
from .texts import Block, Revision

__all__ = [
    "Affected",
    "Annulment",
    "Block",
    "Comment",
    "Committee",
    "Consultation",
    "Disposition",
    "Drafter",
    "Edition",
    "Embargo",
    "Issue",
    "IssueAnswer",
    "MinorityStatement",
    "MinorityVoice",
    "Position",
    "PositionAffected",
    "Review",
    "ReviewDates",
    "Revision",
    "Step",
    "SupportList",
    "Supporter",
    "Terms",
    "Triage",
    "Window",
    "WindowCall",
]
