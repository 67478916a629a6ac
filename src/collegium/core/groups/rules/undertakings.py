"""Who may undertake what, and make a group need it."""

from django.utils.translation import gettext as _

from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.people.models import Tenure

from ..models import Group, Need, Undertaking, UndertakingVersion
from ..models.undertakings import LONGEST_GRACE
from .membership import check_run_group


def check_grace(days: int) -> None:
    """Between none and ninety days."""
    if not 0 <= days <= LONGEST_GRACE:
        raise Refused(_("The time to accept is between 0 and %(longest)s days.") % {"longest": LONGEST_GRACE})


def check_begin_need(viewer: Viewer, group: Group, undertaking: Undertaking) -> None:
    """An officer or the council's team; there is a text to accept, and it is not needed already."""
    check_run_group(viewer, group)
    if not UndertakingVersion.objects.filter(undertaking=undertaking).exists():
        raise Refused(_("This undertaking has no text yet."))
    if Need.objects.filter(group=group, undertaking=undertaking, period__upper_inf=True).exists():
        raise Refused(_("The group needs this undertaking already."))


def check_accept(viewer: Viewer, version: UndertakingVersion, newest: int, tenures: list[Tenure]) -> None:
    """Somebody with a seat, the newest version, what they have not accepted in every seat of theirs."""
    if viewer.person is None:
        raise Refused(_("Sign in first."))
    if version.number != newest:
        raise Refused(_("A newer version has been published: read that one."))
    if not tenures:
        raise Refused(_("You hold no seat at the moment, so there is nothing to undertake it for."))
