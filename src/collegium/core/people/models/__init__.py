"""Organizations, functions, seats, tenures, persons, mandates, addresses."""

from .addresses import AddressProposal, AddressTie
from .attestations import Attestation, Contact, ProposedRemoval
from .departures import Departure, Handover, Leaving
from .imports import RosterImport, RosterLine
from .joinings import Joining
from .organizations import Organization, Standing
from .persons import ContactVisibility, Person, PersonManager
from .seats import Function, Mandate, Seat, Tenure, tenure_period

__all__ = [
    "AddressProposal",
    "AddressTie",
    "Attestation",
    "Contact",
    "ContactVisibility",
    "Departure",
    "Function",
    "Handover",
    "Joining",
    "Leaving",
    "Mandate",
    "Organization",
    "Person",
    "PersonManager",
    "ProposedRemoval",
    "RosterImport",
    "RosterLine",
    "Seat",
    "Standing",
    "Tenure",
    "tenure_period",
]
