"""Deeds on calls."""

from .answers import answer_call, enter_answer, withdraw_answer
from .calls import announce_call, cancel_call, change_call, draft_call, extend_call
from .clock import advance_calls, open_due_calls
from .closing import close_call, close_early
from .drafts import keep_draft, note_on_draft, take_up
from .planning import add_sittings, remove_sitting, set_lead_time
from .reminders import nudge, remind_due
from .rolls import mark_seen, open_at_once, open_call, rule_on

__all__ = [
    "add_sittings",
    "advance_calls",
    "announce_call",
    "answer_call",
    "cancel_call",
    "change_call",
    "close_call",
    "close_early",
    "draft_call",
    "enter_answer",
    "extend_call",
    "keep_draft",
    "mark_seen",
    "note_on_draft",
    "nudge",
    "open_at_once",
    "open_call",
    "open_due_calls",
    "remind_due",
    "remove_sitting",
    "rule_on",
    "set_lead_time",
    "take_up",
    "withdraw_answer",
]
