"""Reading calls: who may answer, the roll, how far it is, what is asked of a society, whom a window shuts out."""

from .able import Able, able, able_for, able_parameters, able_sql
from .asked import asked_of_society, call_address, draft_address
from .planning import ShutOut, shut_out, shut_out_members
from .progress import Standing, progress_statement, steps_of, tally
from .rolls import Roll, counted, page_of_roll, roll_hash, roll_lines, rows_of

__all__ = [
    "Able",
    "Roll",
    "ShutOut",
    "Standing",
    "able",
    "able_for",
    "able_parameters",
    "able_sql",
    "asked_of_society",
    "call_address",
    "counted",
    "draft_address",
    "page_of_roll",
    "progress_statement",
    "roll_hash",
    "roll_lines",
    "rows_of",
    "shut_out",
    "shut_out_members",
    "steps_of",
    "tally",
]
