"""What can have happened to any entry."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

LINKED = past("entry.linked", _("{actor} linked this to another entry"))
UNLINKED = past("entry.unlinked", _("{actor} removed a link to another entry"))
AUDIENCE_CHANGED = past("entry.audience_changed", _("{actor} changed who can see this"))
