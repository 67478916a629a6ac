"""Who is told what of issues and positions."""

from .issues import IssueDecided, IssueRaised, IssueReferred, IssueTouches, IssueTouchingDecided

__all__ = ["IssueDecided", "IssueRaised", "IssueReferred", "IssueTouches", "IssueTouchingDecided"]
