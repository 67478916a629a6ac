"""What is done in conversations."""

from .answers import accept_answer, unaccept_answer
from .posts import answer_topic, delete_post, edit_post
from .reading import advance_read_mark, mark_all_read
from .running import close_topic, pin_topic, reopen_topic, unpin_topic
from .topics import open_topic, retitle_topic

__all__ = [
    "accept_answer",
    "advance_read_mark",
    "answer_topic",
    "close_topic",
    "delete_post",
    "edit_post",
    "mark_all_read",
    "open_topic",
    "pin_topic",
    "reopen_topic",
    "retitle_topic",
    "unaccept_answer",
    "unpin_topic",
]
