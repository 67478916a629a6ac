"""Deeds on ballots."""

from .certifying import cast_deciding_vote, certify_ballot
from .counting import advance_ballots, count_ballot, release_box
from .objecting import answer_objection
from .preparing import announce_ballot, call_ballot, change_ballot, prepare_ballot, rerun_ballot
from .recusing import ask_recusal, declare_recusal, rule_recusal
from .running import extend_ballot, pause_ballot, resume_ballot
from .settling import annul_ballot, contest_ballot, publish_ballot, rule_contest
from .voting import cast_ballot, cast_secretly, tell_marks

__all__ = [
    "advance_ballots",
    "announce_ballot",
    "annul_ballot",
    "answer_objection",
    "ask_recusal",
    "call_ballot",
    "cast_ballot",
    "cast_deciding_vote",
    "cast_secretly",
    "certify_ballot",
    "change_ballot",
    "contest_ballot",
    "count_ballot",
    "declare_recusal",
    "extend_ballot",
    "pause_ballot",
    "prepare_ballot",
    "publish_ballot",
    "release_box",
    "rerun_ballot",
    "resume_ballot",
    "rule_contest",
    "rule_recusal",
    "tell_marks",
]
