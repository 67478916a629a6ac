"""What rooms above tell of the ballots they call."""

from __future__ import annotations

from collegium.core.access.registry import Registry

# kind of the entry a ballot is about -> function(ballot, at) called in the transaction that certifies it, once: it
# reads `ballot.about` and `ballot.outcome` and moves its own thing.
outcomes = Registry("what follows from a ballot")

# kind of the entry -> function(ballot) raising Refused where an annulled ballot about it is not to be run again: its
# room knows whether the thing still waits for a vote, and on which wording. The entry is held still then.
reruns = Registry("when an annulled ballot is run again")

# kind of the entry -> function(ballot, at) called in the transaction that annuls it, certified before or not.
annulments = Registry("what follows from an annulled ballot")
