"""Topics and posts; what is reported, held and continued elsewhere."""

from .moderation import Continuation, HeldPost, Report
from .topics import DELETION, Post, ReadAll, ReadMark, Revision, Topic

__all__ = ["DELETION", "Continuation", "HeldPost", "Post", "ReadAll", "ReadMark", "Report", "Revision", "Topic"]
