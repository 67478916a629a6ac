"""Sign-on letters, their wordings and rounds, who signs them, and what was sent."""

from .letters import Letter, Round, Step
from .outsiders import Outsider, OutsiderConsent
from .papers import Paper
from .signatures import Signature
from .texts import Version

__all__ = ["Letter", "Outsider", "OutsiderConsent", "Paper", "Round", "Signature", "Step", "Version"]
