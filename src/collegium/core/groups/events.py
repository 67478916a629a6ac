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
