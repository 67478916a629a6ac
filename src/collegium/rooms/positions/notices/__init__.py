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
from .publishing import AdoptionShaken, AdoptionUpheld, EmbargoLifted, EmbargoSet, VersionBegun

__all__ = [
    "AdoptionShaken",
    "AdoptionUpheld",
    "CommentDisposed",
    "CommentMade",
    "DrafterNamed",
    "EmbargoLifted",
    "EmbargoSet",
    "IssueDecided",
    "IssueRaised",
    "IssueReferred",
    "IssueTouches",
    "IssueTouchingDecided",
    "PositionMovedOn",
    "SocietyAsked",
    "TouchedSocietyAsked",
    "VersionBegun",
]
