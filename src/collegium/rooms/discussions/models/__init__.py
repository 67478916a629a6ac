"""Topics and posts; what is reported, held and continued elsewhere."""

from .moderation import Continuation, HeldPost, Report
from .topics import Post, ReadAll, ReadMark, Revision, Topic

__all__ = ["Continuation", "HeldPost", "Post", "ReadAll", "ReadMark", "Report", "Revision", "Topic"]
