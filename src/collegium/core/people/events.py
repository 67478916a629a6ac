"""What can have happened to organizations, seats and persons."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

ORGANIZATION_REGISTERED = past("organization.registered", _("{actor} registered this organization"))
ORGANIZATION_RENAMED = past("organization.renamed", _("{actor} changed the name"))
ORGANIZATION_CHANGED = past("organization.changed", _("{actor} changed what is said about this organization"))
FUNCTION_ADDED = past("function.added", _("{actor} added a function"))
FUNCTION_RENAMED = past("function.renamed", _("{actor} renamed a function"))
STANDING_CHANGED = past("standing.changed", _("{actor} changed the standing to “{status}”"))
PERSON_REGISTERED = past("person.registered", _("{actor} registered a person"))
PROFILE_CHANGED = past("person.profile_changed", _("{actor} changed their profile"))
PERSON_WELCOMED = past("person.welcomed", _("{actor} signed in for the first time"))
ACCOUNT_CLOSED = past("person.account_closed", _("{actor} closed their account"))
TENURE_STARTED = past("tenure.started", _("{actor} recorded a new tenure"))
TENURE_ENDED = past("tenure.ended", _("{actor} recorded the end of a tenure"))
MANDATE_GIVEN = past("mandate.given", _("{actor} gave a mandate"))
MANDATE_ENDED = past("mandate.ended", _("{actor} ended a mandate"))
ADDRESS_ADDED = past("address.added", _("{actor} added an address"))
ADDRESS_REMOVED = past("address.removed", _("{actor} removed an address"))
ADDRESS_MADE_PRIMARY = past("address.made_primary", _("{actor} chose another primary address"))
ADDRESS_PROPOSED = past("address.proposed", _("{actor} proposed another address"))
ADDRESS_CONFIRMED = past("address.confirmed", _("{actor} confirmed a proposed address"))
ADDRESS_DECLINED = past("address.declined", _("{actor} declined a proposed address"))
ADDRESS_OVERRIDDEN = past("address.overridden", _("{actor} let a proposed address take effect after the delay"))
ADDRESS_TOOK_EFFECT = past("address.took_effect", _("A proposed address took effect after the delay"))
ADDRESS_LAPSED = past("address.lapsed", _("A proposed address lapsed: somebody else uses it by now"))
ADDRESS_TAKEN_OVER = past("address.taken_over", _("{actor} took over an address of their society"))
