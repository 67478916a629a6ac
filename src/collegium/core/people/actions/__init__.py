"""What is done to organizations, seats, persons and addresses."""

from .addresses import (
    add_first_address,
    confirm_address,
    decline_address,
    override_address,
    propose_address,
    put_delayed_addresses_in_effect,
    release_stale_address,
    tie_address,
)
from .attestations import advance_attestations, attest, keep_tenure, note_call, resend_attestation
from .departures import Heir, begin_departure, complete_departures, hand_on, move_departure, withdraw_departure
from .findable import write_changed_people, write_people, write_people_of
from .functions import add_function, rename_function
from .holders import change_capacity, correct_tenure, propose_holder, take_back_tenure
from .joinings import (
    agree_to_join,
    ask_to_join,
    begin_joining,
    carry_stragglers,
    let_joinings_lapse,
    withdraw_joining,
)
from .organizations import change_organization, change_standing, register_organization, rename_organization
from .own_addresses import choose_primary_address, remove_address, verify_address
from .persons import change_profile, close_account, create_staff, register_person, welcome_person
from .rosters import (
    abandon_roster,
    carry_out_part,
    confirm_roster,
    forget_rosters,
    look_through_roster,
    receive_roster,
)
from .seats import end_mandate, end_tenure, give_mandate, open_seat, start_tenure

__all__ = [
    "Heir",
    "abandon_roster",
    "add_first_address",
    "add_function",
    "advance_attestations",
    "agree_to_join",
    "ask_to_join",
    "attest",
    "begin_departure",
    "begin_joining",
    "carry_out_part",
    "carry_stragglers",
    "change_capacity",
    "change_organization",
    "change_profile",
    "change_standing",
    "choose_primary_address",
    "close_account",
    "complete_departures",
    "confirm_address",
    "confirm_roster",
    "correct_tenure",
    "create_staff",
    "decline_address",
    "end_mandate",
    "end_tenure",
    "forget_rosters",
    "give_mandate",
    "hand_on",
    "keep_tenure",
    "let_joinings_lapse",
    "look_through_roster",
    "move_departure",
    "note_call",
    "open_seat",
    "override_address",
    "propose_address",
    "propose_holder",
    "put_delayed_addresses_in_effect",
    "receive_roster",
    "register_organization",
    "register_person",
    "release_stale_address",
    "remove_address",
    "rename_function",
    "rename_organization",
    "resend_attestation",
    "start_tenure",
    "take_back_tenure",
    "tie_address",
    "verify_address",
    "welcome_person",
    "withdraw_departure",
    "withdraw_joining",
    "write_changed_people",
    "write_people",
    "write_people_of",
]
