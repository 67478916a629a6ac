"""Who is told what happens at a group's door."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.core.access.models import Admission
from collegium.core.access.standard import OFFICE
from collegium.core.notices.registry import Notice
from collegium.core.people.models import Tenure
from collegium.core.people.queries import present_tenures
from collegium.core.trail.models import Event


class JoinRequested(Notice):
    """To the officers; to the council's team where the group has none."""

    name = "groups.JoinRequested"
    event = "join_request.made"
    label = gettext_lazy("Somebody asks to join a group I help to run")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        now = Admission.objects.valid(event.at)
        officers = list(now.filter(audience=event.audience_id).values_list("person", flat=True))
        return officers or list(now.filter(audience=OFFICE).values_list("person", flat=True))

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("%(actor)s asks to join") % {"actor": event.actor.name if event.actor else _("Somebody")}


class _ToTheOneWhoAsked(Notice):
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return [event.facts["person"]]


class JoinApproved(_ToTheOneWhoAsked):
    """To whoever asked."""

    name = "groups.JoinApproved"
    event = "join_request.approved"
    label = gettext_lazy("My request to join was approved")

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("Your request to join was approved")


class JoinDeclined(_ToTheOneWhoAsked):
    """To whoever asked; the reason stands on the group's page."""

    name = "groups.JoinDeclined"
    event = "join_request.declined"
    label = gettext_lazy("My request to join was declined")

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("Your request to join was declined; the reason is on the group's page")


class _LetIn(Notice):
    label = gettext_lazy("I was let into a closed group")
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        if "tenure" in event.facts:
            return Tenure.objects.filter(pk=event.facts["tenure"]).values_list("person", flat=True)
        holders = present_tenures(event.at).filter(seat=event.facts["seat"], confirmations__group=event.entry_id)
        return holders.values_list("person", flat=True)

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("You are in")


class MemberConfirmed(_LetIn):
    """To a new holder of a seat who was let into a closed group."""

    name = "groups.MemberConfirmed"
    event = "group.tenure_confirmed"


class MembershipConfirmed(_LetIn):
    """To an invited person, or to those holding the seat that was let into a closed group."""

    name = "groups.MembershipConfirmed"
    event = "membership.confirmed"


class OfficeConfirmed(_LetIn):
    """To an officer whom a closed group confirmed."""

    name = "groups.OfficeConfirmed"
    event = "office.confirmed"
    label = gettext_lazy("I was confirmed as an officer of a closed group")

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("You are an officer of this group")
