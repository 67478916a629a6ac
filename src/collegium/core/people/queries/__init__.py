"""Reading people: names of audiences, addresses that live, seats held, rosters."""

from .addresses import LIVE, is_live, live_addresses, live_owner, primary_address, spelled
from .attesting import attested_tenures, attesters, open_attestation, open_removals, unconfirmed_seats
from .audiences import directory_address, society_address, society_audience_names
from .contacts import contacts_of, contacts_statement
from .joined import joinings_of, open_joinings, unsound_joined
from .keeping import keeping_tenures, kept_societies, kept_society, society_people, suggested_successors
from .members import acting, member_societies
from .tenures import present_tenures, speaking_ids, speaking_tenures, with_mandate

__all__ = [
    "LIVE",
    "acting",
    "attested_tenures",
    "attesters",
    "contacts_of",
    "contacts_statement",
    "directory_address",
    "is_live",
    "joinings_of",
    "keeping_tenures",
    "kept_societies",
    "kept_society",
    "live_addresses",
    "live_owner",
    "member_societies",
    "open_attestation",
    "open_joinings",
    "open_removals",
    "present_tenures",
    "primary_address",
    "society_address",
    "society_audience_names",
    "society_people",
    "speaking_ids",
    "speaking_tenures",
    "spelled",
    "suggested_successors",
    "unconfirmed_seats",
    "unsound_joined",
    "with_mandate",
]
