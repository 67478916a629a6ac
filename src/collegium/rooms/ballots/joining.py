"""What becomes of ballots' columns when two accounts are joined."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from collegium.core.people.registry import Held, leave

HELD = (
    Held("ballots.Ballot.published_by"),
    Held("ballots.Ballot.annulled_by"),
    Held("ballots.Teller.person", gettext_lazy("Ballots to verify"), once=("ballot",)),
    Held("ballots.Pause.by"),
    Held("ballots.Pause.ended_by"),
    # A ruling on either account stands.
    Held("ballots.Recusal.person", gettext_lazy("Recusals"), once=("ballot",), twin=leave),
    Held("ballots.Recusal.by"),
    Held("ballots.Recusal.ruled_by"),
    # Two accounts of one person are not two people: who verified as both is found by looking at the certificates.
    Held("ballots.Release.by", once=("ballot",), twin=leave),
    Held("ballots.Certification.by"),
    Held("ballots.CastingVote.by"),
    Held("ballots.Contest.by"),
    Held("ballots.Contest.ruled_by"),
    Held("ballots.ObjectionAnswer.by"),
)
