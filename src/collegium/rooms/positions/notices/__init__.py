"""Who is told what of issues and positions."""

from .issues import IssueDecided, IssueRaised, IssueReferred, IssueTouches, IssueTouchingDecided
from .positions import (
    CommentDisposed,
    CommentMade,
    DrafterNamed,
    PositionMovedOn,
    SocietyAsked,
    TouchedSocietyAsked,
)

__all__ = [
    "CommentDisposed",
    "CommentMade",
    "DrafterNamed",
    "IssueDecided",
    "IssueRaised",
    "IssueReferred",
    "IssueTouches",
    "IssueTouchingDecided",
    "PositionMovedOn",
    "SocietyAsked",
    "TouchedSocietyAsked",
]
