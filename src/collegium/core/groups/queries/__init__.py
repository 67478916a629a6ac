"""Reading groups: who is eligible, who is in, what waits, what audiences are called."""

from .applications import application_of, key_holder, key_holders, roles_of, societies_of, verified_beside
from .audiences import circle_names, group_address, officers_names, undertaking_address
from .criteria import criteria_of_application, criteria_of_request
from .eligibility import eligible_tenures
from .openings import groups_of_seats, unconfirmed_holders
from .rosters import groups_of, officers_of, roster, running, visible_counts
from .suspensions import present_suspension, readings_of, suspensions_of, waiting_readings
from .undertakings import asked_of, bound_on, needs_in_force, newest_versions, owing, people_asked, progress
from .waiting import waiting_confirmations, waiting_requests

__all__ = [
    "application_of",
    "asked_of",
    "bound_on",
    "circle_names",
    "criteria_of_application",
    "criteria_of_request",
    "eligible_tenures",
    "group_address",
    "groups_of",
    "groups_of_seats",
    "key_holder",
    "key_holders",
    "needs_in_force",
    "newest_versions",
    "officers_names",
    "officers_of",
    "owing",
    "people_asked",
    "present_suspension",
    "progress",
    "readings_of",
    "roles_of",
    "roster",
    "running",
    "societies_of",
    "suspensions_of",
    "unconfirmed_holders",
    "undertaking_address",
    "verified_beside",
    "visible_counts",
    "waiting_confirmations",
    "waiting_readings",
    "waiting_requests",
]
