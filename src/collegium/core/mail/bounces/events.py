"""What can have happened to an address that letters go to."""

from django.utils.translation import gettext_lazy as _

from collegium.core.trail.registry import past

ADDRESS_SUSPENDED = past("address.suspended", _("Letters to an address came back: none are sent there for now"))
ADDRESS_RECOVERED = past("address.recovered", _("Letters reach an address again"))
ADDRESS_TAKEN_UP = past("address.taken_up", _("{actor} had letters sent to an address again"))
LETTERS_STOPPED = past("letters.stopped", _("Letters of a kind were stopped after a complaint"))
