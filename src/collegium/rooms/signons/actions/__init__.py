"""What one does with sign-on letters."""

from .clock import advance_letters
from .letters import change_terms, move_delivery, open_letter
from .moving import deliver_addendum, move_letter
from .outsiders import (
    ask_to_sign,
    close_outside,
    confirm_outsider,
    consent,
    forget_unverified,
    open_outside,
    refuse_outsider,
)
from .texts import save_text
from .withdrawing import decide_on_telling, lapse_signatures, withdraw_signature

__all__ = [
    "advance_letters",
    "ask_to_sign",
    "change_terms",
    "close_outside",
    "confirm_outsider",
    "consent",
    "decide_on_telling",
    "deliver_addendum",
    "forget_unverified",
    "lapse_signatures",
    "move_delivery",
    "move_letter",
    "open_letter",
    "open_outside",
    "refuse_outsider",
    "save_text",
    "withdraw_signature",
]
