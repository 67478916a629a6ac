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

from .models import Group, Reading
from .queries.rosters import officers_of
from .queries.undertakings import owing


class JoinRequested(Notice):
    """To the officers; to the council's team where the group has none."""

    name = "groups.JoinRequested"
    event = "join_request.made"
    label = gettext_lazy("Somebody asks to join a group I help to run")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        now = Admission.objects.belonging(event.at)
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


class ApplicationWaits(Notice):
    """To the council's team, once a society stands by somebody's role."""

    name = "groups.ApplicationWaits"
    event = "role.confirmed"
    also = ("role.vouched",)
    label = gettext_lazy("An application waits for the council’s team")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return Admission.objects.valid(event.at).filter(audience=OFFICE).values_list("person", flat=True)

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("An application waits for the second key; it stands in the office under “Requests”")


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


class UndertakingAsked(Notice):
    """To whoever a group asks for the new version of an undertaking."""

    name = "groups.UndertakingAsked"
    event = "undertaking.version_published"
    label = gettext_lazy("A new version of an undertaking asks for my acceptance")
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return [row["person_id"] for row in owing(event.at, undertaking=event.entry_id)]

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("A new version asks for your acceptance")


class UndertakingNeeded(UndertakingAsked):
    """To the members of a group that begins to need an undertaking."""

    name = "groups.UndertakingNeeded"
    event = "group.need_begun"
    label = gettext_lazy("A group of mine begins to need an undertaking")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        return [row["person_id"] for row in owing(event.at, need=event.thing_id)]

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("This group begins to need an undertaking; accept it to read on")


class UndertakingDue(UndertakingAsked):
    """Three days before the bar, to whoever has not accepted."""

    name = "groups.UndertakingDue"
    event = "undertaking.reminded"
    also = ("group.need_reminded",)
    label = gettext_lazy("An undertaking is due")

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        of_need = event.name == "group.need_reminded"
        asked = owing(event.at, need=event.thing_id) if of_need else owing(event.at, undertaking=event.entry_id)
        return [row["person_id"] for row in asked if not row["is_barred"]]

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("In three days at the latest you read on only with your acceptance")


class PersonSuspended(_ToTheOneWhoAsked):
    """To the person; reason and end stand on the group's page and in the letter."""

    name = "groups.PersonSuspended"
    event = "group.person_suspended"
    label = gettext_lazy("I was suspended from a group")

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("You are suspended from this group for a time; the reason is on its page")


class SuspensionLifted(_ToTheOneWhoAsked):
    """To the person."""

    name = "groups.SuspensionLifted"
    event = "group.suspension_lifted"
    label = gettext_lazy("My suspension from a group was lifted")

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("Your suspension is lifted")


class ReadingAsked(Notice):
    """To the rest of the council's team and the chairs: one of them has to confirm it."""

    name = "groups.ReadingAsked"
    event = "reading.asked"
    label = gettext_lazy("One of the council’s team asks to read a group")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        team = Admission.objects.belonging(event.at).filter(audience=OFFICE).values_list("person", flat=True)
        officers = officers_of(Group.objects.filter(pk=event.entry_id), event.at)
        return {*team, *(office.tenure.person_id for office in officers if office.role != "liaison")}

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("%(actor)s asks to read this group for the council’s team; a second person has to confirm it") % {
            "actor": event.actor.name if event.actor else _("Somebody")
        }


class ReadingConfirmed(Notice):
    """To the reader, and to everybody whose text is read."""

    name = "groups.ReadingConfirmed"
    event = "reading.confirmed"
    label = gettext_lazy("One of the council’s team reads a group of mine")
    is_statutory = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        members = Admission.objects.belonging(event.at).filter(audience=event.audience_id)
        return {event.facts["person"], *members.values_list("person", flat=True)}

    @classmethod
    def sentence(cls, event: Event) -> str:
        reading = Reading.objects.select_related("person").get(pk=event.facts["reading"])
        return _("%(name)s of the council’s team may read this group for a day; the reason is on its page") % {
            "name": reading.person.name
        }


class HoldingChanged(Notice):
    """To the other officers."""

    name = "groups.HoldingChanged"
    event = "group.holding_changed"
    label = gettext_lazy("Which posts wait for an officer changes in a group I help to run")
    is_direct = True

    @classmethod
    def recipients(cls, event: Event) -> Iterable[int]:
        officers = Group.objects.filter(pk=event.entry_id).values("officers_audience")
        return Admission.objects.belonging(event.at).filter(audience__in=officers).values_list("person", flat=True)

    @classmethod
    def sentence(cls, event: Event) -> str:
        return _("%(actor)s changed which posts wait for an officer") % {
            "actor": event.actor.name if event.actor else _("Somebody")
        }
