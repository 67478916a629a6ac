"""Who is told what is said in conversations, and what waits for whom."""

from .moderation import (
    ContinuationAgreed,
    ContinuationDeclined,
    ContinuationProposed,
    HeldRefused,
    HeldReleased,
    OfficersNudged,
    PostHeld,
    PostReported,
    ReportsDismissed,
    ReportsUpheld,
    TopicMoved,
)
from .posts import Announced, AnswerAccepted, AnsweredMe, Mentioned, PostDeleted, TopicAnswered, TopicOpened

__all__ = [
    "Announced",
    "AnswerAccepted",
    "AnsweredMe",
    "ContinuationAgreed",
    "ContinuationDeclined",
    "ContinuationProposed",
    "HeldRefused",
    "HeldReleased",
    "Mentioned",
    "OfficersNudged",
    "PostDeleted",
    "PostHeld",
    "PostReported",
    "ReportsDismissed",
    "ReportsUpheld",
    "TopicAnswered",
    "TopicMoved",
    "TopicOpened",
]
