"""What happens to a call, and what is done on it."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

CALL_DRAFTED = past("call.drafted", _("{actor} prepared this call"))
CALL_CHANGED = past("call.changed", _("{actor} changed this call before its announcement"))
CALL_ANNOUNCED = past("call.announced", _("{actor} announced this call"))
CALL_OPENED = past("call.opened", _("The call opened and its roll was taken"))
CALL_EXTENDED = past("call.extended", _("{actor} moved the deadline"))
CALL_CLOSED = past("call.closed", _("The call closed"))
CALL_CANCELLED = past("call.cancelled", _("{actor} cancelled this call"))
ROLL_RULED = past("roll.ruled", _("{actor} ruled on the roll"))
CALL_REMINDED = past("call.reminded", _("Those without an answer were reminded"))
CALL_NUDGED = past("call.nudged", _("{actor} reminded one of those without an answer"))
CALL_TAKEN_UP = past("call.taken_up", _("{actor} took up the answer"))
CALL_ANSWERED = past("call.answered", _("{actor} answered"))
ANSWER_WITHDRAWN = past("answer.withdrawn", _("{actor} withdrew the answer"))
DRAFT_KEPT = past("answer.drafted", _("{actor} changed the draft of the answer"))
DRAFT_NOTED = past("answer.noted", _("{actor} wrote a note on the draft"))
LEAD_TIME_SET = past("lead_time.set", _("{actor} changed how long the society needs to answer"))
SITTING_ADDED = past("sitting.added", _("{actor} added a day on which the society decides"))
SITTING_REMOVED = past("sitting.removed", _("{actor} removed a day on which the society decides"))
