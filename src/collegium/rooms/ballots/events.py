"""What happens to a ballot; a secret vote is the one deed that leaves no trace here."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

BALLOT_PREPARED = past("ballot.prepared", _("{actor} prepared this ballot"))
BALLOT_CHANGED = past("ballot.changed", _("{actor} changed this ballot before its announcement"))
BALLOT_ANNOUNCED = past("ballot.announced", _("{actor} announced this ballot; the order of the lots was drawn"))
BALLOT_PAUSED = past("ballot.paused", _("{actor} paused this ballot"))
BALLOT_RESUMED = past("ballot.resumed", _("{actor} resumed this ballot"))
RECUSAL_ASKED = past("recusal.asked", _("{actor} asked for a recusal"))
RECUSAL_DECLARED = past("recusal.declared", _("{actor} does not take part in this ballot"))
RECUSAL_RULED = past("recusal.ruled", _("{actor} ruled on a recusal"))
BALLOT_MARKED = past("ballot.marked", _("Those whose secret votes came in were told so"))
BALLOT_RELEASED = past("ballot.released", _("{actor} released the box to be counted"))
BALLOT_COUNTED = past("ballot.counted", _("The votes were counted"))
BALLOT_TIE_DECIDED = past("ballot.tie_decided", _("{actor} decided the tie by the chair’s casting vote"))
COUNT_VERIFIED = past("ballot.verified", _("{actor} had the votes counted again: the result is the same"))
COUNTS_DIFFERED = past("ballot.counts_differed", _("{actor} had the votes counted again: the result is another"))
BALLOT_CERTIFIED = past("ballot.certified", _("The result was certified"))
BALLOT_PUBLISHED = past("ballot.published", _("{actor} published the result"))
BALLOT_CONTESTED = past("ballot.contested", _("{actor} contested the result"))
CONTEST_RULED = past("contest.ruled", _("{actor} ruled on a contest"))
OBJECTION_ANSWERED = past("objection.answered", _("{actor} said what becomes of an objection"))
BALLOT_ANNULLED = past("ballot.annulled", _("This ballot was annulled"))
