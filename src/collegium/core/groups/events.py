"""What can have happened to groups."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

GROUP_FOUNDED = past("group.founded", _("{actor} founded this group"))
CHARTER_ADOPTED = past("group.charter_adopted", _("{actor} put version {version} of the charter in force"))
POLICY_NARROWED = past("group.policy_narrowed", _("{actor} narrowed who is admitted"))
WIDENING_PROPOSED = past("group.widening_proposed", _("{actor} proposed to widen who is admitted"))
CIRCLE_OPENED = past("group.circle_opened", _("{actor} opened a wider circle"))
MEMBERSHIP_GIVEN = past("membership.given", _("{actor} added a member"))
MEMBERSHIP_JOINED = past("membership.joined", _("{actor} joined"))
MEMBERSHIP_ENDED = past("membership.ended", _("{actor} ended a membership"))
MEMBERSHIP_CONFIRMED = past("membership.confirmed", _("{actor} confirmed a member"))
TENURE_CONFIRMED = past("group.tenure_confirmed", _("{actor} confirmed a new holder of a seat"))
OFFICE_GIVEN = past("office.given", _("{actor} named an officer"))
OFFICE_CONFIRMED = past("office.confirmed", _("{actor} confirmed an officer"))
OFFICE_ENDED = past("office.ended", _("{actor} ended an office"))
JOIN_REQUESTED = past("join_request.made", _("{actor} asked to join"))
JOIN_WITHDRAWN = past("join_request.withdrawn", _("{actor} withdrew a request to join"))
JOIN_APPROVED = past("join_request.approved", _("{actor} approved a request to join"))
JOIN_DECLINED = past("join_request.declined", _("{actor} declined a request to join"))
UNDERTAKING_DRAWN_UP = past("undertaking.drawn_up", _("{actor} drew up this undertaking"))
UNDERTAKING_PUBLISHED = past("undertaking.version_published", _("{actor} published version {version}"))
UNDERTAKING_ACCEPTED = past("undertaking.accepted", _("{actor} undertook version {version}"))
UNDERTAKING_REMINDED = past(
    "undertaking.reminded", _("{actor} reminded those who have not undertaken version {version}")
)
NEED_BEGUN = past("group.need_begun", _("{actor} made an undertaking a condition of reading here"))
NEED_ENDED = past("group.need_ended", _("{actor} no longer makes an undertaking a condition of reading here"))
NEED_REMINDED = past("group.need_reminded", _("{actor} reminded those who have not undertaken what the group needs"))
PERSON_SUSPENDED = past("group.person_suspended", _("{actor} suspended a member"))
SUSPENSION_LIFTED = past("group.suspension_lifted", _("{actor} lifted a suspension"))
READING_ASKED = past("reading.asked", _("{actor} asked to read this group for the council’s team"))
READING_CONFIRMED = past(
    "reading.confirmed", _("{actor} let one of the council’s team read this group for {hours} hours")
)
READING_ENDED = past("reading.ended", _("{actor} ended a reading by the council’s team"))
