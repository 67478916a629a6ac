"""What can have happened to issues and positions."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

ISSUE_RAISED = past("issue.raised", _("{actor} raised this issue"))
ISSUE_ACCEPTED = past("issue.accepted", _("{actor} accepted this issue"))
ISSUE_DECLINED = past("issue.declined", _("{actor} declined this issue"))
ISSUE_MERGED = past("issue.merged", _("{actor} merged this issue into another"))
ISSUE_REFERRED = past("issue.referred", _("{actor} referred this issue to a group"))
ISSUE_WITHDRAWN = past("issue.withdrawn", _("{actor} withdrew this issue"))
COMMITTEE_NAMED = past("committee.named", _("{actor} named a group for a part of the work on positions"))
COMMITTEE_ENDED = past("committee.ended", _("{actor} ended a group’s part in the work on positions"))
POSITION_OPENED = past("position.opened", _("{actor} began the work on this position"))
POSITION_MOVED = past("position.moved", _("{actor} moved this on: {was} → {now}"))
POSITION_TOUCHES = past("position.touches_named", _("{actor} named the societies this touches"))
POSITION_LED = past("position.lead_named", _("{actor} named the society that leads the drafting"))
DRAFTER_NAMED = past("drafter.named", _("{actor} named a drafter"))
DRAFTER_RELEASED = past("drafter.released", _("{actor} released a drafter"))
INTERESTS_DECLARED = past("drafter.interests_declared", _("{actor} declared their interests"))
TEXT_REVISED = past("position.text_revised", _("{actor} wrote revision {number}"))
COMMENT_MADE = past("comment.made", _("{actor} made comment {number}"))
COMMENT_DISPOSED = past("comment.disposed", _("{actor} answered comment {number}"))
COMMENT_WITHDRAWN = past("comment.withdrawn", _("{actor} withdrew comment {number}"))
TERMS_SET = past("position.terms_set", _("{actor} said how much support this needs"))
MINORITY_STATED = past("minority.stated", _("{actor} made a minority statement for a society"))
MINORITY_JOINED = past("minority.joined", _("{actor} joined a minority statement for a society"))
MINORITY_LEFT = past("minority.left", _("{actor} took a society out of a minority statement"))
DISPOSITION_ANSWERED = past(
    "comment.disposition_answered", _("{actor} said whether the answer to comment {number} satisfies")
)
EMBARGO_SET = past("position.embargo_set", _("{actor} put this under embargo"))
EMBARGO_LIFTED = past("position.embargo_lifted", _("{actor} lifted the embargo"))
SUPPORTERS_CONFIRMED = past("position.supporters_confirmed", _("{actor} confirmed the list of those who support this"))
VERSION_BEGUN = past("position.version_begun", _("{actor} began a new version of this"))
DATES_SET = past("position.dates_set", _("{actor} said when a review of this is due, and when it runs out"))
ADOPTION_SHAKEN = past("position.adoption_shaken", _("A ballot on which the adoption of this rested was annulled"))
ADOPTION_UPHELD = past("position.adoption_upheld", _("Another ballot upheld the adoption of this"))
