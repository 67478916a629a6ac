"""What can have happened while an address is tried."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

ADDRESS_TRIED = past("address.tried", _("A letter was sent to try an address again"))
