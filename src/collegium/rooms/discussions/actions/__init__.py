"""What is done in conversations."""

from .answers import accept_answer, unaccept_answer
from .continuing import agree_to_continuation, decline_continuation, propose_continuation
from .handing import hand_on_question, take_back_question
from .holding import edit_held, refuse_held, release_held, submit_answer, submit_topic, withdraw_held
from .moving import move_topic
from .posts import answer_topic, delete_post, edit_post
from .reading import advance_read_mark, mark_all_read
from .reports import delete_reported_post, dismiss_reports, nudge_officers, report_post, uphold_reports
from .running import close_topic, pin_topic, reopen_topic, unpin_topic
from .topics import open_topic, retitle_topic

__all__ = [
    "accept_answer",
    "advance_read_mark",
    "agree_to_continuation",
    "answer_topic",
    "close_topic",
    "decline_continuation",
    "delete_post",
    "delete_reported_post",
    "dismiss_reports",
    "edit_held",
    "edit_post",
    "hand_on_question",
    "mark_all_read",
    "move_topic",
    "nudge_officers",
    "open_topic",
    "pin_topic",
    "propose_continuation",
    "refuse_held",
    "release_held",
    "reopen_topic",
    "report_post",
    "retitle_topic",
    "submit_answer",
    "submit_topic",
    "take_back_question",
    "unaccept_answer",
    "unpin_topic",
    "uphold_reports",
    "withdraw_held",
]
